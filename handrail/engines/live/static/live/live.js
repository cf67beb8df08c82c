/* Keeps an open page up to date.
 *
 * Elements with data-live-topics="a:1 b:2" are told by the event "live-changed" when one of their
 * topics changed, and after every connection, since something may have been missed before it, the
 * first time too: whoever listens asks the server for what is new since what it has. The socket
 * itself carries no content. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30000;
const TOGETHER_MS = 30;
const SIGNED_OUT = 4401;

const side = location.pathname.startsWith("/console/") ? "/console/live" : "/help/live";
let socket = null;
let pause = FIRST_PAUSE_MS;
let wasConnected = false;
let followed = new Set();
let changed = new Set();

const listeners = () => [...document.querySelectorAll("[data-live-topics]")];
const topicsOf = (element) => element.dataset.liveTopics.split(" ").filter(Boolean);
const tell = (element) => element.dispatchEvent(new CustomEvent("live-changed"));
const say = (state) => document.dispatchEvent(new CustomEvent("handrail:connection", { detail: state }));

function connect() {
  socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}${side}`);
  socket.addEventListener("open", opened);
  socket.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  socket.addEventListener("close", closed);
}

function opened() {
  followed = new Set();
  follow();
  if (wasConnected) say("back");
  wasConnected = true;
}

/* Whoever is signed out is let in and closed again: only an answer means that all is well.
 *
 * "following" is as good a reason to look as "changed": nothing was heard of before it. */
function heard(message) {
  pause = FIRST_PAUSE_MS;
  if (!changed.size) setTimeout(look, TOGETHER_MS);
  changed.add(message.topic);
}

/* Topics that change together are one question. */
function look() {
  const topics = changed;
  changed = new Set();
  listeners()
    .filter((element) => topicsOf(element).some((topic) => topics.has(topic)))
    .forEach(tell);
}

function closed(event) {
  if (event.code === SIGNED_OUT) {
    document.dispatchEvent(new CustomEvent("handrail:signed-out"));
  }
  if (wasConnected) say("lost");
  setTimeout(connect, pause * (0.75 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
}

function follow() {
  if (socket?.readyState !== WebSocket.OPEN) return;
  const wanted = new Set(listeners().flatMap(topicsOf));
  for (const topic of followed) {
    if (!wanted.has(topic)) socket.send(JSON.stringify({ type: "unfollow", topic }));
  }
  for (const topic of wanted) {
    if (!followed.has(topic)) socket.send(JSON.stringify({ type: "follow", topic }));
  }
  followed = wanted;
}

document.addEventListener("htmx:afterSettle", follow);
addEventListener("online", () => socket?.readyState === WebSocket.CLOSED && connect());
if (listeners().length) connect();
