// Mail comes while one looks: every few seconds, as long as the page is visible, the count in the
// demo's corner and the list of a mailbox are asked for anew. What is there already does not move.

const SECONDS = 3;

async function renewCount() {
  const counts = document.querySelectorAll("[data-unread-mails]");
  if (counts.length === 0) return;
  const answer = await fetch("/mailbox/unread");
  if (!answer.ok) return;
  const { unread } = await answer.json();
  for (const count of counts) {
    count.hidden = unread === 0;
    count.firstElementChild.textContent = unread;
  }
}

async function renewList() {
  const list = document.getElementById("mails");
  if (!list) return;
  const answer = await fetch(location.href, { headers: { "X-Larkspan-Fragment": "mails" } });
  if (!answer.ok) return; // a mail that made room for others: its page may stay as it is
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("mails");
  if (fresh?.dataset.owner !== list.dataset.owner) {
    location.assign("/mailbox"); // another window of this browser has become somebody else
    return;
  }
  merge(list, [...fresh.children]);
}

function merge(list, fresh) {
  const known = new Map([...list.children].map((item) => [item.id, item]));
  fresh.forEach((item, place) => {
    const own = known.get(item.id);
    if (own) {
      own.toggleAttribute("data-unread", item.hasAttribute("data-unread"));
    } else {
      list.insertBefore(item, list.children[place] ?? null);
      tell(item);
    }
    known.delete(item.id);
  });
  for (const gone of known.values()) gone.remove();
}

function tell(item) {
  const subject = item.querySelector(".mail-subject").textContent.trim();
  document.getElementById("mail-news").textContent = `New mail. ${subject}`;
}

async function renew() {
  if (document.visibilityState !== "visible") return;
  try {
    await Promise.all([renewCount(), renewList()]);
  } catch {
    // The demo is being started anew, or the page is being left.
  }
}

setInterval(renew, SECONDS * 1000);
document.addEventListener("visibilitychange", renew);
