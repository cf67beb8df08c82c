/* The one search box: its field opens the list over the page; Ctrl/⌘ K does everywhere.
 *
 * Words alone answer while somebody types. After a pause the same question is asked once more for its
 * meaning; that answer comes in only where nobody has begun to choose. What was searched lately is kept in
 * this browser alone. */
import { open } from "../base/js/picker.js";

const RECENT = "handrail:searched";
const MOST_RECENT = 5;
const PAUSE_MS = 150;
const box = document.getElementById("search-dialog");
const form = document.querySelector("[data-search-everything]");
const field = box?.querySelector('[role="combobox"]');
const results = box?.querySelector(".picker-results");
let isChoosing = false;
let waiting = 0;

function show(words) {
  isChoosing = false;
  open(box, words);
}

function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT) ?? "[]").filter((words) => typeof words === "string");
  } catch {
    return [];
  }
}

function remember(words) {
  if (!words) return;
  const others = recent().filter((each) => each !== words);
  localStorage.setItem(RECENT, JSON.stringify([words, ...others].slice(0, MOST_RECENT)));
}

/* Options like those of an answer: a press searches for the words again. */
function showRecent(place) {
  const lately = recent();
  if (!lately.length) return;
  const list = document.createElement("div");
  const title = Object.assign(document.createElement("p"), { className: "picker-group-title", textContent: place.dataset.label });
  list.setAttribute("role", "listbox");
  list.id = "search-options";
  list.setAttribute("aria-label", place.dataset.label);
  list.append(title, ...lately.map(asOption));
  place.replaceWith(list);
}

function asOption(words, place) {
  const option = Object.assign(document.createElement("div"), { className: "option", id: `searched-${place}` });
  const title = Object.assign(document.createElement("span"), { className: "option-title", textContent: words });
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.words = words;
  option.append(title);
  return option;
}

async function refine() {
  const asked = field.value;
  const answer = await fetch(`${form.action}?${new URLSearchParams({ q: asked, refine: "on" })}`, {
    headers: { "HX-Request": "true" },
  });
  if (!answer.ok || isChoosing || field.value !== asked || !box.open) return;
  window.htmx.swap(results, await answer.text(), { swapStyle: "innerHTML" });
  const options = results.querySelectorAll('[role="option"]');
  options[0]?.setAttribute("aria-selected", "true");
  if (options[0]) field.setAttribute("aria-activedescendant", options[0].id);
}

if (box && form) {
  const opener = form.querySelector("input");
  opener.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    show(opener.value);
  });
  opener.addEventListener("input", () => show(opener.value));
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (box.open) box.close();
    else show(opener.value);
  });
  results.addEventListener("pointermove", () => (isChoosing = true));
  field.addEventListener("keydown", ({ key }) => {
    if (key.startsWith("Arrow")) isChoosing = true;
  });
  field.addEventListener("input", () => {
    isChoosing = false;
    clearTimeout(waiting);
  });
  /* Before the picker points at the first option: what was searched lately is options, too. */
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target === results) clearTimeout(waiting);
  });
  results.addEventListener("htmx:afterSwap", () => {
    const place = results.querySelector("[data-recent-searches]");
    if (place) showRecent(place);
    if (results.querySelector("[data-may-refine]")) waiting = setTimeout(refine, PAUSE_MS);
  });
  document.addEventListener("picker:chosen", ({ target }) => {
    if (target.dataset.words) {
      show(target.dataset.words);
      return;
    }
    remember(field.value.trim());
    location.assign(target.dataset.url);
  });
}
