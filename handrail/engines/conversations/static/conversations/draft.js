/* Keeps what is typed into <form data-draft="address">: a second after the last key, and when the
 * page is put away. The server gives it back with the page; sending the form forgets it.
 *
 * The requests come from an element of their own, so that they never hold the form's up. */
import { request } from "../base/js/request.js";

const PAUSE = 1000;
const waiting = new Map();

const speaker = (form) => form.querySelector("[data-draft-state]");

function later(form) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => save(form), PAUSE));
}

function stop(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
}

function save(form) {
  stop(form);
  if (!form.isConnected) return;
  const source = speaker(form);
  request("POST", form.dataset.draft, { source, target: source, swap: "none" });
}

for (const name of ["input", "change"]) {
  document.addEventListener(name, ({ target }) => {
    const form = target.closest?.("form[data-draft]");
    if (form) later(form);
  });
}

/* What is being sent needs no keeping any more; what comes back with errors is typed again. */
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!detail.elt.matches("form[data-draft]")) return;
  stop(detail.elt);
  htmx.trigger(speaker(detail.elt), "htmx:abort");
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const form of [...waiting.keys()]) save(form);
});
