/* What was said here and is not known to have arrived? Kept for this tab, so that a reload loses nothing.
 *
 * One at a time is on its way, the oldest: so all arrive in the order in which they were said. Sent twice
 * with the same id, a line is written once: when nobody knows whether it arrived, it is sent again. */
const ANSWERED_WITHIN_MS = 10000;

const read = (key) => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]");
  } catch {
    return []; // no storage in this frame, or not what we wrote
  }
};

export class Outbox {
  /* `post(entry)` puts it on its way: true where it went out over the socket, else a promise of its answer,
   * {type: "said" | "refused" | "lost", …}. `changed(entry)` is told when one came or became something else. */
  constructor(key, { post, changed }) {
    this.key = `handrail:outbox:${key}`;
    this.post = post;
    this.changed = changed;
    this.entries = read(this.key).map((entry) => ({ ...entry, state: entry.state === "failed" ? "failed" : "waiting" }));
    this.underway = null;
  }

  add(said) {
    const entry = { client_id: crypto.randomUUID(), at: new Date().toISOString(), state: "waiting", ...said };
    this.entries.push(entry);
    this.keep();
    this.changed(entry);
    this.next();
    return entry;
  }

  /* Sends the oldest that waits; what was refused stays until somebody says what to do with it. */
  next() {
    const entry = this.entries.find(({ state }) => state === "waiting");
    if (this.underway || this.slowed || !entry) return;
    this.underway = entry;
    const sent = this.post(entry);
    if (sent === true) this.timer = setTimeout(() => this.unanswered(entry), ANSWERED_WITHIN_MS);
    else sent.then((answer) => this.answered({ ...answer, client_id: entry.client_id }));
  }

  /* The server has spoken of one of them. */
  answered(answer) {
    const entry = this.find(answer.client_id);
    if (!entry) return;
    if (this.underway === entry) this.rest();
    if (answer.type === "said") this.done(entry.client_id);
    else if (answer.type === "lost") this.become(entry, "waiting");
    else if (answer.retry_after) this.slowDown(entry, answer);
    else this.become(entry, "failed", answer.why);
    if (answer.type !== "lost") this.next();
  }

  /* It is in the talk: here, or by another way that was quicker. */
  done(clientId) {
    const entry = this.find(clientId);
    if (!entry) return;
    if (this.underway === entry) this.rest();
    this.entries = this.entries.filter((other) => other !== entry);
    this.keep();
    this.next();
  }

  slowDown(entry, { why, retry_after: seconds }) {
    this.become(entry, "waiting", why);
    clearTimeout(this.slowed);
    this.slowed = setTimeout(() => {
      this.slowed = null;
      this.next();
    }, seconds * 1000);
  }

  unanswered(entry) {
    if (this.underway !== entry) return;
    this.rest();
    this.become(entry, "waiting");
    this.silent?.();
  }

  /* The connection is gone: whatever was on its way is sent again on the next one. */
  interrupted() {
    const entry = this.underway;
    this.rest();
    if (entry) this.become(entry, "waiting");
  }

  again(clientId) {
    const entry = this.find(clientId);
    if (!entry) return;
    this.become(entry, "waiting");
    this.next();
  }

  drop(clientId) {
    this.entries = this.entries.filter((entry) => entry.client_id !== clientId);
    this.keep();
  }

  find(clientId) {
    return this.entries.find((entry) => entry.client_id === clientId);
  }

  become(entry, state, why = "") {
    Object.assign(entry, { state, why });
    this.keep();
    this.changed(entry);
  }

  rest() {
    clearTimeout(this.timer);
    this.underway = null;
  }

  keep() {
    try {
      if (this.entries.length) sessionStorage.setItem(this.key, JSON.stringify(this.entries));
      else sessionStorage.removeItem(this.key);
    } catch {
      // No storage in this frame, or it is full: then a reload asks twice.
    }
  }
}
