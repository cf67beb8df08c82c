/* A field with data-shortcut="/" is focused by that key, unless somebody is typing, or wants no keys
 * of one letter. The console has more of them: shortcuts.js of the hub. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.documentElement.hasAttribute("data-no-single-keys")) return;
  const field = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (field?.checkVisibility()) return; // that of a dialog just closed has the focus a moment longer
  const wanted = [...document.querySelectorAll("[data-shortcut]")].find(
    (candidate) => candidate.dataset.shortcut === event.key,
  );
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.select?.();
});
