/* The fields that an issue type has of its own. One that another decides about
 * (<div data-shown-when="name" data-shown-value="word">) comes and goes with it, and what was typed
 * for one issue type is there again when somebody comes back to it. The server decides for itself. */
const PLACE = "own-fields";
const typed = new Map();

const place = () => document.getElementById(PLACE);

/* In order: what decides about a field stands before it. */
function show() {
  for (const part of place()?.querySelectorAll("[data-shown-when]") ?? []) {
    const decides = place().querySelector(`[name="${CSS.escape(part.dataset.shownWhen)}"]`);
    const isThere = decides && !decides.closest("[data-shown-when][hidden]");
    part.hidden = !(isThere && decides.value === part.dataset.shownValue);
  }
}

const controls = () => place()?.querySelectorAll("input, select, textarea") ?? [];

document.addEventListener("input", ({ target }) => {
  if (target.closest(`#${PLACE}`)) show();
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== PLACE) return;
  for (const control of controls()) typed.set(control.name, control.value);
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== PLACE) return;
  for (const control of controls()) {
    if (typed.has(control.name)) control.value = typed.get(control.name);
  }
  show();
});

show();
