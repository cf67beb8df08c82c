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

const isTyped = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;

/* What somebody has begun to fill in goes on in the form that takes its place. */
function carryTyped(shown, sent) {
  for (const field of shown.querySelectorAll("input[id], textarea[id]")) {
    const next = sent.querySelector(`#${CSS.escape(field.id)}`);
    if (!next || next.type === "hidden" || !isTyped(field)) continue;
    next.value = field.value;
    next.checked = field.checked;
  }
}

document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (isShown(detail.fragment.firstElementChild, detail.target)) detail.shouldSwap = false;
  else carryTyped(detail.target, detail.fragment);
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig.triggeringEvent?.type !== "live-changed") return;
  const answer = document.createElement("template");
  answer.innerHTML = detail.serverResponse;
  if (isShown(answer.content.firstElementChild, detail.target)) detail.swapOverride = "none";
});
