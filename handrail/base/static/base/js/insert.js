/* Puts words into a text where its cursor is: <button data-insert="words" data-insert-into="id">.
 *
 * As if they were typed: they can be taken back by Ctrl+Z, and whoever listens for input hears it. */
export function insert(text, words) {
  text.focus();
  const end = text.selectionStart + words.length;
  // Deprecated, and the only way that keeps what Ctrl+Z knows.
  if (document.execCommand("insertText", false, words)) return;
  text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.setSelectionRange(end, end);
  text.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert]");
  const text = button && document.getElementById(button.dataset.insertInto);
  if (text) insert(text, button.dataset.insert);
});
