/* Which help pages were open in this tab? Kept for it alone, until a chat takes them along: whoever answers there
 * need not ask. A page says by data-page-read="medium/id" that it is one; a form with data-tells-pages-read sends
 * them as `pages_read`, the newest last. */
const KEY = "handrail:pages-read";
const MOST = 20;

export function pagesRead() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return []; // no storage in this frame, or not what we wrote
  }
}

function note(page) {
  const pages = [...pagesRead().filter((other) => other !== page), page].slice(-MOST);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(pages));
  } catch {
    // No storage in this frame: then nobody knows.
  }
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches("form[data-tells-pages-read]")) return;
  for (const page of pagesRead()) detail.formData.append("pages_read", page);
});

const read = document.querySelector("[data-page-read]")?.dataset.pageRead;
if (read) note(read);
