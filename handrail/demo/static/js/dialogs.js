// Native dialogs: [data-opens="<id>"] opens one, [data-closes] and a click beside it close it.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    document.getElementById(opener.dataset.opens).showModal();
    return;
  }
  if (event.target.closest("[data-closes]") || event.target.matches("dialog.dialog")) {
    event.target.closest("dialog").close();
  }
});
