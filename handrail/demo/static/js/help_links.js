// Links that lead to a medium of the hub open it right here once the Help button is loaded;
// without it they are what they look like, links to the hub's own pages.

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-help-open]");
  if (!link || !window.Handrail || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  window.Handrail.open(link.dataset.helpOpen || undefined);
});
