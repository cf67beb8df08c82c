/* Where a row of tabs is wider than its place, the current one is in it: in the middle, if it can be.
 *
 * Only the row scrolls, never the page; in a page that htmx changed, where the current tab became another. */
let shown = new WeakMap();

function show(row) {
  const current = row.querySelector("[aria-current], [aria-selected='true']");
  if (!current || shown.get(row) === current) return;
  shown.set(row, current);
  const place = row.getBoundingClientRect();
  const tab = current.getBoundingClientRect();
  row.scrollBy({ left: tab.left + tab.width / 2 - (place.left + place.width / 2), behavior: "instant" });
}

const showAll = () => document.querySelectorAll(".tabs").forEach(show);

showAll();
document.addEventListener("htmx:afterSettle", showAll);
/* Letters of another width: the row is as wide as it will be once they are there. */
document.fonts?.ready.then(() => {
  shown = new WeakMap();
  showAll();
});
