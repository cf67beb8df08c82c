/* How do our pages talk with the host's page around them? By messages to its exact origin.
 *
 * The loader (v1.js) writes into the frame's name who shows us and what for: a name stays with all
 * pages of a frame, whose storage may be closed. Nobody but a host can show us at all
 * (frame-ancestors), so a false name would only lead our words nowhere. */
const ANSWER_MS = 15000;

const told = readName();

/* Whether the loader is around us; false on a full page. */
export const isFramed = window.parent !== window && Boolean(told.host);

/* What the loader wants of the boot page: "panel", "badge" or "sign-out", and for the panel a path,
 * which `isRestored` when nobody asked for it just now. */
export const { purpose, path: wantedPath, isRestored } = told;

/* The path for which the page before this one got a session, as boot.js noted. */
export const { servedPath } = told;

const listeners = new Map();
const questions = new Map();
let lastId = Date.now(); // no page of this frame gets an answer that was meant for the one before

addEventListener("message", ({ data, origin, source }) => {
  if (!isFramed || source !== window.parent || origin !== told.host || data?.handrail !== 1) return;
  listeners.get(data.type)?.(Object.freeze(data));
});

hear("token", ({ id, token, error }) => {
  const question = questions.get(id);
  questions.delete(id);
  if (error || (token !== null && typeof token !== "string")) question?.reject(new Error(error));
  else question?.resolve(token);
});

/* Says something to the loader; on a full page nobody hears it. */
export function tell(type, content = {}) {
  if (isFramed) window.parent.postMessage({ handrail: 1, type, ...content }, told.host);
}

/* Calls `listener` with each message of this type. */
export function hear(type, listener) {
  listeners.set(type, listener);
}

/* The host's word on who is signed in there now: a token, or null for a visitor. Rejects when the
 * host cannot say. */
export function askForToken() {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    questions.set(id, { resolve, reject });
    setTimeout(() => reject(new Error("no answer")), ANSWER_MS);
    tell("need-token", { id });
  });
}

/* A path of ours below /help/, or null for anything else. */
export function ownPath(path) {
  const url = URL.parse(path, location.origin);
  const isOwn = url?.origin === location.origin && url.pathname.startsWith("/help/");
  return isOwn ? url.pathname + url.search : null;
}

/* Tells something to the next page of this frame, beside what the loader told. */
export function note(news) {
  if (isFramed) window.name = JSON.stringify(Object.assign(told, news));
}

function readName() {
  try {
    const name = JSON.parse(window.name);
    return URL.parse(name.host)?.origin === name.host ? name : {};
  } catch {
    return {};
  }
}
