/* A field with data-shortcut="/" is focused by that key, unless somebody is typing, or wants no keys
 * of one letter. The console has more of them: shortcuts.js of the hub. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.documentElement.hasAttribute("data-no-single-keys")) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const field = [...document.querySelectorAll("[data-shortcut]")].find(
    (candidate) => candidate.dataset.shortcut === event.key,
  );
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select?.();
});
