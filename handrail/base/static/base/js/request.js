/* What a script asks the server by htmx, beside what elements ask by their attributes. */

/* `context` is that of htmx.ajax, with a source. True where the server did as it was asked; false
 * where it refused, was not reached, or a newer request took this one's place. Never rejects: htmx
 * has told the page of what failed, and there is nothing else to catch. */
export async function request(verb, path, context) {
  let isDone = false;
  const note = ({ detail }) => {
    if (detail.pathInfo?.requestPath === path) isDone = Boolean(detail.successful);
  };
  context.source.addEventListener("htmx:afterRequest", note);
  await window.htmx.ajax(verb, path, context).catch(() => {});
  context.source.removeEventListener("htmx:afterRequest", note);
  return isDone;
}
