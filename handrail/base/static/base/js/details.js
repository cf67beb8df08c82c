/* <details id="…"> that somebody opened stays open when the server sends its surroundings anew. */
const opened = new Set();

/* Asked at the last moment: the event "toggle" comes later than the click that it tells of. */
function look() {
  opened.clear();
  for (const details of document.querySelectorAll("details[id][open]")) opened.add(details.id);
}

function restore({ target }) {
  for (const details of target.querySelectorAll("details[id]")) {
    if (opened.has(details.id)) details.open = true;
  }
}

document.addEventListener("htmx:beforeSwap", look);
document.addEventListener("htmx:oobBeforeSwap", look);
document.addEventListener("htmx:load", restore);
