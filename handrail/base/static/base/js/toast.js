/* A short word about what just happened: an event "handrail:toast" with {text, tone} as detail.
 *
 * The server sends it by the header HX-Trigger: {"handrail:toast": {"text": "Ticket closed"}}. */
const SHOWN_FOR_MS = 6000;

function show({ text, tone = "" }) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const box = document.createElement("div");
  box.className = `toast ${tone}`.trim();
  const words = document.createElement("span");
  words.textContent = text;
  const dismiss = document.createElement("button");
  dismiss.type = "button";
  dismiss.className = "button quiet small";
  dismiss.textContent = place.dataset.dismiss;
  dismiss.addEventListener("click", () => box.remove());
  box.append(words, dismiss);
  place.append(box);
  leaveLater(box);
}

/* It stays as long as somebody points at it or has the focus in it. */
function leaveLater(box) {
  setTimeout(() => {
    if (box.matches(":hover, :focus-within")) leaveLater(box);
    else box.remove();
  }, SHOWN_FOR_MS);
}

document.addEventListener("handrail:toast", (event) => show(event.detail));
