/* Is the page still connected? <connection-banner> shows the paragraph whose data-when fits.
 *
 * The browser tells of "offline"; whoever holds a socket tells of "lost" and "back" by an event
 * "handrail:connection" on document. */
const BACK_IS_SHOWN_MS = 4000;

class ConnectionBanner extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    addEventListener("offline", () => this.show("offline"), { signal });
    addEventListener("online", () => this.show("back"), { signal });
    document.addEventListener("handrail:connection", (e) => this.show(e.detail), { signal });
    if (!navigator.onLine) this.show("offline");
  }

  disconnectedCallback() {
    this.leaving.abort();
    clearTimeout(this.timer);
  }

  show(state) {
    const wasBroken = this.state === "offline" || this.state === "lost";
    if (state === "back" && !wasBroken) return;
    this.state = state;
    for (const words of this.querySelectorAll("[data-when]")) {
      words.hidden = words.dataset.when !== state;
    }
    clearTimeout(this.timer);
    if (state === "back") this.timer = setTimeout(() => this.show("connected"), BACK_IS_SHOWN_MS);
  }
}

customElements.define("connection-banner", ConnectionBanner);
