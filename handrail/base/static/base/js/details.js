/* <details id="…"> that somebody opened stays open when the server sends its surroundings anew. */
const opened = new Set();

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.("details[id]") || !target.isConnected) return;
    if (target.open) opened.add(target.id);
    else opened.delete(target.id);
  },
  true, // toggle does not bubble
);

document.addEventListener("htmx:load", ({ target }) => {
  for (const details of target.querySelectorAll("details[id]")) {
    if (opened.has(details.id)) details.open = true;
  }
});
