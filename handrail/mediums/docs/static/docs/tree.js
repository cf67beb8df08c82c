/* The tree of pages: branches fold, and pages move by menu, by Alt and an arrow, and by dragging.
 *
 * The server moves them and sends the tree anew; what was folded stays so, and the focus stays with
 * the page that moved. */
const KEYS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const MIRRORED = { in: "out", out: "in" };
const isMirrored = () => document.documentElement.dir === "rtl";

let chosen = "";
let dragged = null;

const tree = () => document.getElementById("tree");
const pageOf = (element) => element?.closest?.("[data-page]")?.dataset.page ?? "";
const lineOf = (page) => document.querySelector(`[data-page="${CSS.escape(page)}"] > .docs-line`);

function move(page, values) {
  if (!page) return;
  const url = `${location.pathname}${page}/move`;
  window.htmx.ajax("POST", url, { source: tree(), target: "#tree", swap: "outerHTML", values });
}

/* ---- Folding ---- */

const memory = () => `docs-tree:${tree().dataset.key}`;

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(memory()) ?? "null");
  } catch {
    return null;
  }
}

function remember() {
  const open = [...tree().querySelectorAll('.docs-fold[aria-expanded="true"]')].map(pageOf);
  sessionStorage.setItem(memory(), JSON.stringify(open));
}

function fold() {
  if (!tree()) return;
  const open = remembered();
  const isFolded = tree().hasAttribute("data-folded");
  if (!open && !isFolded) return;
  for (const button of tree().querySelectorAll("button.docs-fold")) {
    button.setAttribute("aria-expanded", String((open ?? []).includes(pageOf(button))));
  }
}

function toggle(button) {
  button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  remember();
}

/* A page that moved below a folded one would be gone from sight. */
function unfoldTo(line) {
  for (let above = line.closest("li").parentElement.closest("li"); above; above = above.parentElement.closest("li")) {
    above.querySelector(":scope > .docs-line > button.docs-fold")?.setAttribute("aria-expanded", "true");
  }
  remember();
}

/* ---- Menu and keys ---- */

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button.docs-fold");
  if (button) toggle(button);
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
  unfoldTo(line);
  line.classList.add("moved");
  line.querySelector(".docs-move")?.focus();
  line.scrollIntoView({ block: "nearest" });
  document.getElementById("tree-said").textContent = detail.words;
  if (detail.isWrong) {
    document.dispatchEvent(new CustomEvent("handrail:toast", { detail: { text: detail.words } }));
  }
});

document.addEventListener("htmx:afterSwap", fold);
fold();

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
