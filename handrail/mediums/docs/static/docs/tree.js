/* The tree of pages: branches open, and pages move by menu, by Alt and an arrow, and by dragging.
 *
 * What is below a branch comes when it is opened first. What is open stands in the address. The server
 * moves pages and sends the tree anew, open as it was; the focus stays with the page that moved. */
import { request } from "../base/js/request.js";

const KEYS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const MIRRORED = { in: "out", out: "in" };
const isMirrored = () => document.documentElement.dir === "rtl";

let chosen = "";
let dragged = null;

const tree = () => document.getElementById("tree");
const pageOf = (element) => element?.closest?.("[data-page]")?.dataset.page ?? "";
const lineOf = (page) => document.querySelector(`[data-page="${CSS.escape(page)}"] > .docs-line`);

let moving = Promise.resolve();

/* One after the other: a key that is pressed twice moves a page twice. */
function move(page, values) {
  if (!page) return;
  const url = `${location.pathname}${page}/move`;
  moving = moving.then(() => {
    const all = { ...values, open: opened() };
    return request("POST", url, { source: tree(), target: "#tree", swap: "outerHTML", values: all });
  });
}

/* ---- Opening ---- */

const shownIn = (list) => list?.querySelectorAll(":scope > [data-page]").length ?? 0;

/* As the server says it in the tree's form: public ids, each with how many lines are shown below it. */
function opened() {
  const buttons = tree().querySelectorAll('button.docs-fold[aria-expanded="true"]');
  const below = [...buttons].map((button) => {
    const item = button.closest("li");
    return `${item.dataset.page}:${shownIn(item.querySelector(":scope > ul"))}`;
  });
  return [`:${shownIn(tree().querySelector(":scope > ul"))}`, ...below];
}

function keepInAddress() {
  const address = new URL(location.href);
  for (const name of ["open", "close", "page"]) address.searchParams.delete(name);
  for (const one of opened()) address.searchParams.append("open", one);
  history.replaceState(history.state, "", address);
}

/* `into` is the line that is opened, or the one that stands for the rest of its list. */
function bring(into, swap, of, after = 0) {
  const url = `${tree().dataset.branch}&of=${of}&after=${after}`;
  return request("GET", url, { source: into, target: into, swap });
}

async function toggle(button) {
  const item = button.closest("li");
  const isOpening = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(isOpening));
  const isAsked = item.classList.contains("htmx-request");
  if (isOpening && !isAsked && !item.querySelector(":scope > ul")) {
    await bring(item, "beforeend", item.dataset.page);
    if (!item.querySelector(":scope > ul")) button.setAttribute("aria-expanded", "false");
  }
  if (item.isConnected) keepInAddress();
}

async function showMore(item) {
  if (item.classList.contains("htmx-request")) return;
  const before = item.previousElementSibling;
  await bring(item, "outerHTML", item.dataset.of, item.dataset.after);
  if (item.isConnected || !before.isConnected) return;
  before.nextElementSibling?.querySelector("a")?.focus();
  keepInAddress();
}

/* ---- Menu and keys ---- */

document.addEventListener("click", (event) => {
  const { target } = event;
  const button = target.closest?.("button.docs-fold");
  const more = target.closest?.(".docs-more button");
  if (button || more) event.preventDefault(); // without script they send the tree's form
  if (button) toggle(button);
  if (more) showMore(more.closest("li"));
  const opener = target.closest?.(".docs-move");
  if (opener) chosen = pageOf(opener);
  const to = target.closest?.("#move-menu [data-to]")?.dataset.to;
  if (to) move(chosen, { to });
});

function direction(event) {
  const isPlain = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const to = isPlain ? KEYS[event.key] : undefined;
  return isMirrored() ? (MIRRORED[to] ?? to) : to;
}

document.addEventListener("keydown", (event) => {
  const to = direction(event);
  const menu = event.target.closest?.("#move-menu");
  const page = menu ? chosen : pageOf(event.target.closest?.("#tree .docs-line"));
  if (!to || !page) return;
  event.preventDefault();
  event.stopPropagation();
  menu?.hidePopover();
  if (lineOf(page).querySelector(".docs-move")) move(page, { to });
}, true);

document.addEventListener("docs:moved", ({ detail }) => {
  const line = lineOf(detail.page);
  if (!line) return;
  keepInAddress();
  line.querySelector(".docs-move")?.focus();
  line.scrollIntoView({ block: "nearest" });
  document.getElementById("tree-said").textContent = detail.words;
  if (detail.isWrong) {
    document.dispatchEvent(new CustomEvent("handrail:toast", { detail: { text: detail.words } }));
  }
});

/* Whoever comes back from a page finds it again, wherever it stands. */
document.querySelector("#tree .docs-line.moved")?.scrollIntoView({ block: "nearest" });

/* Where lines run from the right to the left, so do the arrows. */
if (isMirrored()) {
  for (const key of document.querySelectorAll("#move-menu [data-key]")) {
    key.textContent = key.dataset.key === "in" ? "Alt ←" : "Alt →";
  }
}

/* ---- Dragging ---- */

const MARKS = ["drop-before", "drop-after", "drop-below"];

function unmark() {
  for (const line of document.querySelectorAll(MARKS.map((mark) => `.${mark}`).join())) {
    line.classList.remove(...MARKS);
  }
}

/* The upper and the lower quarter of a line are beside it, its middle is below it in the tree. */
function whereIn(line, event) {
  const box = line.getBoundingClientRect();
  const part = (event.clientY - box.top) / box.height;
  if (part < 0.28) return "before";
  return part > 0.72 ? "after" : "below";
}

function target(event) {
  const line = event.target.closest?.("#tree .docs-line");
  const isOwn = !line || dragged.contains(line);
  return isOwn ? null : line;
}

document.addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.(".docs-grip");
  if (!grip) return;
  dragged = grip.closest("li");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent);
  event.dataTransfer.setDragImage(grip.closest(".docs-line"), 0, 0);
});

document.addEventListener("dragover", (event) => {
  if (!dragged) return;
  unmark();
  const line = target(event);
  if (!line) return;
  event.preventDefault();
  line.classList.add(`drop-${whereIn(line, event)}`);
});

document.addEventListener("drop", (event) => {
  const line = dragged && target(event);
  if (!line) return;
  event.preventDefault();
  move(dragged.dataset.page, { to: whereIn(line, event), beside: pageOf(line) });
});

document.addEventListener("dragend", () => {
  dragged = null;
  unmark();
});
