/* The console's keyboard shortcuts: SHORTCUTS is what the keys do and what the sheet shows.
 *
 * Pages say what they have: data-act="close" on a form, button or field, data-row on the rows of a
 * list, data-go="queue" on a link. Single keys never do anything while somebody types, with a
 * modifier, or over a dialog; an agent can switch them off (kept in this browser). */
import { open } from "../base/js/picker.js";

const OFF = "handrail:no-single-keys";
const SEQUENCE_MS = 1500;

export const SHORTCUTS = [
  { name: "palette", group: "everywhere", keys: ["Mod+k"], run: togglePalette },
  { name: "search", group: "everywhere", keys: ["/"], run: () => focus('[data-shortcut="/"]') },
  { name: "sheet", group: "everywhere", keys: ["?"], run: showSheet },
  { name: "go-queue", group: "everywhere", keys: ["g q"], run: () => follow("queue") },
  { name: "go-notices", group: "everywhere", keys: ["g n"], run: () => follow("notices") },
  { name: "go-settings", group: "everywhere", keys: ["g s"], run: () => follow("settings") },
  { name: "go-profile", group: "everywhere", keys: ["g p"], run: () => follow("profile") },
  { name: "leave", group: "everywhere", keys: ["Escape"], run: leave },
  { name: "next", group: "list", keys: ["j"], run: () => goToRow(1) },
  { name: "previous", group: "list", keys: ["k"], run: () => goToRow(-1) },
  { name: "open", group: "list", keys: ["o", "Enter"], run: openRow },
  { name: "select", group: "list", keys: ["x"], run: () => inRow("input[type=checkbox]")?.click() },
  { name: "reply", group: "thing", keys: ["r"], run: () => write(false) },
  { name: "note", group: "thing", keys: ["n"], run: () => write(true) },
  { name: "canned", group: "thing", keys: ["c"], run: () => act("canned") },
  { name: "send", group: "thing", keys: ["Mod+Enter"] }, // by composer.js, for members as well
  { name: "take", group: "thing", keys: ["a"], run: () => act("take") },
  { name: "assign", group: "thing", keys: ["s"], run: () => act("assign") },
  { name: "priority", group: "thing", keys: ["p"], run: () => act("priority") },
  { name: "tag", group: "thing", keys: ["t"], run: () => act("tag") },
  { name: "close", group: "thing", keys: ["e"], run: () => act("close") || act("reopen") },
  { name: "follow", group: "thing", keys: ["f"], run: () => act("follow") },
  { name: "back", group: "thing", keys: ["u"], run: () => byQuery("[data-act=back]")?.click() },
];

const byId = (id) => document.getElementById(id);
const byQuery = (selector) => document.querySelector(selector);
const isOff = () => localStorage.getItem(OFF) === "yes";

/* --- What the keys do ----------------------------------------------------------------------------- */

function togglePalette() {
  const palette = byId("palette");
  if (palette?.open) palette.close();
  else open(palette);
}

function focus(selector) {
  const field = byQuery(selector);
  field?.focus();
  field?.select?.();
  return Boolean(field);
}

function follow(place) {
  byQuery(`[data-go="${place}"]`)?.click();
}

/* A form is sent, a button is pressed, a field gets the focus. What came in a moment ago htmx may not
 * know yet: without it a form would load a page. */
export function act(name) {
  const element = byQuery(`[data-act="${name}"]`);
  if (!element) return false;
  window.htmx.process(element);
  if (element.matches("form")) element.requestSubmit();
  else if (element.matches("button, a")) element.click();
  else element.focus();
  return true;
}

/* From the row one is on, or else from that of what is open; who was on a row that left begins at the top. */
function goToRow(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const opened = rows.find((row) => row.querySelector("[aria-current]"));
  const next = rows.indexOf(document.activeElement.closest("[data-row]") ?? opened) + step;
  const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
  row?.querySelector("a[href]").focus();
  row?.scrollIntoView({ block: "nearest" });
}

const inRow = (selector) => document.activeElement.closest("[data-row]")?.querySelector(selector);

/* Enter on the link itself is the browser's. */
function openRow(event) {
  if (event.key === "Enter" && document.activeElement.matches("a, button")) return false;
  inRow("a[href]")?.click();
  return Boolean(inRow("a[href]"));
}

/* To a reply from a note, and back; else what a message is stays as it was chosen. */
function write(isNote) {
  const text = byQuery("textarea[data-composer]");
  const kinds = [...(text?.form.querySelectorAll('input[name="act"]') ?? [])];
  const fits = (kind) => (kind.value === "note") === isNote;
  if (!kinds.some((kind) => kind.checked && fits(kind))) kinds.find(fits)?.click();
  text?.focus();
}

function leave() {
  if (isTyping(document.activeElement)) document.activeElement.blur();
  return false; // what Escape does by itself, it does
}

/* --- When they do it ------------------------------------------------------------------------------ */

const NOT_TYPED_INTO = ["checkbox", "radio", "button", "submit", "file"];

/* For a moment the field of a dialog that was just closed still has the focus, but nobody sees it. */
function isTyping(element) {
  if (!element.checkVisibility()) return false;
  if (element.matches("input")) return !NOT_TYPED_INTO.includes(element.type);
  return Boolean(element.closest("textarea, select, [contenteditable]"));
}

/* Keyboards of other scripts: the key where the letter is on a Latin one. */
function keyOf(event) {
  const isForeign = event.key.length === 1 && event.key > "\u007f" && /^Key[A-Z]$/.test(event.code);
  return isForeign ? event.code.slice(3).toLowerCase() : event.key;
}

let begun = "";
let forgetting = 0;

function pressed(event) {
  const key = keyOf(event);
  if (event.ctrlKey || event.metaKey) return event.altKey || event.shiftKey ? "" : `Mod+${key.toLowerCase()}`;
  if (event.altKey) return "";
  clearTimeout(forgetting);
  const whole = begun ? `${begun} ${key}` : key;
  begun = !begun && SHORTCUTS.some(({ keys }) => keys.some((all) => all.startsWith(`${key} `))) ? key : "";
  forgetting = setTimeout(() => (begun = ""), SEQUENCE_MS);
  return whole;
}

const isCovered = () => Boolean(byQuery("dialog[open], [popover][data-menu]:popover-open"));

function isFree(keys, target) {
  if (keys.startsWith("Mod+")) return true;
  if (keys === "Escape") return !isCovered();
  return !isOff() && !isTyping(target) && !isCovered();
}

document.addEventListener("keydown", (event) => {
  if (!event.key || event.isComposing || event.defaultPrevented) return;
  if (isTyping(event.target)) begun = "";
  const keys = isTyping(event.target) && !event.ctrlKey && !event.metaKey ? keyOf(event) : pressed(event);
  const shortcut = SHORTCUTS.find((one) => one.run && one.keys.includes(keys));
  if (!shortcut || !isFree(keys, event.target)) return;
  if (shortcut.run(event) !== false) event.preventDefault();
});

/* --- The sheet ------------------------------------------------------------------------------------- */

const IS_APPLE = /Mac|iP(hone|ad|od)/.test(navigator.platform);
const NAMES = { Mod: IS_APPLE ? "⌘" : "Ctrl", Escape: "Esc", Enter: "↵" };
const nameOf = (key) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);

const made = (tag, words, ...children) => {
  const element = document.createElement(tag);
  if (words) element.textContent = words;
  element.append(...children);
  return element;
};

/* "g q" is two keys after each other, "Mod+k" two at once, ["o", "Enter"] one or the other. */
function drawn(keys, then) {
  const sequences = keys.map((all) => {
    const parts = all === "+" ? ["+"] : all.split(/[ +]/);
    const drawnParts = parts.map((part) => made("kbd", nameOf(part)));
    return all.includes(" ") ? [drawnParts[0], ` ${then} `, drawnParts[1]] : drawnParts;
  });
  return sequences.flatMap((one, place) => (place ? [" / ", ...one] : one));
}

function drawSheet(sheet) {
  const words = byId("shortcut-words");
  for (const group of words.content.querySelectorAll("[data-group]")) {
    const list = made("dl");
    for (const shortcut of SHORTCUTS.filter((one) => one.group === group.dataset.group)) {
      const label = group.querySelector(`[data-name="${shortcut.name}"]`).textContent;
      const keys = made("dd", "", ...drawn(shortcut.keys, words.dataset.then));
      list.append(made("div", "", made("dt", label), keys));
    }
    sheet.append(made("section", "", made("h3", group.title), list));
  }
}

/* Pages write "Ctrl"; keyboards of Apple's have another key for it. */
if (IS_APPLE) {
  for (const kbd of document.querySelectorAll("kbd[data-keys]")) {
    kbd.textContent = kbd.dataset.keys.split("+").map(nameOf).join(" ");
  }
}

export function showSheet() {
  const sheet = byQuery("[data-shortcut-sheet]");
  if (!sheet || byQuery("dialog[open]")) return;
  if (!sheet.children.length) drawSheet(sheet);
  byId("shortcuts").showModal();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-shows-shortcuts]")) return;
  event.target.closest("dialog")?.close();
  showSheet();
});

/* --- Off and on: WCAG 2.1.4 ------------------------------------------------------------------------- */

function showChoice() {
  for (const box of document.querySelectorAll('input[name="single-keys"]')) box.checked = !isOff();
  document.documentElement.toggleAttribute("data-no-single-keys", isOff());
}

document.addEventListener("change", ({ target }) => {
  if (target.name !== "single-keys") return;
  if (target.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "yes");
  showChoice();
});

addEventListener("storage", showChoice);
addEventListener("pageshow", showChoice);
showChoice();
