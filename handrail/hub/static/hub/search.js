/* The one search box: its field opens the list over the page; Ctrl/⌘ K does everywhere.
 *
 * Words alone answer while somebody types. After a pause the same question is asked once more for its
 * meaning; that answer comes in only where it leaves in place what somebody points at. What was searched
 * lately is kept in this browser alone, for each member apart. */
import { ask, open, settle, whenReleased } from "../base/js/picker.js";

const MOST_RECENT = 5;
const PAUSE_MS = 150;
const IS_APPLE = /Mac|iP(hone|ad|od)/.test(navigator.platform);
const box = document.getElementById("search-dialog");
const form = document.querySelector("[data-search-everything]");
const opener = form?.querySelector("input");
const field = box?.querySelector('[role="combobox"]');
const results = box?.querySelector(".picker-results");
const kept = `handrail:searched:${form?.dataset.whose ?? ""}`;
let writtenAt = 0;
let refining = new AbortController();

function show() {
  open(box, opener.value);
  field.select();
}

/* --- What was searched lately ------------------------------------------------------------------------ */

/* A browser may close its storage to a frame in somebody else's page: the frame's name stays with it. */
function recent() {
  return wordsIn(() => localStorage.getItem(kept)) ?? wordsIn(() => inTheName()) ?? [];
}

function inTheName() {
  return JSON.stringify(JSON.parse(window.name).searched[kept]);
}

function wordsIn(read) {
  try {
    return JSON.parse(read()).filter((words) => typeof words === "string");
  } catch {
    return null;
  }
}

function keep(searched) {
  try {
    if (searched.length) localStorage.setItem(kept, JSON.stringify(searched));
    else localStorage.removeItem(kept);
  } catch {
    document.dispatchEvent(new CustomEvent("handrail:note", { detail: { searched: { [kept]: searched } } }));
  }
}

function remember(words) {
  if (!words) return;
  const others = recent().filter((each) => each !== words);
  keep([words, ...others].slice(0, MOST_RECENT));
}

/* The list that the server drew for them, with a line for each. */
function showRecent(place) {
  const lately = recent();
  if (!lately.length) return;
  const list = place.querySelector("template").content.cloneNode(true);
  const line = list.querySelector("[data-words]");
  const lines = lately.map((words, number) => {
    const one = line.cloneNode(true);
    one.id = `searched-${number}`;
    one.dataset.words = words;
    one.querySelector("bdi").textContent = words;
    return one;
  });
  line.replaceWith(...lines);
  place.replaceWith(list);
  settle(box);
}

/* --- What is found by meaning ------------------------------------------------------------------------ */

function refineSoon() {
  const { signal } = refining;
  const asked = field.value;
  const wait = Math.max(0, writtenAt + PAUSE_MS - performance.now());
  setTimeout(() => refine(asked, signal), wait);
}

function stopRefining() {
  refining.abort();
  refining = new AbortController();
}

async function refine(asked, signal) {
  if (signal.aborted || !box.open || field.value !== asked) return;
  const address = new URL(field.getAttribute("hx-get"), location.href);
  address.searchParams.set("q", asked);
  address.searchParams.set("refine", "on");
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal });
    const html = answer.ok ? await answer.text() : "";
    whenReleased(box, () => {
      if (!signal.aborted && html && box.open && field.value === asked) bringIn(html);
    });
  } catch {
    // A newer question took its place, or there is no connection: what is shown stays.
  }
}

/* Puts the better answer in, unless that would move what somebody points at, by pointer or arrows. */
function bringIn(html) {
  const held = [...results.querySelectorAll('[role="option"]:is(:hover, [aria-selected="true"])')];
  const places = held.map(placeOf);
  const selected = held.find((option) => option.getAttribute("aria-selected") === "true");
  const before = [...results.childNodes];
  const scrolled = results.querySelector('[role="listbox"]')?.scrollTop ?? 0;
  const better = document.createElement("template");
  better.innerHTML = html;
  results.replaceChildren(better.content);
  scrollList(scrolled);
  if (held.some((option, number) => placeOf(sameAs(option)) !== places[number])) {
    results.replaceChildren(...before);
    scrollList(scrolled);
    return;
  }
  settle(box, selected && sameAs(selected));
}

const placeOf = (option) => Math.round(option?.getBoundingClientRect().top ?? -1);

function sameAs({ dataset }) {
  return results.querySelector(`[role="option"][data-url="${CSS.escape(dataset.url)}"]`);
}

function scrollList(place) {
  const list = results.querySelector('[role="listbox"]');
  if (list) list.scrollTop = place;
}

/* --- From typing to going ---------------------------------------------------------------------------- */

function goToAll() {
  const words = field.value.trim();
  if (!words) return;
  if (results.querySelector("[data-failed]")) {
    ask(box, field.value);
    return;
  }
  remember(words);
  box.close();
  location.assign(`${form.action}?${new URLSearchParams({ q: words })}`);
}

function choosing(event) {
  const { words, forget } = event.target.dataset;
  if (words === undefined && forget === undefined) return;
  event.preventDefault();
  if (forget !== undefined) keep([]);
  ask(box, words ?? "");
}

function chosen({ target }) {
  remember(field.value.trim());
  location.assign(target.dataset.url);
}

function listenInThePage() {
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-keyshortcuts", "Control+K Meta+K /");
  opener.dataset.shortcut = "/";
  if (IS_APPLE) form.querySelector("[data-keys]").textContent = "⌘ K";
  /* A press opens the dialog, whose field is the one to write in; the keyboard comes by writing. */
  opener.addEventListener("mousedown", (event) => event.preventDefault());
  opener.addEventListener("click", show);
  opener.addEventListener("input", () => open(box, opener.value));
  form.addEventListener("submit", (event) => {
    if (opener.value.trim()) return;
    event.preventDefault();
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (box.open) box.close();
    else show();
  });
}

function listenInTheDialog() {
  box.addEventListener("close", () => {
    stopRefining();
    opener.value = field.value;
  });
  box.addEventListener("picker:entered", goToAll);
  box.addEventListener("picker:choosing", choosing);
  document.addEventListener("picker:chosen", (event) => {
    if (event.detail.picker === box) chosen(event);
  });
  box.querySelector("[data-all-results]").addEventListener("click", (event) => {
    if (!field.value.trim()) return;
    event.preventDefault();
    goToAll();
  });
  field.addEventListener("input", () => {
    writtenAt = performance.now();
    stopRefining();
  });
}

function listenToAnswers() {
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target !== results) return;
    stopRefining();
    const place = results.querySelector("[data-recent-searches]");
    if (place) showRecent(place);
    if (results.querySelector("[data-may-refine]")) refineSoon();
  });
  for (const trouble of ["htmx:sendError", "htmx:responseError"]) {
    field.addEventListener(trouble, () => {
      results.replaceChildren(document.getElementById("search-failed").content.cloneNode(true));
      settle(box);
    });
  }
}

if (box && form) {
  listenInThePage();
  listenInTheDialog();
  listenToAnswers();
}
