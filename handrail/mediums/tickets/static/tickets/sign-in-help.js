/* Before the form of /sign-in-help is sent, the browser answers the server's challenge (ALTCHA's
 * protocol: a search that costs about a second). It begins when somebody begins to write, so that
 * nobody waits for it. */
const form = document.querySelector("form[data-challenge]");
const status = form.querySelector("[data-check]");
const button = form.querySelector("[type=submit]");
const FRESH_FOR = 9 * 60 * 1000; // a challenge is good for ten minutes

let answer = "";
let answeredAt = 0;
let working = null;

function isFresh() {
  return answer !== "" && Date.now() - answeredAt < FRESH_FOR;
}

/* In a worker: the page stays alive meanwhile. */
function search(parameters) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(form.dataset.worker);
    const end = (how, what) => (worker.terminate(), how(what));
    worker.onmessage = ({ data }) => (data ? end(resolve, data) : end(reject, new Error("no answer")));
    worker.onerror = () => end(reject, new Error("no worker"));
    worker.postMessage(parameters);
  });
}

async function work() {
  const response = await fetch(form.dataset.challenge, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`challenge: ${response.status}`);
  const challenge = await response.json();
  const solution = await search(challenge.parameters);
  answer = btoa(JSON.stringify({ challenge, solution }));
  answeredAt = Date.now();
}

/* One at a time; a failure is forgotten, so that the next press tries again. */
function begin() {
  if (isFresh()) return Promise.resolve();
  working ??= work().finally(() => (working = null));
  return working;
}

form.addEventListener("input", () => begin().catch(() => {}));

form.addEventListener("submit", async (event) => {
  if (isFresh()) {
    form.elements.proof.value = answer;
    status.textContent = "";
    return;
  }
  event.preventDefault();
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  status.textContent = status.dataset.working;
  try {
    await begin();
    button.removeAttribute("aria-busy");
    form.requestSubmit(button);
  } catch {
    button.removeAttribute("aria-busy");
    status.textContent = status.dataset.failed;
  }
});

// What was sent is used up: the page that Back brings works anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) answer = "";
});
