/* Beside the audience that is chosen stands in words who will read the page. */
function tell() {
  const chosen = document.querySelector("[name=audience]");
  if (!chosen) return;
  for (const one of document.querySelectorAll("[data-audience]")) {
    one.classList.toggle("chosen", one.dataset.audience === chosen.value);
  }
}

document.addEventListener("change", tell);
tell();
