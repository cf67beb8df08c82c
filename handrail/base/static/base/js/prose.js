/* Pages of Markdown: tabs, films that play when they are asked to, code that is copied.
 *
 * All of it is there to be read without this script; what htmx brings later works as well. */
const PLAYERS = ["https://www.youtube-nocookie.com/", "https://player.vimeo.com/", "https://www.loom.com/"];
const SAID_FOR_MS = 1600;
const FOUND_BY_SEARCH = "onbeforematch" in document.documentElement;

/* Lays the panels behind each other. Browsers that can do so still find the words in all of them. */
class TabGroup extends HTMLElement {
  connectedCallback() {
    if (this.tabs.length === 0) return;
    this.addEventListener("click", this);
    this.addEventListener("keydown", this);
    this.addEventListener("beforematch", this);
    this.dataset.ready = "";
    this.select(this.tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? this.tabs[0]);
    if (location.hash) queueMicrotask(() => reveal(location.hash));
  }

  get tabs() {
    return [...this.querySelectorAll(":scope > [role=tablist] > [role=tab]")];
  }

  handleEvent(event) {
    const tab = event.target.closest("[role=tab]");
    const isOwn = tab?.closest("tab-group") === this;
    if (event.type === "beforematch") this.selectPanel(event.target);
    else if (!isOwn || event.ctrlKey || event.metaKey) return;
    else if (event.type === "click") {
      event.preventDefault();
      this.select(tab);
    } else this.move(event, tab);
  }

  move(event, tab) {
    const isBackwards = getComputedStyle(this).direction === "rtl";
    const steps = { ArrowRight: isBackwards ? -1 : 1, ArrowLeft: isBackwards ? 1 : -1 };
    const { tabs } = this;
    let next = null;
    if (event.key in steps) next = tabs.at((tabs.indexOf(tab) + steps[event.key]) % tabs.length);
    if (event.key === "Home") next = tabs[0];
    if (event.key === "End") next = tabs.at(-1);
    if (event.key === " ") next = tab;
    if (!next) return;
    event.preventDefault();
    this.select(next);
    next.focus();
  }

  select(chosen) {
    for (const tab of this.tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      const panel = this.panelOf(tab);
      if (panel) panel.hidden = isChosen ? false : FOUND_BY_SEARCH ? "until-found" : true;
    }
  }

  selectPanel(panel) {
    const tab = this.tabs.find((one) => this.panelOf(one) === panel);
    if (tab) this.select(tab);
  }

  panelOf(tab) {
    return [...this.children].find((child) => child.id === tab.getAttribute("aria-controls"));
  }
}

if (!customElements.get("tab-group")) customElements.define("tab-group", TabGroup);

/* What an address names may be in a tab behind others, or in something folded. */
function reveal(hash) {
  const place = placeOf(hash);
  if (!place?.closest(".article")) return;
  for (let inside = place; inside; inside = inside.parentElement) {
    if (inside.localName === "details") inside.open = true;
    if (inside.role === "tabpanel") inside.closest("tab-group")?.selectPanel(inside);
  }
  place.scrollIntoView();
}

/* Without what a browser that does not know text fragments leaves in it; an address that somebody cut
 * off names nothing. */
function placeOf(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1).split(":~:")[0]));
  } catch {
    return null;
  }
}

addEventListener("hashchange", () => reveal(location.hash));

document.addEventListener("click", async (event) => {
  const film = event.target.closest?.("a[data-embed]");
  if (film && !event.ctrlKey && !event.metaKey && !event.shiftKey) play(event, film);
  const place = event.target.closest?.('.article a[href^="#"]:not([role=tab])');
  if (place && place.hash === location.hash) reveal(place.hash);
  const button = event.target.closest?.("button[data-copy-code]");
  if (button) await copy(button);
});

async function copy(button) {
  await navigator.clipboard.writeText(button.closest(".code").querySelector("pre").textContent);
  const label = button.querySelector("span");
  const before = label.textContent;
  if (before === button.dataset.done) return;
  label.textContent = button.dataset.done;
  setTimeout(() => (label.textContent = before), SAID_FOR_MS);
}

function play(event, film) {
  if (!PLAYERS.some((player) => film.dataset.embed.startsWith(player))) return;
  event.preventDefault();
  const address = new URL(film.dataset.embed);
  address.searchParams.set("autoplay", "1");
  const frame = Object.assign(document.createElement("iframe"), {
    title: film.textContent.trim(),
    allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
    referrerPolicy: "strict-origin-when-cross-origin",
    src: address.href,
  });
  frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-presentation", "allow-popups");
  frame.link = film;
  film.replaceWith(frame);
  frame.focus();
}

/* Where the page's policy lets in no player, the film is a link again, and opens beside the page. */
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  if (effectiveDirective !== "frame-src") return;
  for (const frame of document.querySelectorAll(".embed > iframe")) {
    if (!frame.src.startsWith(blockedURI) && !blockedURI.startsWith(new URL(frame.src).origin)) continue;
    delete frame.link.dataset.embed;
    frame.replaceWith(frame.link);
  }
});

/* Paper cannot be unfolded. */
const unfolded = [];
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll(".article details:not([open])")) {
    details.open = true;
    unfolded.push(details);
  }
});
addEventListener("afterprint", () => {
  for (const details of unfolded.splice(0)) details.open = false;
});
