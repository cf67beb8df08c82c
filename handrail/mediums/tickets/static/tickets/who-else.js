/* Tells other agents that this page is open and whether somebody writes in it, and shows who else is.
 *
 * A page that is seen says so every 20 seconds; what it is told of by a push, it asks for. Typing
 * counts as writing while the composer has the focus, until half a minute after the last key. */
import { request } from "../base/js/request.js";

const BEAT_MS = 20000;
const WRITING_MS = 30000;

const place = document.querySelector("[data-presence]");
let lastKey = -Infinity;
let saidWriting = false;

const composer = () => document.getElementById("composer");
const isSeen = () => document.visibilityState === "visible";
const isWriting = () =>
  performance.now() - lastKey < WRITING_MS && Boolean(composer()?.contains(document.activeElement));

function beat() {
  if (!isSeen()) return;
  saidWriting = isWriting();
  const values = saidWriting ? { writing: "on" } : {};
  request("POST", place.dataset.presence, { source: place, target: place, swap: "innerHTML", values });
}

function look() {
  request("GET", place.dataset.presence, { source: place, target: place, swap: "innerHTML" });
}

function typed({ target }) {
  if (!composer()?.contains(target)) return;
  lastKey = performance.now();
  if (!saidWriting) beat();
}

function stopped() {
  lastKey = -Infinity;
  if (saidWriting) beat();
}

/* The page may be gone before an answer comes: `keepalive` lets the request outlive it. */
function leave() {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  fetch(place.dataset.leave, { method: "POST", headers, keepalive: true });
}

if (place) {
  beat();
  setInterval(beat, BEAT_MS);
  place.addEventListener("live-changed", look);
  document.addEventListener("input", typed);
  document.addEventListener("thread-changed", stopped);
  document.addEventListener("visibilitychange", beat);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", ({ persisted }) => persisted && beat());
}
