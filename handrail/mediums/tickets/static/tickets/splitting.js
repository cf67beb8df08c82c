/* "From here" in the dialog that splits a ticket: checks a message and all that came after it. */
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-split-from]");
  if (!button) return;
  const boxes = [...button.closest("[data-split]").querySelectorAll("input[type=checkbox]")];
  const first = boxes.indexOf(button.closest("li").querySelector("input[type=checkbox]"));
  boxes.forEach((box, place) => {
    box.checked = place >= first;
  });
});
