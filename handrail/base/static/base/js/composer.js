/* Ctrl+Enter (or Cmd+Enter) in a text marked data-composer sends its form. */
document.addEventListener("keydown", (event) => {
  const isSend = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing;
  if (!isSend || !event.target.matches?.("textarea[data-composer]")) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
});
