/* What does somebody see whose session is over, while their page is still open? A dialog over it. */
const ADDRESS = "/help/signed-out";
const OFFLINE_PAUSE_MS = 5000;

/* Resolves when it is worth to look again: the member pressed the button, or came back from another
 * tab. What they typed waits underneath. */
export async function askToSignIn() {
  const dialog = await openDialog().catch(() => null);
  if (!dialog) return pause(OFFLINE_PAUSE_MS); // the page's banner says that it is offline
  await pressedOrBack(dialog);
  dialog.remove();
}

async function openDialog() {
  const answer = await fetch(ADDRESS);
  const page = document.createElement("template");
  page.innerHTML = await answer.text();
  const dialog = page.content.querySelector("dialog");
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function pressedOrBack(dialog) {
  const done = new AbortController();
  const { signal } = done;
  return new Promise((resolve) => {
    dialog.querySelector("[data-try-again]").addEventListener("click", resolve, { signal });
    const look = () => document.visibilityState === "visible" && resolve();
    document.addEventListener("visibilitychange", look, { signal });
  }).finally(() => done.abort());
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
