/* <details id="…"> that somebody opened stays open when its surroundings are replaced (see morph.js for news). */
const opened = new Set();

/* Asked at the last moment: the event "toggle" comes later than the click that it tells of. */
function look() {
  opened.clear();
  for (const details of document.querySelectorAll("details[id][open]")) opened.add(details.id);
}

/* At once, and not when the new part has settled: by then the next one may have come and looked. */
function restore() {
  for (const id of opened) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
}

document.addEventListener("htmx:beforeSwap", look);
document.addEventListener("htmx:afterSwap", restore);
