/* A dialog with a field and a list that the server fills: <dialog data-picker>, see the component.
 *
 * The focus stays in the field; arrows move what aria-activedescendant points at, Enter or a click
 * chooses. Whoever opened the dialog hears of it by "picker:chosen" at the option. Enter before the
 * answer to the last letter chooses from that answer, not from the one before it. */
const field = (picker) => picker.querySelector('[role="combobox"]');
const options = (picker) => [...picker.querySelectorAll('[role="option"]')];
const pointed = (picker) => picker.querySelector('[role="option"][aria-selected="true"]');
const state = new WeakMap();

export function open(picker, words = "") {
  if (!picker || document.querySelector("dialog[open]")) return;
  state.set(picker, { asked: null, shown: null, isChoosing: false });
  picker.querySelector(".picker-results").replaceChildren();
  picker.showModal();
  field(picker).value = words;
  field(picker).focus();
  window.htmx.trigger(field(picker), "picker:opened");
}

function point(picker, option) {
  pointed(picker)?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field(picker).setAttribute("aria-activedescendant", option.id);
  else field(picker).removeAttribute("aria-activedescendant");
}

function move(picker, step) {
  const all = options(picker);
  if (!all.length) return;
  const next = all.indexOf(pointed(picker)) + step;
  point(picker, all.at(next % all.length));
}

function choose(picker, option) {
  if (!option) return;
  picker.close();
  option.dispatchEvent(new CustomEvent("picker:chosen", { bubbles: true, detail: { picker } }));
}

function enter(picker) {
  const now = state.get(picker);
  if (now.shown === field(picker).value) choose(picker, pointed(picker));
  else now.isChoosing = true;
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

/* An answer without a list is another page: the way to sign in. The page itself leads there and back. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const picker = detail.target.closest?.("[data-picker]");
  if (!picker || detail.requestConfig.elt !== field(picker)) return;
  if (detail.serverResponse.includes("data-said")) return;
  detail.shouldSwap = false;
  location.reload();
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const picker = detail.target.closest?.("[data-picker]");
  if (!picker || !state.has(picker)) return;
  const now = state.get(picker);
  now.shown = now.asked;
  const all = options(picker);
  field(picker).setAttribute("aria-expanded", String(all.length > 0));
  point(picker, all[0]);
  const said = detail.target.querySelector("[data-said]")?.dataset.said ?? "";
  picker.querySelector("[data-picker-says]").textContent = said;
  if (now.isChoosing) enter(picker);
});
