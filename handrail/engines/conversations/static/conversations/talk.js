/* <live-talk topic="conversation:…" me="…" lines="/help/chat/…/lines" say="/help/chat/…/say"> is a talk that
 * goes on: what is said is there at once and goes out when it can, what others say comes in its order, and
 * whatever the connection does, nothing is lost and nothing is there twice.
 *
 * `composer` selects the form. Inside: [data-lines] (the list) and where they are wanted [data-typing], [data-here],
 * [data-seen-mark], [data-new]; templates of blank lines. Words come as data-…-words. `notes`: the topic of what
 * only agents read. Without a socket it asks and sends by the addresses `lines` and `say`. */
import { request } from "../base/js/request.js";
import { connectAnew, hear, send } from "../live/live.js";
import { Composer } from "./talk/composer.js";
import { Lines } from "./talk/lines.js";
import { Outbox } from "./talk/outbox.js";
import { Scrolling, stayAboveKeyboard } from "./talk/scrolling.js";
import { Signals } from "./talk/signals.js";

const OVERLAP_MS = 20 * 60000; // what was said so long ago may have been edited meanwhile
const WITHOUT_SOCKET_MS = 6000;
const ASK_EVERY_MS = 8000;
const ASK_OTHERS_EVERY_MS = 30000;
const CHANGED_FOR_MS = 15 * 60000;

class LiveTalk extends HTMLElement {
  connectedCallback() {
    this.topic = this.getAttribute("topic");
    this.lines = new Lines(this);
    this.scrolling = new Scrolling(this.lines.list, (isAtEnd) => this.cameTo(isAtEnd), document.querySelector(".panel-foot"));
    this.signals = new Signals(this, this.lines, (content) => this.isLive && send({ topic: this.topic, ...content }));
    this.outbox = new Outbox(this.topic, { post: (entry) => this.post(entry), changed: (entry) => this.show(entry) });
    this.outbox.silent = connectAnew;
    this.sure = new Map([[this.topic, this.lines.lastNumber]]);
    this.left = new AbortController();
    const { signal } = this.left;
    this.addEventListener("click", (event) => this.clicked(event), { signal });
    document.addEventListener("visibilitychange", () => this.look(), { signal });
    addEventListener("focus", () => this.look(), { signal });
    this.compose();
    for (const entry of this.outbox.entries) this.show(entry);
    this.scrolling.toEnd();
    this.signals.showSeen();
    this.ears = [this.topic, this.getAttribute("notes")].filter(Boolean).map((topic) => hear(topic, (message) => this.heard(message)));
    this.since = Date.now();
    this.asking = setInterval(() => this.withoutSocket(), ASK_EVERY_MS);
    this.askingOthers = setInterval(() => this.askForOthers(), ASK_OTHERS_EVERY_MS);
    this.fallBackLater();
  }

  disconnectedCallback() {
    for (const stop of this.ears) stop();
    this.left.abort();
    this.composer?.end();
    this.scrolling.end();
    clearInterval(this.asking);
    clearInterval(this.askingOthers);
    clearTimeout(this.fallingBack);
    this.outbox.rest();
    this.signals.end();
  }

  /* The form may come later, or go when the talk has ended. */
  compose() {
    const form = document.querySelector(this.getAttribute("composer") ?? "live-talk form[data-say]");
    if (form === (this.composer?.form ?? null)) return;
    this.composer?.end();
    this.composer = form && new Composer(form, {
      said: (said) => this.say(said),
      changed: (id, text) => this.change({ type: "edit", id, text }, `${id}/edit`, { body: text }),
      typed: () => this.signals.typed(),
    });
  }

  /* ---- What comes ---- */

  heard(message) {
    const heardOf = {
      following: () => this.opened(message.topic),
      closed: () => this.closed(),
      lines: () => this.caughtUp(message),
      line: () => this.came([message.line], true),
      said: () => this.said(message),
      refused: () => this.refused(message),
      typing: () => this.signals.writes(message.who),
      here: () => this.signals.here(message.who),
      seen: () => this.wasSeen(message),
    }[message.type];
    heardOf?.();
  }

  opened(topic) {
    const since = (this.lostAt ?? Date.now()) - OVERLAP_MS;
    this.catchUp(topic, Math.min(this.sureOf(topic), this.lines.recent(since)));
    if (topic !== this.topic) return;
    this.isLive = true;
    this.signals.forget();
    this.look();
    this.outbox.next();
  }

  closed() {
    if (this.isLive) {
      this.lostAt = this.since = Date.now();
      this.fallBackLater();
    }
    this.isLive = false;
    this.signals.lost();
    this.outbox.interrupted();
  }

  catchUp(topic, after) {
    send({ type: "catch-up", topic, after });
  }

  /* Up to where nothing is missing here; what was pushed alone may have a hole before it. */
  sureOf(topic) {
    return this.sure.get(topic) ?? 0;
  }

  caughtUp({ topic, lines, more }) {
    this.came(lines);
    const last = Math.max(this.sureOf(topic), ...lines.map(({ n }) => n));
    this.sure.set(topic, last);
    if (more && lines.length) this.catchUp(topic, Math.max(...lines.map(({ n }) => n)));
  }

  came(lines, isTold = false) {
    const wasAtEnd = this.scrolling.isStaying;
    let isNew = false;
    for (const line of lines) {
      if (line.client_id) this.outbox.done(line.client_id);
      if (this.lines.put(line, isTold) && !this.lines.isMine(line)) isNew = true;
      this.signals.stopped(line.who.id);
    }
    if (isNew && !wasAtEnd) this.tellNew(true);
    if (isNew) this.dispatchEvent(new CustomEvent("talk:new", { bubbles: true, detail: { lines } }));
    this.after();
  }

  /* A line that was asked for is there. */
  lineShown() {
    this.after();
  }

  after() {
    this.scrolling.stay();
    this.signals.showSeen();
    this.look();
  }

  said({ client_id: clientId, id, n }) {
    const entry = this.outbox.find(clientId);
    const pending = this.lines.list.querySelector(`[data-client="${CSS.escape(clientId)}"]`);
    if (entry && pending && !pending.dataset.line) {
      this.lines.arrived(pending, { id, n, at: entry.at, client_id: clientId, edited: false, removed: false });
      this.lines.tidy();
      if (entry.files.length) this.lines.ask({ id, n, at: entry.at, client_id: clientId }, pending);
    }
    this.outbox.answered({ type: "said", client_id: clientId });
    this.after();
  }

  refused(message) {
    if (message.client_id) this.outbox.answered(message);
    else if (message.retry_after && !message.id) setTimeout(() => this.catchUp(message.topic, this.sureOf(message.topic)), message.retry_after * 1000);
    else if (message.why) toast(message.why);
  }

  wasSeen({ who, n, topic }) {
    this.signals.seen(who, n);
    if (n > this.lines.lastNumber) this.catchUp(topic, this.sureOf(topic)); // they saw what is not here
  }

  /* ---- What goes ---- */

  async say(said) {
    await this.formsKept();
    this.tellNew(false);
    this.scrolling.sticks = true;
    this.signals.sent();
    this.outbox.add(said);
    this.scrolling.toEnd();
  }

  /* What somebody wrote into a form above goes out before a word that may mean it. */
  async formsKept() {
    const underway = [...this.querySelectorAll("[data-keeps].htmx-request")];
    await Promise.all(underway.map((asking) => new Promise((kept) => asking.addEventListener("htmx:afterRequest", kept, { once: true }))));
  }

  /* Over the socket; where there is none, by the address that a form without a script would use. */
  post({ client_id, text, files, note }) {
    const topic = (note && this.getAttribute("notes")) || this.topic;
    const ids = files.map(({ id }) => id);
    if (this.isLive && send({ type: "say", topic, client_id, text, files: ids, note })) return true;
    return this.postByForm({ client_id, body: text, attachments: ids, ...(note && { act: "note" }) });
  }

  async postByForm(values) {
    if (!this.isWithoutSocket) return { type: "lost" };
    const answer = await ask("POST", this.getAttribute("say"), this.speaker, values);
    if (answer.status === 200) {
      await this.askForLines();
      return { type: "said" };
    }
    const why = answer.status === 422 || answer.status === 429 ? answer.words : "";
    const retry_after = answer.status === 429 ? Number(answer.retryAfter || 5) : 0;
    return answer.status === 0 || answer.status >= 500 || answer.status === 401 ? { type: "lost" } : { type: "refused", why, retry_after };
  }

  async change(message, path, values = {}) {
    if (this.isLive && send({ topic: this.topic, ...message })) return;
    const answer = await ask("POST", `${this.getAttribute("lines")}/${path}`, this.speaker, values);
    if (answer.status !== 200) toast(answer.words || this.dataset.failedWords);
    else this.lines.ask({ id: message.id, ...numbersOf(this.lines, message.id) }, this.lines.list.querySelector(`[data-line="${message.id}"]`));
  }

  /* Forms and questions of this talk come from an element of their own: one element asks one thing at a time. */
  get speaker() {
    return this.querySelector("[data-speaker]");
  }

  /* ---- Without a socket ---- */

  get isWithoutSocket() {
    return !this.isLive && navigator.onLine && Date.now() - this.since >= WITHOUT_SOCKET_MS - 500;
  }

  fallBackLater() {
    clearTimeout(this.fallingBack);
    this.fallingBack = setTimeout(() => this.withoutSocket(), WITHOUT_SOCKET_MS);
  }

  async withoutSocket() {
    this.ageLines();
    this.signals.age();
    if (!this.isWithoutSocket || document.visibilityState !== "visible") return;
    await this.askForLines();
    this.outbox.next();
  }

  /* What changes by time alone, such as a place in a queue: asked for while the page shows `data-ask-while`. */
  askForOthers() {
    if (document.visibilityState !== "visible") return;
    for (const other of document.querySelectorAll("[data-ask-while]")) {
      if (document.querySelector(other.dataset.askWhile)) other.dispatchEvent(new CustomEvent("live-changed"));
    }
  }

  async askForLines() {
    const answer = await ask("GET", `${this.getAttribute("lines")}?after=${this.sureOf(this.topic)}`, this.speaker);
    if (answer.status !== 200) return;
    const held = document.createElement("template");
    held.innerHTML = answer.words;
    for (const line of [...held.content.querySelectorAll("[data-line]")]) this.takeIn(line);
    this.lines.tidy();
    this.sure.set(this.topic, Math.max(this.sureOf(this.topic), this.lines.lastNumber));
    this.after();
  }

  takeIn(line) {
    const { line: id, client } = line.dataset;
    const old = this.lines.list.querySelector(`[data-line="${CSS.escape(id)}"]`) ?? (client && this.lines.list.querySelector(`[data-client="${CSS.escape(client)}"]`));
    if (client) this.outbox.done(client);
    if (old) old.replaceWith(line);
    else this.lines.insert(line);
    window.htmx.process(line);
  }

  /* ---- What is shown ---- */

  /* What was said here and is not in the talk yet, at its end. */
  show(entry) {
    let element = this.lines.list.querySelector(`[data-client="${CSS.escape(entry.client_id)}"]`);
    if (element?.dataset.line) return;
    if (!element) {
      element = this.lines.drawn({ ...entry, id: "", n: "", side: "member", kind: entry.note ? "note" : "reply", who: { id: this.getAttribute("me"), name: "" } });
      this.lines.insert(element);
      element.querySelector(".talk-change")?.setAttribute("hidden", "");
      element.querySelector("[data-files]").append(...entry.files.map(fileNamed));
      this.lines.tidy();
    }
    const message = element.querySelector(".message");
    message.classList.toggle("sending", entry.state === "waiting");
    message.classList.toggle("failed", entry.state === "failed");
    this.foot(element, entry);
  }

  foot(element, entry) {
    element.querySelector("[data-sending]")?.remove();
    const name = entry.state === "failed" ? "failed" : entry.why ? "slowed" : "sending";
    const foot = this.querySelector(`template[data-foot-of="${name}"]`).content.firstElementChild.cloneNode(true);
    const why = foot.matches("[data-why]") ? foot : foot.querySelector("[data-why]");
    if (why) why.textContent = entry.why || this.dataset.failedWords;
    element.querySelector("[data-foot]").prepend(foot);
  }

  cameTo(isAtEnd) {
    if (isAtEnd) this.tellNew(false);
    this.look();
  }

  tellNew(isNew) {
    const button = this.querySelector("[data-new]");
    if (button) button.hidden = !isNew;
  }

  look() {
    this.signals.look(this.scrolling.isStaying);
  }

  /* Only for so long may one change what one said. */
  ageLines() {
    for (const change of this.lines.list.querySelectorAll(".talk-change")) {
      if (Date.now() - Date.parse(change.closest("[data-at]").dataset.at) > CHANGED_FOR_MS) change.remove();
    }
  }

  clicked({ target }) {
    const button = target.closest("button");
    const line = button?.closest("[data-line]");
    if (!button) return;
    if (button.matches("[data-new]")) {
      this.scrolling.toEnd();
      this.cameTo(true);
    } else if (!line) return;
    else if (button.matches("[data-again]")) this.outbox.again(line.dataset.client);
    else if (button.matches("[data-drop]")) this.dropped(line);
    else if (button.matches("[data-edit-line]")) {
      this.composer?.edit(line.dataset.line, line.querySelector("template[data-source]").content.textContent);
    } else if (button.matches("[data-remove-line]")) this.removeLine(button, line);
  }

  /* The words of what could not be sent go back to where they were written. */
  dropped(line) {
    const entry = this.outbox.find(line.dataset.client);
    this.outbox.drop(line.dataset.client);
    line.remove();
    if (this.composer && entry && !this.composer.text.value) this.composer.text.value = entry.text;
    this.composer?.text.focus();
  }

  /* Asked once more, in the same place. */
  removeLine(button, line) {
    if (button.dataset.asked === undefined) {
      button.dataset.asked = "";
      button.textContent = this.dataset.reallyWords;
      return;
    }
    const { line: id } = line.dataset;
    this.change({ type: "remove", id }, `${id}/remove`);
    this.composer?.text.focus();
  }
}

function numbersOf(lines, id) {
  const { dataset } = lines.list.querySelector(`[data-line="${CSS.escape(id)}"]`);
  return { n: dataset.n, at: dataset.at };
}

function fileNamed({ name }) {
  const item = Object.assign(document.createElement("li"), { className: "file" });
  item.append(Object.assign(document.createElement("span"), { className: "file-name", textContent: name }));
  return item;
}

function toast(text) {
  document.dispatchEvent(new CustomEvent("handrail:toast", { detail: { text, tone: "danger" } }));
}

/* Asks the server by htmx, which renews a session that ended; what it answered is not put anywhere. */
async function ask(verb, path, source, values = {}) {
  let answer = { status: 0, words: "" };
  const note = ({ detail }) => {
    answer = { status: detail.xhr.status, words: detail.xhr.responseText, retryAfter: detail.xhr.getResponseHeader("Retry-After") };
  };
  source.addEventListener("htmx:afterRequest", note);
  await request(verb, path, { source, target: source, swap: "none", values });
  source.removeEventListener("htmx:afterRequest", note);
  return answer;
}

document.addEventListener("htmx:afterSettle", () => {
  for (const talk of document.querySelectorAll("live-talk")) talk.compose();
});

customElements.define("live-talk", LiveTalk);
stayAboveKeyboard();
