/* A dialog with a field and a list that the server fills: <dialog data-picker>, see the component.
 *
 * The focus stays in the field; arrows move what aria-activedescendant points at, Enter or a click
 * chooses. Whoever opened the dialog hears of it by "picker:chosen" at the option, and before, while the
 * dialog can still be kept open, by "picker:choosing". What is pressed before the answer to the last
 * letter is done with that answer, not with the one before it. */
import { afterPress, isPressed } from "./press.js";

const field = (picker) => picker.querySelector('[role="combobox"]');
const resultsOf = (picker) => picker.querySelector(".picker-results");
const options = (picker) => [...picker.querySelectorAll('[role="option"]')];
const pointed = (picker) => picker.querySelector('[role="option"][aria-selected="true"]');
const isFree = (picker) => picker.dataset.picker === "free";
const state = new WeakMap();

export function open(picker, words = "") {
  if (!picker || document.querySelector("dialog[open]")) return;
  resultsOf(picker).replaceChildren();
  picker.showModal();
  field(picker).focus();
  ask(picker, words);
}

/* Shows what is found for these words, in a dialog that is open. */
export function ask(picker, words) {
  state.set(picker, { asked: null, shown: null, steps: 0, isChoosing: false });
  field(picker).value = words;
  window.htmx.trigger(field(picker), "picker:opened");
}

/* Does this at once, or after the press on the list that is under way. */
export function whenReleased(picker, change) {
  if (isPressed(resultsOf(picker))) afterPress(() => picker.open && change());
  else change();
}

/* After the list was filled: `option` is pointed at, else the first one, where that is how it works. */
export function settle(picker, option = isFree(picker) ? undefined : options(picker)[0]) {
  field(picker).setAttribute("aria-expanded", String(options(picker).length > 0));
  point(picker, option);
  const said = picker.querySelector("[data-said]")?.dataset.said ?? "";
  const status = picker.querySelector("[data-picker-says]");
  if (status.textContent !== said) status.textContent = said;
}

function point(picker, option) {
  pointed(picker)?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field(picker).setAttribute("aria-activedescendant", option.id);
  else field(picker).removeAttribute("aria-activedescendant");
}

const isAnswered = (picker) => state.get(picker).shown === field(picker).value;

function move(picker, step) {
  if (!isAnswered(picker)) {
    state.get(picker).steps += step;
    return;
  }
  const all = options(picker);
  if (!all.length) return;
  const from = all.indexOf(pointed(picker));
  const next = from < 0 && step < 0 ? -1 : from + step;
  point(picker, all.at(next % all.length));
}

function choose(picker, option) {
  if (!option) return;
  const detail = { picker };
  const choosing = new CustomEvent("picker:choosing", { bubbles: true, cancelable: true, detail });
  if (!option.dispatchEvent(choosing)) return;
  picker.close();
  option.dispatchEvent(new CustomEvent("picker:chosen", { bubbles: true, detail }));
}

function enter(picker) {
  const now = state.get(picker);
  const isSure = isAnswered(picker);
  if (isSure && pointed(picker)) choose(picker, pointed(picker));
  else if (isFree(picker) && (isSure || !now.steps)) picker.dispatchEvent(new CustomEvent("picker:entered"));
  else if (!isSure) now.isChoosing = true;
}

document.addEventListener("keydown", (event) => {
  const picker = event.target.closest?.("[data-picker]");
  if (!picker || event.target !== field(picker) || event.isComposing) return;
  const keys = {
    ArrowDown: () => move(picker, 1),
    ArrowUp: () => move(picker, -1),
    Enter: () => enter(picker),
  };
  if (!(event.key in keys) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  keys[event.key]();
});

/* Whoever writes on has not chosen yet. */
document.addEventListener("input", ({ target }) => {
  const picker = target.closest?.("[data-picker]");
  if (!picker || target !== field(picker) || !state.has(picker)) return;
  Object.assign(state.get(picker), { steps: 0, isChoosing: false });
  if (isFree(picker)) point(picker);
});

/* A press leaves the focus in the field, also where the finger is lifted elsewhere. */
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.('[data-picker] [role="option"]')) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens-picker]");
  if (opener) open(document.getElementById(opener.dataset.opensPicker));
  const option = event.target.closest?.('[data-picker] [role="option"]');
  if (option) choose(option.closest("[data-picker]"), option);
});

document.addEventListener("pointermove", (event) => {
  const option = event.target.closest?.('[data-picker] [role="option"]');
  if (option && option !== pointed(option.closest("[data-picker]"))) {
    point(option.closest("[data-picker]"), option);
  }
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const picker = detail.elt.closest?.("[data-picker]");
  if (picker && detail.elt === field(picker)) state.get(picker).asked = detail.elt.value;
});

/* An answer without a list is another page: the way to sign in. The page itself leads there and back.
 * One that comes while somebody presses on the list is asked for again when they let go. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const picker = detail.target.closest?.("[data-picker]");
  if (!picker || detail.requestConfig.elt !== field(picker)) return;
  if (!detail.serverResponse.includes("data-said")) {
    detail.shouldSwap = false;
    location.reload();
  } else if (isPressed(resultsOf(picker))) {
    detail.shouldSwap = false;
    whenReleased(picker, () => window.htmx.trigger(field(picker), "picker:opened"));
  }
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const picker = detail.target?.closest?.("[data-picker]");
  if (!picker || !state.has(picker)) return;
  const now = state.get(picker);
  now.shown = now.asked;
  settle(picker);
  if (isAnswered(picker)) catchUp(picker, now);
});

function catchUp(picker, now) {
  const { steps, isChoosing } = now;
  Object.assign(now, { steps: 0, isChoosing: false });
  for (let step = 0; step < Math.abs(steps); step++) move(picker, Math.sign(steps));
  if (isChoosing) enter(picker);
}
