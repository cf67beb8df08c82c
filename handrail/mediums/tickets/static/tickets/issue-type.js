/* Shows the description of the issue type that is chosen: <select data-describes="id of a text">. */
function describe(select) {
  const place = document.getElementById(select.dataset.describes);
  if (place) place.textContent = select.selectedOptions[0]?.dataset.description ?? "";
}

const describeAll = () => document.querySelectorAll("select[data-describes]").forEach(describe);

document.addEventListener("change", ({ target }) => {
  if (target.matches("select[data-describes]")) describe(target);
});
document.addEventListener("htmx:afterSettle", describeAll);
describeAll();
