/* The queue: rows are ticked (with Shift, as far as the last one), changed together, and follow what
 * happens elsewhere without jumping: a row that changed changes where it stands. */
const MOST = 100;
let last = null;

const queue = () => document.getElementById("queue");
const boxes = () => [...document.querySelectorAll('#queue input[name="ticket"]')];
const ticked = () => boxes().filter((box) => box.checked);

function showSelection() {
  const bar = document.getElementById("bulk");
  if (!bar) return;
  const count = ticked().length;
  bar.hidden = !count;
  bar.querySelector("[data-selected-count]").textContent = count;
  const all = document.querySelector("[data-select-all]");
  if (!all) return;
  all.checked = count > 0 && count === Math.min(boxes().length, MOST);
  all.indeterminate = count > 0 && !all.checked;
}

function tick(box, on) {
  if (!on || box.checked || ticked().length < MOST) box.checked = on;
}

export function toggle(box, isRange = false) {
  const all = boxes();
  const from = all.indexOf(last);
  const to = all.indexOf(box);
  if (isRange && from >= 0) {
    const [low, high] = from < to ? [from, to] : [to, from];
    for (const other of all.slice(low, high + 1)) tick(other, box.checked);
  }
  last = box;
  showSelection();
}

export function change(field, value, ids = ticked().map((box) => box.value)) {
  const bar = document.getElementById("bulk");
  if (!ids.length || bar.classList.contains("htmx-request")) return;
  window.htmx.ajax("POST", bar.getAttribute("hx-post"), {
    source: bar,
    target: "#bulk-outcome",
    swap: "innerHTML",
    values: { field, value, ticket: ids },
  });
}

function clear() {
  for (const box of boxes()) box.checked = false;
  last = null;
  showSelection();
}

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target.matches?.('#queue input[name="ticket"]')) toggle(target, event.shiftKey);
  if (target.closest?.("[data-select-none]")) clear();
  const button = target.closest?.("[data-bulk]");
  if (button) change(button.dataset.bulk, button.dataset.value);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-select-all]")) return;
  for (const box of boxes()) tick(box, event.target.checked);
  showSelection();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("[data-bulk-tag]")) return;
  change("tag", new FormData(event.target).get("value"));
  event.target.reset();
});

/* --- Following without jumping ------------------------------------------------------------------- */

const rowsOf = (section) => [...(section?.querySelectorAll("tbody tr[id^=ticket-]") ?? [])];

function refresh(shown, fresh) {
  const box = shown.querySelector("input[name=ticket]");
  const isTicked = box.checked;
  const held = [...shown.querySelectorAll("a, input")].indexOf(document.activeElement);
  shown.replaceChildren(...fresh.cloneNode(true).childNodes);
  shown.querySelector("input[name=ticket]").checked = isTicked;
  if (held >= 0) shown.querySelectorAll("a, input")[held]?.focus({ preventScroll: true });
}

/* What is shown and not sent either lies on a later page, or has left: that shows where all were sent. */
function merge(shownQueue, freshQueue) {
  const body = shownQueue.querySelector("tbody");
  const shown = new Map(rowsOf(shownQueue).map((row) => [row.id, row]));
  const fresh = rowsOf(freshQueue);
  const isAll = !freshQueue.querySelector("#more");
  let place = null;
  for (const row of fresh) {
    const here = shown.get(row.id);
    if (here) {
      if (here.dataset.sent !== row.innerHTML) refresh(here, row);
      here.dataset.sent = row.innerHTML;
      place = here;
    } else {
      const added = row.cloneNode(true);
      if (place) place.after(added);
      else body.prepend(added);
      window.htmx.process(added);
      place = added;
    }
  }
  const sent = new Set(fresh.map((row) => row.id));
  for (const [id, row] of shown) {
    if (isAll && !sent.has(id) && !row.contains(document.activeElement)) row.remove();
  }
  showSelection();
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const type = detail.requestConfig.triggeringEvent?.type;
  if (detail.target.id !== "queue" || !["live-changed", "queue-changed"].includes(type)) return;
  const answer = document.createElement("template");
  answer.innerHTML = detail.serverResponse;
  const views = answer.content.getElementById("queue-views");
  const fresh = answer.content.getElementById("queue");
  if (!rowsOf(queue()).length || !rowsOf(fresh).length) return;
  detail.shouldSwap = false;
  merge(queue(), fresh);
  if (views) {
    views.removeAttribute("hx-swap-oob");
    document.getElementById("queue-views").replaceWith(views);
  }
});

document.addEventListener("htmx:afterSettle", showSelection);
addEventListener("pageshow", showSelection);
