/* The open chat: a suggested answer goes into the message, never out by itself; where an act began or ended
 * that one writes, that place is asked for anew; a dialog closes when its act is done. */
import { insert } from "../base/js/insert.js";

const byId = (id) => document.getElementById(id);

function take(button) {
  const words = button.closest("#suggested").querySelector("[data-suggested-text]");
  const text = byId("reply");
  if (!text) return;
  insert(text, words.content.textContent.trim());
  clear();
}

function clear() {
  byId("suggested").replaceWith(Object.assign(document.createElement("div"), { id: "suggested" }));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button");
  if (button?.matches("[data-takes-suggestion]")) take(button);
  if (button?.matches("[data-dismisses]")) {
    clear();
    byId("reply")?.focus();
  }
});

document.addEventListener("htmx:afterSettle", () => {
  const place = byId("chat-composer");
  if (place && place.dataset.writes !== byId("chat-head")?.dataset.writes) window.htmx.trigger(place, "chat-writes");
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful || !detail.elt.matches("[data-closes-dialog]")) return;
  detail.elt.closest("dialog").close();
  detail.elt.reset();
});
