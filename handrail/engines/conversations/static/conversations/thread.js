/* Adds what is new to an open thread: after a live push, a reconnection or one's own message.
 *
 * There is one way in which messages come: everything after the last one that the page has, one
 * question at a time. So nothing is shown twice, and nothing is missed. */
import { request } from "../base/js/request.js";

const thread = document.querySelector("[data-thread]");
let isAsking = false;
let askAgain = false;
let answersToForms = 0;
let formsAnsweredBefore = 0;

const last = () => thread.querySelector("li[data-message]:last-of-type")?.dataset.message ?? "";
/* Where one reads the last message and writes the next is the end of the column: not that of the
 * messages, which the composer would cover, nor that of what narrow pages show below. */
const column = () => thread.closest("main");
const isAtEnd = () => column().getBoundingClientRect().bottom <= innerHeight + 120;
const goToEnd = () => column().scrollIntoView({ block: "end" });

async function ask() {
  if (isAsking) {
    askAgain = true;
    return;
  }
  isAsking = true;
  formsAnsweredBefore = answersToForms;
  const stay = !isAtEnd();
  const before = last();
  const url = `${thread.dataset.thread}?after=${encodeURIComponent(before)}`;
  await request("GET", url, { source: thread, target: thread, swap: "beforeend" });
  isAsking = false;
  if (last() !== before) {
    tell();
    seen();
    if (!stay) goToEnd();
  }
  if (askAgain) {
    askAgain = false;
    ask();
  }
}

/* News may come with what stands beside the thread, as it was when they were asked for. Where a form was
 * answered since, that would put the form back, empty: they are asked for once more. */
function refuseOld({ detail }) {
  if (detail.requestConfig.elt !== thread || formsAnsweredBefore === answersToForms) return;
  detail.shouldSwap = false;
  askAgain = true;
}

/* What the page shows counts as seen by whoever answers now: a form may carry the last message. */
function tell() {
  const field = document.querySelector("[data-last-seen]");
  if (field) field.value = last();
}

/* Read means seen: only while the page is really in front of somebody, and not in a closed panel.
 *
 * The column asks, not the thread: an element has one request at a time, and a question for what is
 * new that had to wait for this one would be put twice. */
function seen() {
  if (document.visibilityState !== "visible") return;
  if (document.documentElement.hasAttribute("data-away")) return;
  request("POST", thread.dataset.seen, { source: column(), swap: "none" });
}

if (thread) {
  thread.addEventListener("live-changed", ask);
  document.addEventListener("thread-changed", ask);
  document.addEventListener("htmx:beforeSwap", refuseOld);
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.requestConfig.verb !== "get" && detail.elt !== column()) answersToForms++;
  });
  document.addEventListener("visibilitychange", seen);
  if (thread.children.length > 4) goToEnd();
  seen();
}
