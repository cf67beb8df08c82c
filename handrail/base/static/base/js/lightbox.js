/* Opens the picture in a <button data-lightbox="download address">, or in an <a class="zoom"> that leads
 * to it, large, in <dialog id="lightbox">.
 *
 * Arrows go to the next of the page's pictures, a press on the picture shows it in full size. */
const dialog = () => document.getElementById("lightbox");
const OPENERS = "button[data-lightbox], a.zoom";
const pictures = () => [...document.querySelectorAll(OPENERS)].filter((it) => it.checkVisibility());
let shown = null;

document.addEventListener("click", (event) => {
  const picture = event.target.closest?.(OPENERS);
  if (!picture || !dialog() || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  show(picture);
  dialog().showModal();
});

document.addEventListener("click", ({ target }) => {
  const step = target.closest?.("#lightbox [data-step]");
  if (step) go(Number(step.dataset.step));
  const picture = target.closest?.("#lightbox [data-zoom]");
  if (picture) zoom(picture.getAttribute("aria-pressed") === "false");
});

document.addEventListener("keydown", (event) => {
  if (!dialog()?.open || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const isScrolled = dialog().classList.contains("full");
  if (isScrolled) return; // then arrows move what is larger than the screen
  event.preventDefault();
  const isBackwards = getComputedStyle(dialog()).direction === "rtl";
  go((event.key === "ArrowRight") === isBackwards ? -1 : 1);
});

function show(picture) {
  shown = picture;
  zoom(false);
  const image = picture.querySelector("img");
  const all = pictures();
  const place = all.indexOf(picture);
  Object.assign(dialog().querySelector("img"), { src: image.src, alt: image.alt });
  dialog().querySelector("h2").textContent = image.alt || picture.ariaLabel;
  dialog().querySelector("[data-download]").href = picture.dataset.lightbox ?? picture.href;
  dialog().querySelector("[data-place]").textContent = all.length > 1 ? `${place + 1}/${all.length}` : "";
  dialog().querySelector(".before").hidden = place === 0;
  dialog().querySelector(".after").hidden = place === all.length - 1;
}

function go(step) {
  const next = pictures()[pictures().indexOf(shown) + step];
  if (next) show(next);
}

function zoom(isFull) {
  dialog().classList.toggle("full", isFull);
  dialog().querySelector("[data-zoom]").setAttribute("aria-pressed", String(isFull));
}
