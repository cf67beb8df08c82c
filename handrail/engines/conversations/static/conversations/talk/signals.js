/* Who writes just now, who has seen it, who is here? Said and shown, and kept nowhere. */
const TYPING_EVERY_MS = 3000;
const TYPING_SHOWN_MS = 5000;

export class Signals {
  /* `send(content)` says something of this talk over the socket. */
  constructor(talk, lines, send) {
    Object.assign(this, { talk, lines, send });
    this.typing = talk.querySelector("[data-typing]");
    this.mark = talk.querySelector("[data-seen-mark]");
    this.present = talk.querySelector("[data-here]");
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
    this.here([]);
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

  here(people) {
    if (!this.present) return;
    const others = people.filter(({ id }) => id !== this.talk.getAttribute("me"));
    this.present.hidden = !others.length;
    const names = others.map(({ name }) => name).join(", ");
    this.present.querySelector("[data-words]").textContent = this.talk.dataset.hereWords.replace("{name}", names);
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
    const isMine = last?.hasAttribute("data-mine") && last.dataset.n;
    this.mark.hidden = !isMine;
    if (isMine) {
      const isSeen = Number(last.dataset.n) <= this.seenBefore;
      this.mark.textContent = isSeen ? this.talk.dataset.seenWords : this.talk.dataset.sentWords;
    }
  }
}
