/* How does an open page keep its session, and notice that it is somebody else's now?
 *
 * A page belongs to the member it was drawn for: the word in its body's hx-headers says so. It goes
 * on only with a session of the same member; with any other, or none, nothing of it may stay. */
import { askForToken, isFramed, tell } from "./host.js";
import { askToSignIn } from "./signed-out.js";

const HOME = "/help/";
const COOKIE_MS = 1000;
const OUT_OF_DATE = ["expired", "replayed"]; // a token that waited too long: another one may do

/* A refusal in plain words, from our server. */
export class Refused extends Error {}

/* The member's word that every change carries; empty on a visitor's page. */
export function pageToken() {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  return headers["X-Handrail-Token"] ?? "";
}

/* Changes the session into one of whom the host says is signed in now: {page_token, continues}, or
 * neither for a visitor. Rejects with Refused, or another error where somebody was not reached. */
export async function exchange() {
  const first = await exchangeOnce();
  return OUT_OF_DATE.includes(first.error) ? taken(await exchangeOnce()) : taken(first);
}

async function exchangeOnce() {
  const token = await askForToken();
  const response = await post("/help/session", token === null ? { visitor: true } : { token });
  return response.json();
}

function taken(answer) {
  if (!answer.ok) throw new Refused(answer.message);
  return answer;
}

/* Whose session this browser has now, {unread, page_token}; null when nobody is signed in. */
export async function whoIsSignedIn() {
  const response = await fetch("/help/unread");
  return response.status === 200 ? response.json() : null;
}

/* Posts JSON to our server, with the page's word. */
export function post(path, content) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Handrail-Token": pageToken() },
    body: JSON.stringify(content),
    keepalive: true,
  });
}

let ensuring = null;

/* Resolves when the member of this page is signed in, however long it takes them: meanwhile the
 * page waits, with all that was typed. It never resolves when somebody else is: then it is left. */
export function ensureSession() {
  ensuring ??= signIn().finally(() => {
    ensuring = null;
  });
  return ensuring;
}

async function signIn() {
  for (;;) {
    try {
      const found = isFramed ? await exchange() : await whoIsSignedIn();
      if (found) return await stayFor(found);
    } catch {
      // Neither a yes nor a no: the member says when to try again.
    }
    await askToSignIn();
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/* Asks only whether the session is still good, and sees to a new one if it is not. Where another tab
 * has just renewed it, the old one ends before the new one's cookie is here: so it looks twice. */
export async function checkSession() {
  const found = (await whoIsSignedIn()) ?? (await pause(COOKIE_MS).then(whoIsSignedIn));
  if (found) await stayFor(found);
  else await ensureSession();
}

function stayFor({ page_token: token = "" }) {
  if (token === pageToken()) return null;
  if (!token) tell("signed-out");
  location.replace(HOME);
  return new Promise(() => {});
}
