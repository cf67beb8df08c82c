/* A short word about what just happened: an event "handrail:toast" with {text, tone, action} as detail.
 *
 * The server sends it by the header HX-Trigger: {"handrail:toast": {"text": "Ticket closed"}}. An
 * `action` {label, url} is a button that posts to the address, for taking back what was done. */
import { request } from "./request.js";

const SHOWN_FOR_MS = 6000;
const SHOWN_WITH_ACTION_MS = 20000;

function show({ text, tone = "", action }) {
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
  box.append(words, ...(action ? [actionButton(action, box)] : []), dismiss);
  place.append(box);
  leaveLater(box, action ? SHOWN_WITH_ACTION_MS : SHOWN_FOR_MS);
}

function actionButton({ label, url }, box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.textContent = label;
  button.addEventListener("click", () => {
    request("POST", url, { source: document.body, swap: "none" });
    box.remove();
  });
  return button;
}

/* It stays as long as somebody points at it or has the focus in it. */
function leaveLater(box, pause) {
  setTimeout(() => {
    if (box.matches(":hover, :focus-within")) leaveLater(box, pause);
    else box.remove();
  }, pause);
}

document.addEventListener("handrail:toast", (event) => show(event.detail));
