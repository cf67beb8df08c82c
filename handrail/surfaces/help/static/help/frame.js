/* What does a member's page do to be a good panel, and to keep its session?
 *
 * Every member's page loads this, in our panel and as a full page. */
import { closePanel } from "./closing.js";
import { request } from "../base/js/request.js";
import { hear, isFramed, note, ownPath, tell } from "./host.js";
import { checkSession, ensureSession, pageToken, post, whoIsSignedIn } from "./session.js";

const HOME = "/help/";
const RENEW_BEFORE_MS = 3 * 60000;
const RENEW_EVERY_MS = 25 * 60000;
const AGAIN = "X-Handrail-Again";

const root = document.documentElement;
const here = () => location.pathname + location.search;
const isSeen = () => document.visibilityState === "visible" && !root.hasAttribute("data-away");

/* ---- Buttons ---- */

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-open-full-page]")) openFullPage();
  const account = target.closest("[data-switch-account]");
  if (account) switchAccount(account.dataset.switchAccount);
});

/* A full page has cookies of its own: a code, which works once, takes the session along. */
async function openFullPage() {
  const page = window.open("about:blank"); // at once, while the click still counts
  if (!page) return;
  page.name = `handrail-${Date.now()}`;
  const { code } = await postForSure("/help/code", {});
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/help/enter", target: page.name, hidden: true });
  for (const [name, value] of Object.entries({ code, next: here() })) {
    form.append(Object.assign(document.createElement("input"), { name, value }));
  }
  document.body.append(form);
  form.submit();
  form.remove();
  closePanel();
}

async function switchAccount(account) {
  const { ok, message } = await postForSure("/help/switch", { account });
  if (ok) location.assign(HOME);
  else document.dispatchEvent(new CustomEvent("handrail:toast", { detail: { text: message, tone: "danger" } }));
}

/* The answer to a post, which is repeated where the session had ended. */
async function postForSure(path, content) {
  let response = await post(path, content);
  if (response.status === 401) {
    await ensureSession();
    response = await post(path, content);
  }
  return response.json();
}

/* ---- Links ---- */

const publicPaths = (document.body.dataset.publicPaths ?? "").split(" ").filter(Boolean);

/* Nothing but what is below /help/ may stand in the panel. What everybody can read is there as well,
 * whichever of its addresses somebody wrote; all else opens beside it. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!isFramed || !link || link.target || !isPlain || event.defaultPrevented) return;
  const url = URL.parse(link.href);
  if (!url?.protocol.startsWith("http") || ownPath(link.href)) return;
  if (url.origin === location.origin && publicPaths.some((path) => url.pathname.startsWith(path))) {
    event.preventDefault();
    location.assign(`/help${url.pathname}${url.search}${url.hash}`);
  } else {
    link.target = "_blank";
    link.relList.add("noopener");
  }
});

/* ---- What the loader says ---- */

hear("open", ({ path }) => {
  tell("opening");
  setAway(false);
  const wanted = ownPath(path);
  if (wanted && wanted !== here()) location.assign(wanted);
});

hear("close", async () => {
  setAway(true);
  const found = pageToken() && (await whoIsSignedIn());
  if (found) tell("badge", { count: found.unread });
});

hear("focus", () => document.querySelector("[autofocus], h1[tabindex]")?.focus());

hear("theme", ({ theme }) => {
  note({ theme });
  document.dispatchEvent(new CustomEvent("handrail:theme", { detail: theme }));
  tell("ready");
});

/* A closed panel lives on, but nobody reads what is in it: `data-away` says so. */
function setAway(isAway) {
  if (!root.toggleAttribute("data-away", isAway)) document.dispatchEvent(new Event("visibilitychange"));
}

/* ---- The session ---- */

const repeating = new Set();

/* What the server refused for want of a session is sent once more, as it was. */
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig: refused } = event.detail;
  if (xhr.status === 409 && xhr.responseText.includes('"other_member"')) location.replace(HOME);
  if (xhr.status !== 401 || refused.headers[AGAIN]) return;
  event.preventDefault();
  repeat(refused);
});

async function repeat({ verb, path, elt: source, target, triggeringEvent: event, formData: values }) {
  const isKnown = verb === "get" && repeating.has(path); // what only looks, looks once
  if (isKnown) return;
  repeating.add(path);
  await ensureSession();
  repeating.delete(path);
  request(verb, path, { source, target, event, values, headers: { [AGAIN]: "1" } });
}

// Whoever asks the server without htmx learns here when it may ask again.
document.addEventListener("handrail:renew", ({ detail }) => {
  detail.renewed = ensureSession().then(() => true);
});

// The socket was closed: perhaps only because another tab has renewed the session that they share.
document.addEventListener("handrail:signed-out", checkSession);

// What a page wants to know again on the next one of this frame.
document.addEventListener("handrail:note", ({ detail }) => note(detail));

// From the back-forward cache: somebody else may have signed in at the host meanwhile.
addEventListener("pageshow", async ({ persisted }) => {
  if (!persisted) return;
  await (isFramed ? ensureSession() : checkSession());
  tell("ready");
});

function renewAfter(milliseconds) {
  setTimeout(renewWhenSeen, Math.max(0, milliseconds));
}

async function renewWhenSeen() {
  if (!isSeen()) {
    document.addEventListener("visibilitychange", renewWhenSeen, { once: true });
    return;
  }
  await ensureSession();
  renewAfter(RENEW_EVERY_MS);
}

const { sessionSeconds } = document.body.dataset;
if (isFramed && sessionSeconds) renewAfter(sessionSeconds * 1000 - RENEW_BEFORE_MS);

/* ---- What the loader hears of this page ---- */

const tellPath = () => tell("path", { path: here() });
document.addEventListener("htmx:pushedIntoHistory", tellPath);
document.addEventListener("htmx:replacedInHistory", tellPath);
tellPath();
note({ servedPath: null });
tell("ready");
