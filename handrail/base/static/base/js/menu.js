/* A popover marked data-menu behaves as a menu: arrow keys move, choosing closes, focus comes in. */
const items = (menu) => [...menu.querySelectorAll("a[href], button:not(:disabled)")];

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (event.newState === "open" && menu.matches?.("[data-menu]")) items(menu)[0]?.focus();
  },
  true, // toggle does not bubble
);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("[data-menu]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step) return;
  event.preventDefault();
  const all = items(menu);
  const next = all.indexOf(document.activeElement) + step;
  all.at(next % all.length)?.focus();
});

document.addEventListener("click", (event) => {
  const menu = event.target.closest?.("[data-menu]");
  if (menu && event.target.closest("a[href], button")) menu.hidePopover();
});
