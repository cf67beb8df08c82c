/* Keeps an open page up to date.
 *
 * Elements with data-live-topics="a:1 b:2" are told by the event "live-changed" when one of their
 * topics changed, and after every connection, since something may have been missed before it, the
 * first time too: whoever listens asks the server for what is new since what it has.
 *
 * Scripts that talk hear all that comes for a topic (`hear`), and send (`send`), over the same socket. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30000;
const TOGETHER_MS = 30;
const LOOK_EVERY_MS = 5000;
const ASLEEP_MS = 90000;
const SIGNED_OUT = 4401;
const TOO_MANY = 4429; // the same person has opened more pages since

const side = location.pathname.startsWith("/console/") ? "/console/live" : "/help/live";
const ears = new Map();
let socket = null;
let waiting = null;
let pause = FIRST_PAUSE_MS;
let wasConnected = false;
let followed = new Set();
let changed = new Set();
let late = new Set();

const listeners = () => [...document.querySelectorAll("[data-live-topics]")];
const topicsOf = (element) => element.dataset.liveTopics.split(" ").filter(Boolean);
const tell = (element) => element.dispatchEvent(new CustomEvent("live-changed"));
const say = (state) => document.dispatchEvent(new CustomEvent("handrail:connection", { detail: state }));

/* `ear(message)` is told of everything that comes for this topic, and of {type: "closed"} when the
 * connection is lost. Returns what ends it. */
export function hear(topic, ear) {
  if (!ears.has(topic)) ears.set(topic, new Set());
  ears.get(topic).add(ear);
  if (socket || waiting) follow();
  else connect();
  return () => {
    ears.get(topic)?.delete(ear);
    if (!ears.get(topic)?.size) ears.delete(topic);
    follow();
  };
}

/* True where it went out; whether it arrived, an answer tells. */
export function send(content) {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify(content));
  return true;
}

/* What looks open may be dead since the machine slept or went to another network. */
export function connectAnew() {
  if (socket?.readyState === WebSocket.CONNECTING) return;
  leave();
  clearTimeout(waiting);
  connect();
}

function leave() {
  if (!socket) return;
  const old = socket;
  socket = null;
  old.close();
  tellEars({ type: "closed" });
}

function connect() {
  waiting = null;
  const mine = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}${side}`);
  socket = mine;
  const own = (heardOf) => (event) => socket === mine && heardOf(event);
  mine.addEventListener("open", own(opened));
  mine.addEventListener("message", own((event) => heard(JSON.parse(event.data))));
  mine.addEventListener("close", own(closed));
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
  for (const ear of ears.get(message.topic) ?? []) ear(message);
  if (message.type !== "following" && message.type !== "changed") return;
  if (!changed.size) setTimeout(look, TOGETHER_MS);
  changed.add(message.topic);
}

/* Topics that change together are one question. */
function look() {
  const topics = changed;
  changed = new Set();
  listeners()
    .filter((element) => topicsOf(element).some((topic) => topics.has(topic)))
    .forEach(tellOnce);
}

/* What is asked for just now may have been drawn before this change, and htmx would drop a second question, or
 * cut off the first: so it is told when the answer is there. */
const isAskedFor = (element) =>
  element.matches(".htmx-request") || Boolean(element.id && document.querySelector(`.htmx-request[hx-target="#${element.id}"]`));

function tellOnce(element) {
  if (isAskedFor(element)) late.add(element);
  else tell(element);
}

document.addEventListener("htmx:afterRequest", () => {
  if (!late.size) return;
  const waiting = [...late];
  late = new Set();
  setTimeout(() => {
    const now = waiting.map((element) => (element.isConnected ? element : document.getElementById(element.id)));
    now.filter(Boolean).forEach(tellOnce);
  });
});

function tellEars(message) {
  for (const some of ears.values()) for (const ear of some) ear(message);
}

function closed(event) {
  if (event.code === SIGNED_OUT) {
    document.dispatchEvent(new CustomEvent("handrail:signed-out"));
  }
  if (event.code === TOO_MANY) pause = LONGEST_PAUSE_MS;
  tellEars({ type: "closed" });
  if (wasConnected) say("lost");
  waiting = setTimeout(connect, pause * (0.75 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
}

function follow() {
  if (socket?.readyState !== WebSocket.OPEN) return;
  const wanted = new Set([...listeners().flatMap(topicsOf), ...ears.keys()]);
  for (const topic of followed) {
    if (!wanted.has(topic)) socket.send(JSON.stringify({ type: "unfollow", topic }));
  }
  for (const topic of wanted) {
    if (!followed.has(topic)) socket.send(JSON.stringify({ type: "follow", topic }));
  }
  followed = wanted;
}

/* A clock that stood still means that the machine slept: its connection may look open for minutes. */
let lookedAt = Date.now();
setInterval(() => {
  const slept = Date.now() - lookedAt;
  lookedAt = Date.now();
  if (slept > ASLEEP_MS && document.visibilityState === "visible" && socket) connectAnew();
}, LOOK_EVERY_MS);

document.addEventListener("htmx:afterSettle", follow);
addEventListener("online", () => socket && connectAnew());
if (listeners().length) connect();
