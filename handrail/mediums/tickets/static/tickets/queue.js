/* The queue: rows are ticked (with Shift, as far as the last one) and changed together. What happens
 * elsewhere comes in by base's steady-rows.js, as in every list. */
import { request } from "../base/js/request.js";

const MOST = 100;
let last = null;

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
  request("POST", bar.getAttribute("hx-post"), {
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

document.addEventListener("htmx:afterSettle", showSelection);
addEventListener("pageshow", showSelection);
