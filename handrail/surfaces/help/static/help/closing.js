/* How is the panel closed from inside? By its button, and by Escape. */
import { tell } from "./host.js";

export const closePanel = () => tell("close");

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-close-panel]")) closePanel();
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  const closesItself = document.querySelector("dialog[open], :popover-open");
  const emptiesItself = event.target.matches?.("input[type=search]") && event.target.value;
  if (!closesItself && !emptiesItself) closePanel();
});
