/* Is this agent here, and what calls them? In every page of the console, while they take chats.
 *
 * The server hears every 20 seconds that a page is open, and answers what calls: chats that wait, unread words.
 * What did not call before is heard (a short sound), seen (in the page's title), and told by the browser, where
 * the agent has asked for that. Of several pages one speaks. */
import { request } from "../base/js/request.js";

const EVERY_MS = 20_000;
const SOON_MS = 800;
const TAKES_CHATS = "handrail:takes-chats";
const SILENT = "handrail:chat-silent";
const NOTIFIES = "handrail:chat-notifies";
const CALLED = "handrail:chat-called";
const FRONT = "handrail:chat-front";
const LEFT = "handrail:chat-left";
const IN_FRONT_MS = 30_000; // a page that went without a word is in front no longer

const desk = document.querySelector(".desk");
const agent = desk?.dataset.agent;
const title = document.title;
const box = document.createElement("div");
let isSpeaker = false;
let soon = null;
let sound = null;

const byId = (id) => document.getElementById(id);
const isSilent = () => localStorage.getItem(SILENT) === "yes";
const mayNotify = () => localStorage.getItem(NOTIFIES) === "yes" && globalThis.Notification?.permission === "granted";

/* ---- Which page of all that are open here is before the agent? ---- */

const page = String(Math.random());

function front() {
  const said = JSON.parse(localStorage.getItem(FRONT) ?? "null");
  return said && Date.now() - said.at < IN_FRONT_MS ? said : null;
}

function sayFront() {
  const isThis = document.visibilityState === "visible" && document.hasFocus();
  if (isThis) localStorage.setItem(FRONT, JSON.stringify({ page, ref: desk.dataset.ref, at: Date.now() }));
  else if (front()?.page === page) localStorage.removeItem(FRONT);
}

/* A page that shows whether the agent takes chats knows; the others remember. */
function takesChats() {
  const shown = byId("availability")?.dataset.here;
  if (shown === "on") localStorage.setItem(TAKES_CHATS, agent);
  else if (shown) localStorage.removeItem(TAKES_CHATS);
  return localStorage.getItem(TAKES_CHATS) === agent || Boolean(byId("rail"));
}

async function ask() {
  clearTimeout(soon);
  soon = null;
  sayFront();
  if (!takesChats()) return;
  if (await request("POST", "/console/chat/here", { source: box, target: box, swap: "innerHTML" })) look();
}

/* The page may be gone before an answer comes: `keepalive` lets the request outlive it. What other pages are
 * open here say at once that their agent is still there. */
function leave() {
  if (front()?.page === page) localStorage.removeItem(FRONT);
  if (!takesChats()) return;
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  fetch("/console/chat/here", { method: "POST", headers, body: new URLSearchParams({ leaves: "on" }), keepalive: true }).catch(() => {});
  localStorage.setItem(LEFT, page);
}

function askSoon() {
  soon ??= setTimeout(ask, SOON_MS);
}

/* ---- What calls ---- */

/* What is open and in front of the agent calls nobody. */
const isBeforeThem = (call) => front()?.ref === `chat/${call.dataset.chat}`;

function look() {
  sayFront();
  const all = [...box.querySelectorAll("[data-call]")];
  const calls = all.filter((call) => !isBeforeThem(call));
  document.title = calls.length ? `(${calls.length}) ${title}` : title;
  if (!isSpeaker) return;
  const before = new Set(JSON.parse(localStorage.getItem(CALLED) ?? "[]"));
  localStorage.setItem(CALLED, JSON.stringify(all.map((call) => call.dataset.call)));
  const fresh = calls.filter((call) => !before.has(call.dataset.call));
  if (!fresh.length) return;
  if (!isSilent()) ring(fresh.some((call) => call.dataset.kind === "waiting"));
  if (mayNotify() && !front()) fresh.slice(0, 3).forEach(notify);
}

function notify(call) {
  const { title: words, chat, url } = call.dataset;
  const told = new Notification(words, { body: call.textContent, tag: chat });
  told.addEventListener("click", () => {
    window.focus();
    location.assign(url);
    told.close();
  });
}

/* Two short tones up for a chat that waits, one for words. Before the first press a page may not sound. */
function ring(isNew) {
  if (!navigator.userActivation?.hasBeenActive) return;
  sound ??= new AudioContext();
  if (sound.state === "suspended") sound.resume();
  desk.dataset.rang = String(Number(desk.dataset.rang ?? 0) + 1);
  tone(660, 0);
  if (isNew) tone(880, 0.14);
}

function tone(pitch, after) {
  const at = sound.currentTime + after;
  const wave = new OscillatorNode(sound, { type: "sine", frequency: pitch });
  const level = new GainNode(sound, { gain: 0 });
  wave.connect(level).connect(sound.destination);
  level.gain.setValueAtTime(0, at);
  level.gain.linearRampToValueAtTime(0.12, at + 0.01);
  level.gain.exponentialRampToValueAtTime(0.001, at + 0.22);
  wave.start(at);
  wave.stop(at + 0.24);
}

/* ---- What the agent chooses for this browser ---- */

function showChoices() {
  const toggle = byId("chat-sound");
  const button = byId("chat-notify");
  const says = byId("chat-notify-says");
  if (toggle) toggle.checked = !isSilent();
  if (!button || !("Notification" in globalThis)) return;
  const isDenied = Notification.permission === "denied";
  button.hidden = isDenied || mayNotify();
  says.hidden = !button.hidden;
  says.textContent = isDenied ? says.dataset.off : says.dataset.on;
}

document.addEventListener("change", ({ target }) => {
  if (target.id !== "chat-sound") return;
  localStorage.setItem(SILENT, target.checked ? "no" : "yes");
  if (target.checked) ring(true);
});

document.addEventListener("click", async ({ target }) => {
  if (!target.closest?.("#chat-notify")) return;
  if ((await Notification.requestPermission()) === "granted") localStorage.setItem(NOTIFIES, "yes");
  showChoices();
});

/* What came anew with the page is set as it was chosen; where the popover says what was wrong, it is open. */
document.addEventListener("htmx:afterSettle", () => {
  showChoices();
  takesChats();
  document.querySelector("#availability-form[data-stays-open]:not(:popover-open)")?.showPopover();
});

if (agent) {
  box.hidden = true;
  document.body.append(box);
  showChoices();
  // Where there are no locks (a console that is not served by HTTPS), each page speaks for itself.
  isSpeaker = !navigator.locks;
  navigator.locks?.request("handrail:chat-calls", () => {
    isSpeaker = true;
    return new Promise(() => {});
  });
  document.addEventListener("live-changed", askSoon, { capture: true });
  for (const change of ["focus", "blur"]) addEventListener(change, sayFront);
  document.addEventListener("visibilitychange", () => {
    sayFront();
    if (document.visibilityState === "visible") askSoon();
  });
  addEventListener("focus", askSoon);
  setInterval(ask, EVERY_MS);
  ask();
  addEventListener("storage", ({ key }) => key === LEFT && askSoon());
  addEventListener("pagehide", leave);
  addEventListener("pageshow", ({ persisted }) => persisted && ask());
}
