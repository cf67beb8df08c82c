/* Who writes just now, who has seen it, who is here? Said and shown, and kept nowhere. */
const TYPING_EVERY_MS = 3000;
const TYPING_SHOWN_MS = 5000;
const GONE_AFTER_MS = 1500; // whoever loads the page anew is gone for a moment
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];

export class Signals {
  /* `send(content)` says something of this talk over the socket. */
  constructor(talk, lines, send) {
    Object.assign(this, { talk, lines, send });
    this.typing = talk.querySelector("[data-typing]");
    this.mark = talk.querySelector("[data-seen-mark]");
    this.present = talk.querySelector("[data-here]");
    this.gone = talk.querySelector("[data-gone]");
    this.people = [];
    this.writers = new Map();
    this.toldSeen = 0;
    this.seenBefore = Number(talk.getAttribute("seen") ?? 0);
  }

  /* ---- What is said ---- */

  typed() {
    const now = Date.now();
    if (now - (this.typedAt ?? 0) < TYPING_EVERY_MS) return;
    this.typedAt = now;
    this.send({ type: "typing" });
  }

  sent() {
    this.typedAt = 0;
  }

  /* Only what is in front of somebody's eyes, and not in a closed panel. */
  look(isAtEnd) {
    if (!isAtEnd || document.visibilityState !== "visible") return;
    if (document.documentElement.hasAttribute("data-away")) return;
    const n = this.lines.lastNumber;
    if (n > this.toldSeen && this.send({ type: "seen", n })) this.toldSeen = n;
  }

  /* After a new connection it is said again: who knows what of it arrived. */
  forget() {
    this.toldSeen = 0;
    this.writers.clear();
    this.showWriters();
    this.here(this.people);
  }

  /* Without a connection nobody knows who is here. */
  lost() {
    clearTimeout(this.leaving);
    this.people = [];
    this.showPeople(false);
  }

  end() {
    clearTimeout(this.leaving);
  }

  /* ---- What is heard ---- */

  writes(who) {
    if (who.id === this.talk.getAttribute("me")) return;
    clearTimeout(this.writers.get(who.id)?.timer);
    const timer = setTimeout(() => this.stopped(who.id), TYPING_SHOWN_MS);
    this.writers.set(who.id, { name: who.name, timer });
    this.showWriters();
  }

  /* Whoever has said it writes no more. */
  stopped(id) {
    clearTimeout(this.writers.get(id)?.timer);
    if (this.writers.delete(id)) this.showWriters();
  }

  showWriters() {
    if (!this.typing) return;
    const [first] = this.writers.values();
    this.typing.hidden = !first;
    const words = this.typing.querySelector("[data-words]");
    if (first) words.textContent = this.talk.dataset.typingWords.replace("{name}", first.name);
  }

  /* Who comes is shown at once; who goes, if they do not come again. */
  here(people) {
    const others = people.filter(({ id }) => id !== this.talk.getAttribute("me"));
    const hasLeft = this.people.length && !others.length;
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => {
      if (hasLeft && "goneWords" in this.talk.dataset) this.talk.dataset.goneAt = new Date().toISOString();
      this.people = others;
      this.showPeople();
    }, others.length ? 0 : GONE_AFTER_MS);
  }

  /* `data-gone-at`: where it is said since when the other one is gone. */
  showPeople(isKnown = true) {
    if (!this.present) return;
    this.present.hidden = !this.people.length;
    const names = this.people.map(({ name }) => name).join(", ");
    this.present.querySelector("[data-words]").textContent = this.talk.dataset.hereWords.replace("{name}", names);
    const { goneAt } = this.talk.dataset;
    this.gone.hidden = !isKnown || Boolean(this.people.length) || !goneAt;
    if (!this.gone.hidden) this.gone.textContent = this.goneSince(goneAt);
  }

  goneSince(moment) {
    const { goneWords, justGoneWords, language } = this.talk.dataset;
    const seconds = Math.max(0, (Date.now() - Date.parse(moment)) / 1000);
    const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? [];
    if (!unit) return justGoneWords;
    const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-Math.floor(seconds / length), unit);
    return goneWords.replace("{when}", ago);
  }

  /* Their age is another by now. */
  age() {
    if (this.gone && !this.gone.hidden) this.showPeople();
  }

  seen(who, n) {
    if (who.id === this.talk.getAttribute("me")) return;
    this.seenBefore = Math.max(this.seenBefore, n);
    this.showSeen();
  }

  /* Beneath my last words, where they are the last of all. */
  showSeen() {
    if (!this.mark) return;
    const last = this.lines.all.at(-1);
    const isMine = last?.hasAttribute("data-mine") && last.dataset.n && last.querySelector(".message");
    this.mark.hidden = !isMine;
    if (isMine) {
      const isSeen = Number(last.dataset.n) <= this.seenBefore;
      this.mark.textContent = isSeen ? this.talk.dataset.seenWords : this.talk.dataset.sentWords;
    }
  }
}
