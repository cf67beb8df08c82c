/* How do lines stand in a talk? In the order of their numbers, each once, under the day they were said.
 *
 * What is plain is drawn here, from a blank line that the page brought; what is not (an event, an answer with
 * its sources, files, what was edited) is asked for at its own address, as it is drawn for this reader. */
import { request } from "../../base/js/request.js";

const TOGETHER_MS = 5 * 60000;
const ASK_AGAIN_MS = 2000;
const ASK_NO_MORE_MS = 5 * 60000;

export class Lines {
  constructor(talk) {
    this.talk = talk;
    this.list = talk.querySelector("[data-lines]");
    this.address = talk.getAttribute("lines");
    this.asked = new Map(); // id of a line that is asked for: what was told of it since
    const { language, zone } = talk.dataset;
    const written = (options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
    this.clock = written({ hour: "numeric", minute: "2-digit" });
    this.day = new Intl.DateTimeFormat("sv", { timeZone: zone, dateStyle: "short" }); // 2024-05-01
    this.dayWords = written({ weekday: "long", day: "numeric", month: "long" });
    this.tidy();
  }

  get all() {
    return [...this.list.querySelectorAll(":scope > [data-line]")];
  }

  get last() {
    return this.all.filter((line) => line.dataset.n).at(-1);
  }

  get lastNumber() {
    return Number(this.last?.dataset.n ?? 0);
  }

  /* From where to ask for what was missed: what may have been edited meanwhile is asked for again. */
  recent(since) {
    const before = this.all.filter(({ dataset }) => dataset.n && dataset.at && Date.parse(dataset.at) < since);
    return Number(before.at(-1)?.dataset.n ?? 0);
  }

  /* Puts a line of the wire in its place; true where it is new here. `isTold`: it has just changed, or come. */
  put(line, isTold = false) {
    const shown = this.list.querySelector(`[data-line="${CSS.escape(line.id)}"]`);
    const own = line.client_id ? this.list.querySelector(`[data-client="${CSS.escape(line.client_id)}"]`) : null;
    const old = shown ?? own;
    if (shown && this.isSame(shown, line) && !(isTold && line.rich)) return false;
    const hasPlaces = /<i data-/.test(line.html ?? ""); // for icons and buttons, which the server puts in
    const isAsked = hasPlaces || line.rich || line.kind === "event" || line.files?.length || line.edited || line.removed;
    if (isAsked) {
      this.ask(line, old);
    } else if (old && !shown) {
      this.arrived(old, line);
    } else {
      const drawn = this.drawn(line);
      if (old) old.replaceWith(drawn);
      else this.insert(drawn);
    }
    this.tidy();
    return !shown && !own;
  }

  isSame(shown, line) {
    return (shown.dataset.state ?? "") === this.stateOf(line);
  }

  /* What of a line can change after it was said. */
  stateOf(line) {
    if (line.removed) return "removed";
    return line.edited ? line.text : "";
  }

  /* ---- Drawing ---- */

  drawn(line) {
    const isMine = this.isMine(line);
    const kind = line.kind === "note" ? (isMine ? "my-note" : "note") : isMine ? "mine" : line.side;
    const blank = this.talk.querySelector(`template[data-line-of="${kind}"]`).content.firstElementChild;
    const element = blank.cloneNode(true);
    const { dataset } = element;
    dataset.state = this.stateOf(line);
    dataset.side = line.side;
    dataset.who = line.who.id;
    this.mark(element, line);
    if (!isMine && line.who.name) element.querySelector("[data-author]").textContent = line.who.name;
    const face = element.querySelector(".avatar.agent");
    if (face) face.textContent = initials(line.who.name);
    const words = element.querySelector("[data-words]");
    if (line.html) words.innerHTML = line.html;
    else words.append(paragraph(line.text));
    const source = element.querySelector("template[data-source]");
    if (source) source.innerHTML = escaped(line.text);
    return element;
  }

  mark(element, line) {
    const { dataset } = element;
    dataset.line = line.id ?? "";
    dataset.n = line.n ?? "";
    dataset.at = line.at;
    if (line.client_id) dataset.client = line.client_id;
    const time = element.querySelector("time");
    if (!time) return;
    const at = new Date(line.at);
    time.dateTime = line.at;
    time.title = `${this.dayWords.format(at)}, ${this.timeOf(at)}`;
    time.textContent = this.timeOf(at);
  }

  /* As the server writes it. */
  timeOf(at) {
    return this.clock.format(at).replace(/\s?([AP])M$/, (_, half) => ` ${half.toLowerCase()}.m.`);
  }

  /* What I said is in the talk now: the same element goes on, so that nobody hears of it twice. */
  arrived(element, line) {
    element.querySelector(".message").classList.remove("sending", "failed");
    element.querySelector("[data-sending]")?.remove();
    const words = element.querySelector("[data-words]");
    if (line.html && words) words.innerHTML = line.html;
    element.dataset.state = this.stateOf(line);
    this.mark(element, line);
    element.querySelector(".talk-change")?.removeAttribute("hidden");
    element.remove();
    this.insert(element);
  }

  /* Asks for it as it is drawn for this reader, and keeps its place meanwhile. One question at a time for each
   * line: two answers could come in the wrong order. What was not answered is asked again. */
  async ask(line, old, pause = ASK_AGAIN_MS) {
    const place = old ?? Object.assign(document.createElement("li"), { className: "talk-line" });
    Object.assign(place.dataset, { line: line.id, n: line.n, at: line.at, state: "asked" });
    if (line.client_id) place.dataset.client = line.client_id;
    if (!old) this.insert(place);
    const isAsked = this.asked.has(line.id);
    this.asked.set(line.id, isAsked ? line : null);
    if (isAsked) return;
    const swap = place.querySelector(".message") ? "morph" : "outerHTML";
    const source = this.talk.appendChild(Object.assign(document.createElement("span"), { hidden: true })); // of its own
    const isDone = await request("GET", `${this.address}/${line.id}/`, { source, target: place, swap });
    source.remove();
    const drawn = this.list.querySelector(`[data-line="${CSS.escape(line.id)}"]`);
    const meanwhile = this.asked.get(line.id);
    this.asked.delete(line.id);
    if (drawn) drawn.dataset.state = isDone ? this.stateOf(line) : "asked";
    if (drawn && meanwhile) this.ask(meanwhile, drawn);
    else if (drawn && !isDone && pause < ASK_NO_MORE_MS) setTimeout(() => this.askAgain(line, 2 * pause), pause);
    this.tidy();
    this.talk.lineShown(line, drawn);
  }

  askAgain(line, pause) {
    const place = this.list.querySelector(`[data-line="${CSS.escape(line.id)}"][data-state="asked"]`);
    if (place?.isConnected && !this.asked.has(line.id)) this.ask(line, place, pause);
  }

  isMine(line) {
    return line.who.id !== "" && line.who.id === this.talk.getAttribute("me");
  }

  /* ---- Order ---- */

  insert(element) {
    const n = Number(element.dataset.n || Infinity);
    const later = this.all.find((line) => Number(line.dataset.n || Infinity) > n && line !== element);
    if (later) later.before(element);
    else this.list.append(element);
    return element;
  }

  /* Days between lines of different days; a name once for what somebody says in a row. */
  tidy() {
    const days = new Map();
    for (const day of this.list.querySelectorAll(":scope > .talk-day")) days.set(day.dataset.day, day);
    let day = "";
    let before = null;
    for (const line of this.all) {
      if (!line.dataset.at) continue;
      const own = this.day.format(new Date(line.dataset.at));
      if (own !== day) {
        const words = days.get(own) ?? this.dayOf(own, line.dataset.at);
        days.delete(own);
        if (line.previousElementSibling !== words) line.before(words);
      }
      line.classList.toggle("goes-on", own === day && goesOn(before, line));
      day = own;
      before = line;
    }
    for (const left of days.values()) left.remove();
  }

  dayOf(day, at) {
    const item = Object.assign(document.createElement("li"), { className: "talk-day" });
    item.dataset.day = day;
    const isToday = day === this.day.format(new Date());
    item.textContent = isToday ? this.talk.dataset.today : this.dayWords.format(new Date(at));
    return item;
  }
}

function goesOn(before, line) {
  if (!before?.dataset.who || before.dataset.who !== line.dataset.who || before.dataset.side !== line.dataset.side) return false;
  const isMessage = (element) => element.querySelector(":scope > .message:not(.note)");
  const apart = Date.parse(line.dataset.at) - Date.parse(before.dataset.at);
  return apart < TOGETHER_MS && Boolean(isMessage(before) && isMessage(line));
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...word][0]).join("").toUpperCase() || "?";
}

function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text });
}

function escaped(text) {
  return paragraph(text).innerHTML;
}
