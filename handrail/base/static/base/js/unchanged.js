/* What the server sends unasked (beside an answer, or after a live push) and is what the page shows
 * already stays in place: a list that is open, a field in use or a link under a finger is not torn
 * from under anybody. */
function asSent(element) {
  const copy = element.cloneNode(true);
  for (const details of copy.querySelectorAll("details[open]")) details.removeAttribute("open");
  for (const option of copy.querySelectorAll("[selected]")) option.removeAttribute("selected");
  for (const part of [copy, ...copy.querySelectorAll("[class]")]) {
    const ours = [...part.classList].filter((name) => !name.startsWith("htmx-"));
    part.setAttribute("class", ours.join(" "));
  }
  return copy;
}

function isShown(sent, shown) {
  return Boolean(sent) && asSent(sent).isEqualNode(asSent(shown));
}

document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (isShown(detail.fragment.firstElementChild, detail.target)) detail.shouldSwap = false;
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig.triggeringEvent?.type !== "live-changed") return;
  const answer = document.createElement("template");
  answer.innerHTML = detail.serverResponse;
  if (isShown(answer.content.firstElementChild, detail.target)) detail.swapOverride = "none";
});
