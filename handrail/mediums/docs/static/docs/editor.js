/* The editor of a page: its keys and buttons, and what becomes of what is typed.
 *
 * A second after the last key the server keeps the draft. Until it has, this browser does: what a
 * reload, a lost connection or the end of a session would take is here again with the page. */
import { block, continueList, indent, put } from "./syntax.js";

const PAUSE = 1000;
const DRAWN_AFTER = 400;
const WORDS = ["title", "summary", "body"];
const SHORTCUTS = { b: "bold", i: "italic", k: "link" };

class PageDraft {
  constructor(form) {
    this.form = form;
    this.said = document.getElementById("saved");
    this.key = `docs-draft:${document.querySelector(".desk").dataset.agent}:${form.dataset.page}`;
    this.isTyped = false;
    this.bringBack();
  }

  get words() {
    return Object.fromEntries(WORDS.map((name) => [name, this.form.elements[name]?.value ?? ""]));
  }

  field(name) {
    return this.form.elements[name];
  }

  typed() {
    this.isTyped = true;
    this.keepHere();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), PAUSE);
    clearTimeout(this.drawing);
    this.drawing = setTimeout(() => this.draw(), DRAWN_AFTER);
  }

  draw() {
    this.form.dispatchEvent(new CustomEvent("docs:typed"));
  }

  /* ---- In this browser ---- */

  keepHere() {
    const { seen, sent, based_on: basedOn } = this.form.elements;
    const kept = { words: this.words, seen: seen.value, sent: sent.value, basedOn: basedOn.value };
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // It is full, or there is none: the server's copy has to do.
    }
  }

  forgetHere() {
    localStorage.removeItem(this.key);
  }

  /* Another window may keep words of its own here. */
  forgetSaved(words) {
    const kept = this.kept();
    if (kept && WORDS.every((name) => kept.words[name] === words[name])) this.forgetHere();
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      return null; // Nothing that we wrote.
    }
  }

  bringBack() {
    const kept = this.kept();
    if (!kept) return;
    if (WORDS.every((name) => (kept.words[name] ?? "") === this.words[name])) return this.forgetHere();
    for (const name of WORDS) if (this.field(name)) this.field(name).value = kept.words[name] ?? "";
    this.field("seen").value = kept.seen;
    this.field("sent").value = kept.sent ?? "";
    this.field("based_on").value = kept.basedOn;
    this.isTyped = true;
    this.waiting = setTimeout(() => this.save(), PAUSE);
    const detail = { text: this.form.dataset.broughtBack };
    document.dispatchEvent(new CustomEvent("handrail:toast", { detail }));
  }

  /* ---- On the server ---- */

  async save(isMine = false) {
    clearTimeout(this.waiting);
    if (this.saving) {
      await this.saving;
      if (!this.isTyped) return;
    }
    this.isTyped = false;
    this.saving = this.send(isMine);
    await this.saving;
    this.saving = null;
  }

  async send(isMine) {
    const body = new FormData();
    const { words } = this;
    for (const [name, value] of Object.entries(words)) body.append(name, value);
    for (const name of ["seen", "sent", "based_on"]) body.append(name, this.field(name).value);
    if (isMine) body.append("over_draft", "yes");
    this.field("sent").value = JSON.stringify(this.unanswered(words));
    this.keepHere();
    let answer;
    try {
      const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), "HX-Request": "true" };
      answer = await fetch(this.form.dataset.pageDraft, { method: "POST", body, headers });
    } catch {
      return this.failed(this.form.dataset.notSaved, true);
    }
    const isHere = !answer.redirected && [200, 409, 422].includes(answer.status);
    if (!isHere) return this.failed(answer.redirected || answer.status < 500 ? this.form.dataset.signedOut : this.form.dataset.notSaved, answer.status >= 500);
    this.said.innerHTML = await answer.text();
    this.field("sent").value = "";
    const saved = this.said.querySelector("[data-stamp]");
    if (!saved) return;
    this.field("seen").value = saved.dataset.stamp;
    if (saved.dataset.basedOn) this.field("based_on").value = saved.dataset.basedOn;
    if (this.isTyped) this.keepHere();
    else this.forgetSaved(words);
  }

  /* What was sent and not answered may have been saved all the same: the first, more than others. */
  unanswered(words) {
    const sent = JSON.parse(this.field("sent").value || "[]");
    return [...sent.slice(0, 1), ...sent.slice(1).slice(-1), words];
  }

  failed(words, isTriedAgain) {
    const span = Object.assign(document.createElement("span"), { className: "docs-unsaved", textContent: words });
    this.said.replaceChildren(span);
    this.isTyped = true;
    if (isTriedAgain) this.waiting = setTimeout(() => this.save(), 10 * PAUSE);
  }

  /* Nothing that was typed earlier may arrive after what is published or thrown away now, not even
   * what is saved in haste as the page goes. */
  submitted(event, keeps) {
    clearTimeout(this.waiting);
    if (this.isTyped && keeps) this.keepHere();
    this.isTyped = false;
    if (!this.saving) return keeps ? undefined : this.forgetHere();
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter, target } = event;
    this.saving.then(() => target.requestSubmit(submitter));
  }
}

const form = document.querySelector("[data-page-draft]");
const text = document.getElementById("id_body");
const draft = form && new PageDraft(form);
let leaves = false;

if (form) {
  form.addEventListener("input", ({ target }) => {
    if (WORDS.includes(target.name)) draft.typed();
  });
  document.addEventListener("submit", (event) => {
    if (event.target === form) draft.submitted(event, true);
    if (event.target.matches("[data-forgets-draft]")) draft.submitted(event, false);
  }, true);
  window.addEventListener("online", () => draft.isTyped && draft.save());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && draft.isTyped) draft.save();
  });
}

document.addEventListener("click", (event) => {
  const { target } = event;
  const button = target.closest?.("[data-puts]");
  if (button) put(text, button.dataset.puts, button.dataset.words);
  const line = target.closest?.("[data-line]");
  if (line) showLine(Number(line.dataset.line));
  if (target.closest?.("[data-keep-mine]")) draft.save(true);
  if (target.closest?.("[data-take-theirs]")) takeTheirs(event);
  const link = target.closest?.(".docs-pane a[href]");
  if (link && !link.getAttribute("href").startsWith("#")) {
    event.preventDefault(); // what is being written stays open
    window.open(link.href, "_blank", "noopener");
  }
});

function takeTheirs(event) {
  event.preventDefault();
  clearTimeout(draft.waiting);
  draft.isTyped = false;
  draft.forgetHere();
  location.assign(location.pathname.replace(/publish$/, ""));
}

/* ---- Keys ---- */

text?.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (event.key === "Tab" && !leaves && !isCommand) {
    event.preventDefault();
    indent(text, event.shiftKey);
  } else if (event.key === "Enter" && !isCommand && !event.shiftKey) {
    if (continueList(text)) event.preventDefault();
  } else if (isCommand && event.key in SHORTCUTS) {
    event.preventDefault();
    event.stopPropagation();
    put(text, SHORTCUTS[event.key], buttonFor(SHORTCUTS[event.key]).dataset.words);
  }
  leaves = event.key === "Escape" || (leaves && event.key === "Shift");
});

const buttonFor = (what) => document.querySelector(`[data-puts="${what}"]`);

/* One stop for the Tab key; arrows move within. */
const bar = document.querySelector(".docs-toolbar");
const buttons = bar ? [...bar.querySelectorAll("button")] : [];
buttons.forEach((button, number) => {
  button.tabIndex = number ? -1 : 0;
});
bar?.addEventListener("keydown", (event) => {
  const isBackwards = getComputedStyle(bar).direction === "rtl";
  const steps = { ArrowRight: isBackwards ? -1 : 1, ArrowLeft: isBackwards ? 1 : -1 };
  const at = buttons.indexOf(event.target);
  const ends = { Home: 0, End: buttons.length - 1 };
  const next = event.key in ends ? ends[event.key] : at + (steps[event.key] ?? NaN);
  if (Number.isNaN(next)) return;
  event.preventDefault();
  const chosen = buttons.at(next % buttons.length);
  for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1;
  chosen.focus();
});

/* ---- Where a problem is ---- */

function showLine(number) {
  const write = document.querySelector('[name="pane"][value="write"]');
  if (write && write.closest("label").offsetParent) write.click();
  const all = text.value.split("\n");
  const line = Math.min(number, all.length) - 1;
  const start = all.slice(0, line).join("\n").length + (line ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + all[line].length);
  text.scrollTop = Math.max(0, (line / all.length) * text.scrollHeight - text.clientHeight / 3);
  text.scrollIntoView({ block: "nearest" });
}

/* ---- Files that came up are put where the cursor is ---- */

const list = document.querySelector(".docs-uploads [data-list]");
list?.addEventListener("change", () => {
  for (const row of list.querySelectorAll("[data-markdown]")) {
    const { markdown } = row.dataset;
    const isPicture = row.hasAttribute("data-is-picture");
    row.remove();
    block(text, markdown);
    if (isPicture) describe(markdown);
  }
});

/* A picture without words is nothing to who cannot see it: the cursor waits where they belong. */
function describe(markdown) {
  const at = text.value.lastIndexOf(markdown, text.selectionStart) + 2;
  text.setSelectionRange(at, at);
  const status = document.querySelector(".docs-uploads [data-status]");
  setTimeout(() => {
    status.textContent = form.dataset.describe;
  }, 0);
}

