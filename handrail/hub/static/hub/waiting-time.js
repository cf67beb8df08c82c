/* Keeps <waiting-time since="moment"> true while the page is open: "7 min", "1 h 5 min", "3 d".
 *
 * The server writes the same words in the page's language; a page that is drawn again meanwhile
 * changes nothing that can be seen. */
const EVERY_MS = 10_000;
const MINUTE_MS = 60_000;

const unit = (name, count) =>
  new Intl.NumberFormat(document.documentElement.lang || "en", {
    style: "unit",
    unit: name,
    unitDisplay: "short",
  }).format(count);

export function words(ms) {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return unit("minute", minutes);
  if (minutes < 24 * 60) return `${unit("hour", Math.floor(minutes / 60))} ${unit("minute", minutes % 60)}`;
  return unit("day", Math.floor(minutes / (24 * 60)));
}

class WaitingTime extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.show(), EVERY_MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const says = words(Date.now() - Date.parse(this.getAttribute("since")));
    if (this.textContent !== says) this.textContent = says;
  }
}

customElements.define("waiting-time", WaitingTime);
