/* Tells the server every 20 seconds that the member's page is open, also in the background, and when it closes:
 * who waits for a person and has left gets a ticket instead. The first time it tells which help pages were open
 * before: whoever comes back from one has loaded this page anew. */

import { pagesRead } from "../hub/pages-read.js";

const BEAT_MS = 20_000;

const place = document.querySelector("[data-member-here]");

/* The page may be gone before an answer comes: `keepalive` lets the request outlive it. What is not
 * heard once is said again. */
function tell(address, pages = []) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  fetch(address, { method: "POST", headers, body: new URLSearchParams(pages.map((page) => ["pages_read", page])), keepalive: true }).catch(() => {});
}

const beat = (pages) => tell(place.dataset.memberHere, pages);

if (place) {
  beat(pagesRead());
  setInterval(() => beat(), BEAT_MS);
  addEventListener("pagehide", () => tell(place.dataset.memberLeft));
  addEventListener("pageshow", ({ persisted }) => persisted && beat());
}
