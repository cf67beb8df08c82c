/* Parts that the server sends unasked (beside an answer, or after a live push) grow into what the page
 * shows: hx-swap-oob="morph". What did not change is not touched: a list that is open, a field in use, a
 * button under a finger. */
/* global Idiomorph */

const isField = (element) => element.matches?.("input, textarea");
const isTyped = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;
/* A field that is sent by its change alone is not being filled in: it shows what the server says. */
const isFilledIn = (element) => isField(element) && isTyped(element) && !element.closest("[hx-trigger~=change]");

/* What is on its way stays as it was sent, and what a script counts is its own. What asked for itself has
 * its answer now. */
function beforeNodeMorphed(shown) {
  return shown === answered || !shown.matches?.(".htmx-request, character-count");
}

let answered = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  answered = detail.requestConfig.elt === detail.target ? detail.target : null;
});

/* What somebody opened stays open, and what they began to fill in stays as they left it. */
function beforeAttributeUpdated(name, shown) {
  if (name === "open") return false;
  return !(["value", "checked"].includes(name) && isFilledIn(shown));
}

const callbacks = { beforeNodeMorphed, beforeAttributeUpdated };

window.htmx.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap(style, shown, sent) {
    if (style !== "morph") return false;
    return Idiomorph.morph(shown, sent.children, { morphStyle: "outerHTML", callbacks });
  },
});
