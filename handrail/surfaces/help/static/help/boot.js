/* What happens in our frame before there is a session? The host's token is changed into one.
 *
 * It is done anew in each page of the host's, so the panel always belongs to whom the host says is
 * signed in now. The server also answers with this page (and data-renew) in place of one that needs
 * a session, when there is none. */
import "./closing.js";
import { hear, isFramed, isRestored, note, ownPath, purpose, servedPath, tell, wantedPath } from "./host.js";
import { exchange, post, Refused, whoIsSignedIn } from "./session.js";

const HOME = "/help/";
const refusedPath = document.body.dataset.renew;
let wanted = ownPath(refusedPath ?? wantedPath) ?? HOME;
let isRestoring = isRestored && !refusedPath;
let isAsking = true;
let isLeaving = false;

/* Shows the part of the page that fits, and what is wrong in the server's words. */
function show(state, reason = "") {
  isAsking = state === "asking";
  for (const part of document.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  document.querySelector("[data-reason]").textContent = reason;
  if (!isAsking) tell("ready");
}

async function enter() {
  show("asking");
  try {
    const { page_token: isMember, continues } = await exchange();
    if (refusedPath && !isMember) return show("visitor");
    note({ servedPath: refusedPath });
    isLeaving = true;
    // Where the panel was belongs to whoever was there: for somebody else it begins at home.
    return location.replace(isRestoring && !continues ? HOME : wanted);
  } catch (error) {
    return show("failed", error instanceof Refused ? error.message : "");
  }
}

/* For a panel that nobody has opened yet: only what its button says. */
async function countUnread() {
  const known = await whoIsSignedIn();
  const found = known ?? ((await exchange()).page_token && (await whoIsSignedIn()));
  tell("badge", { count: found ? found.unread : 0 });
}

async function signOut() {
  await post("/help/session/end", {});
  tell("signed-out");
}

hear("open", ({ path }) => {
  tell("opening");
  if (!ownPath(path)) return;
  wanted = ownPath(path);
  isRestoring = false;
  if (!isAsking || isLeaving) location.replace(wanted);
});
hear("theme", () => isAsking || tell("ready"));
for (const button of document.querySelectorAll("[data-try-again]")) button.addEventListener("click", enter);

if (!isFramed) show("outside");
else if (purpose === "badge") countUnread();
else if (purpose === "sign-out") signOut();
else if (refusedPath && refusedPath === servedPath) show("no-cookie"); // and not again and again
else enter();
