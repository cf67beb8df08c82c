/* The command palette: tells the server where it is, and does what was chosen.
 *
 * Which things were seen lately is kept in this browser, for each agent apart, as ids alone: what they
 * are called the server says, to whoever may read them. */
import { request } from "../base/js/request.js";
import { act } from "./shortcuts.js";

const MOST_SEEN = 8;
const desk = document.querySelector(".desk");
const here = desk?.dataset.ref ?? "";
const place = `handrail:seen:${desk?.dataset.agent ?? ""}`;

function seen() {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "[]").filter((ref) => typeof ref === "string");
  } catch {
    return [];
  }
}

if (here) {
  const others = seen().filter((ref) => ref !== here);
  localStorage.setItem(place, JSON.stringify([here, ...others].slice(0, MOST_SEEN)));
}

const palette = document.getElementById("palette");
if (palette) {
  palette.querySelector("[data-palette-here]").value = here;
  palette.querySelector("[data-palette-seen]").value = seen().join(" ");
}

async function send({ post, values, target }, label) {
  const answer = { target, swap: "outerHTML", values: JSON.parse(values) };
  const isDone = await request("POST", post, { source: document.querySelector(target), ...answer });
  if (!isDone || document.querySelector(`${target} [role=alert]`)) return;
  const { done } = palette.querySelector("[data-palette-here]").dataset;
  document.dispatchEvent(new CustomEvent("handrail:toast", { detail: { text: `${done} ${label}` } }));
}

function pressOrFocus(element) {
  element?.focus();
  element?.click();
}

document.addEventListener("picker:chosen", ({ target }) => {
  const { url, post, press } = target.dataset;
  if (url) location.assign(url);
  else if (post) send(target.dataset, target.querySelector("bdi").textContent);
  else if (press && !act(press)) pressOrFocus(document.getElementById(press));
});
