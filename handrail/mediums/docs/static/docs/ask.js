/* Asking: what is heard while an answer comes, where the focus goes, and how it is stopped.
 *
 * The server draws all of it, and htmx puts it in: a whole exchange for a question, and beside it an
 * empty field. Without this script a question is a form that loads its page. */
const status = document.getElementById("ask-status");
const form = () => document.getElementById("ask");
const field = () => form().querySelector("[data-ask-field]");

function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

/* --- Asking ------------------------------------------------------------------------------------------ */

document.addEventListener("keydown", (event) => {
  const isSend = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (!isSend || event.target !== field()) return;
  event.preventDefault();
  form().requestSubmit();
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt === form()) say(status.dataset.answering);
});

/* Too many questions is an answer with words, which come in as a field that holds what was typed. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 429 || detail.target.id !== "ask-field") return;
  detail.shouldSwap = true;
  detail.isError = false;
});

for (const trouble of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(trouble, ({ detail }) => {
    if (detail.elt === form()) say(status.dataset.failed);
  });
}

/* --- Answers ----------------------------------------------------------------------------------------- */

/* The reader begins at the question and goes on into its answer, by eye, by Tab and by ear. */
function goTo(exchange) {
  const heading = exchange.querySelector(".ask-question");
  heading.focus({ preventScroll: true });
  exchange.scrollIntoView({ block: "start" });
}

function tellOf(exchange) {
  if (exchange && !("making" in exchange.dataset)) say(exchange.dataset.said);
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const { target, requestConfig } = detail;
  if (target.id === "ask-thread") {
    const exchange = target.lastElementChild;
    tellOf(exchange);
    goTo(exchange);
  } else if (target.id === "ask-field") {
    say("");
    field().focus();
  } else if (target.id.startsWith("q-")) {
    const exchange = document.getElementById(target.id);
    const isStopped = requestConfig.verb === "post";
    if (isStopped) say(`${status.dataset.stopped} ${exchange.dataset.said}`);
    else tellOf(exchange);
    // The button that stops was there until now, and perhaps in use.
    if (document.activeElement === document.body) exchange.querySelector(".ask-question").focus({ preventScroll: true });
  }
});

/* --- Stopping ---------------------------------------------------------------------------------------- */

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  const stop = document.querySelector("[data-making] .ask-stop button");
  if (form().classList.contains("htmx-request")) {
    window.htmx.trigger(form(), "htmx:abort");
    say(status.dataset.stopped);
  } else if (stop) stop.click();
  else return;
  event.preventDefault(); // in the panel, Escape would close it
});

/* --- Arriving ---------------------------------------------------------------------------------------- */

/* Later than htmx, which reads the page at the same event: before, the form would load a page. */
document.addEventListener("DOMContentLoaded", () => {
  if ("askNow" in form().dataset) form().requestSubmit();
  else if (!document.querySelector(".ask-exchange")) field().focus({ preventScroll: true });
});
