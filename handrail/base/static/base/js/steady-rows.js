/* A list of rows that heard of news changes row by row, and does not move under its reader.
 *
 * A row that changed is put in place, a new one comes in at its place, one that left goes; what was
 * loaded further down stays, and so does the way to more. What the reader looks at keeps its place on
 * the screen, but for one who looks at the top, where news belong. While somebody presses on the list it
 * waits. Rows are found by their ids. */
import { afterPress, isPressed } from "./press.js";

const ROWS = "li[id], tbody > tr[id]:not([data-more])";
const MORE = ".load-more, [data-more]";
const NEWS = ["live-changed", "queue-changed"];
const AT_THE_TOP = 80;

const rowsIn = (list) => [...list.querySelectorAll(ROWS)];

function anchor(list) {
  if (scrollY < AT_THE_TOP) return null;
  const row = rowsIn(list).find((one) => one.getBoundingClientRect().bottom > 0);
  return row && { id: row.id, top: row.getBoundingClientRect().top };
}

function keepInSight(seen) {
  const row = seen && document.getElementById(seen.id);
  if (row) scrollBy(0, row.getBoundingClientRect().top - seen.top);
}

/* Rows that were not sent again: gone, or only pushed off the first page by newer ones? Whatever
 * stood above one that was sent is gone; where there is no second page, all of them are. */
function gone(shown, sent) {
  const ids = new Set(rowsIn(sent).map((row) => row.id));
  const last = sent.querySelector(MORE) ? shown.findLastIndex((row) => ids.has(row.id)) : shown.length;
  return shown.filter((row, place) => place < last && !ids.has(row.id));
}

/* A row that comes anew stays ticked, and keeps the focus where its forerunner had it. */
function replace(old, row) {
  const parts = "a, button, input";
  const held = [...old.querySelectorAll(parts)].indexOf(document.activeElement);
  const box = row.querySelector("input[type=checkbox]");
  if (box) box.checked = old.querySelector("input[type=checkbox]")?.checked ?? false;
  old.replaceWith(row);
  if (held >= 0) row.querySelectorAll(parts)[held]?.focus({ preventScroll: true });
}

/* What did not change keeps its focus, its ticked box and its place in the page. */
function bring(list, sent) {
  const shown = rowsIn(list);
  const home = shown[0].parentElement;
  for (const row of gone(shown, sent)) row.remove();
  if (!sent.querySelector(MORE)) list.querySelector(MORE)?.remove();
  let place = home.firstElementChild;
  for (const row of rowsIn(sent)) {
    const old = document.getElementById(row.id);
    const kept = old?.isEqualNode(row) ? old : row;
    if (old && kept !== old) {
      if (old === place) place = row;
      replace(old, row);
    }
    if (kept === place) place = place.nextElementSibling;
    else home.insertBefore(kept, place);
    if (kept === row) htmx.process(row);
  }
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!NEWS.includes(detail.requestConfig.triggeringEvent?.type) || !detail.shouldSwap) return;
  const answer = document.createElement("template");
  answer.innerHTML = detail.serverResponse;
  const sent = answer.content.firstElementChild;
  if (!sent || !rowsIn(sent).length || !rowsIn(detail.target).length) return;
  if (isPressed(detail.target)) {
    detail.shouldSwap = false;
    afterPress(() => htmx.trigger(detail.target, "live-changed"));
    return;
  }
  const seen = anchor(detail.target);
  bring(detail.target, sent);
  keepInSight(seen);
  detail.swapOverride = "none"; // what was sent beside the list still comes in
});
