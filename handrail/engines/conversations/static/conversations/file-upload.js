/* <file-upload url="…" data-most-files="10"> sends files up as they are chosen, dropped or pasted.
 *
 * The answer to each is a list item with a hidden field: so a form that fails or is reloaded by
 * htmx keeps its files, and the message itself is small. A form is not sent while a file is on its
 * way, nor without one that got lost: it waits, or says so. */
import { SendingFile } from "./sending-file.js";

const AT_ONCE = 3;
const SAID_MS = 4000;
const UNNAMED = /^image\.(png|jpe?g|gif|webp)$/i; // how browsers call a picture without a name

class FileUpload extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-list]");
    this.form = this.closest("form") ?? this;
    this.sending = [];
    this.left = new AbortController();
    const listen = (target, events) => {
      for (const [name, heard] of Object.entries(events)) {
        target.addEventListener(name, heard.bind(this), { signal: this.left.signal });
      }
    };
    listen(this.input, { change: this.chosen });
    listen(this.list, { click: this.clicked });
    listen(document, { dragover: this.over, dragleave: this.leave, drop: this.dropped, paste: this.pasted });
    listen(window, { online: this.retryLost, beforeunload: this.leaving });
    const { signal } = this.left;
    document.addEventListener("submit", (event) => this.submitted(event), { signal, capture: true });
    this.watch = new MutationObserver(() => this.changed());
    this.watch.observe(this.list, { childList: true });
    if (this.input.files.length) this.chosen(); // by somebody who was quicker than this script
  }

  disconnectedCallback() {
    this.left.abort();
    this.watch.disconnect();
    for (const one of this.sending) one.takeBack();
  }

  /* ---- Where files come from ---- */

  chosen() {
    const files = [...this.input.files];
    this.input.value = "";
    this.add(files);
  }

  over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // else a file that misses the form would replace the page
    const isHere = this.form.contains(event.target);
    event.dataTransfer.dropEffect = isHere ? "copy" : "none";
    this.form.classList.add("dragging");
    this.form.classList.toggle("over", isHere);
  }

  leave(event) {
    if (!event.relatedTarget) this.form.classList.remove("dragging", "over");
  }

  dropped(event) {
    this.form.classList.remove("dragging", "over");
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (!this.form.contains(event.target)) return;
    const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    const folders = items.map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry?.isDirectory);
    const names = new Set(folders.map((folder) => folder.name));
    this.add([...event.dataTransfer.files], names);
  }

  pasted(event) {
    const data = event.clipboardData;
    const files = [...(data?.files ?? [])];
    const isElsewhere = !this.form.contains(event.target) && event.target.closest?.("input, textarea, dialog");
    // Spreadsheets and word processors copy a picture of the words along: the words are meant.
    const isWords = data?.types.includes("text/plain") && files.every((file) => UNNAMED.test(file.name));
    if (!files.length || isElsewhere || isWords) return;
    event.preventDefault();
    this.add(files.map((file) => this.named(file)));
  }

  named(file) {
    if (!UNNAMED.test(file.name)) return file;
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
    const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(".");
    const name = `${this.dataset.screenshot} ${day} ${time}.${file.name.split(".").pop()}`;
    return new File([file], name, { type: file.type });
  }

  /* ---- The queue ---- */

  add(files, folders = new Set()) {
    for (const old of this.list.querySelectorAll(".refused:not(.lost)")) old.remove();
    const room = this.dataset.mostFiles - this.list.querySelectorAll("li:not(.refused:not(.lost))").length;
    const fitting = files.slice(0, Math.max(0, room));
    const left = files.slice(fitting.length);
    if (left.length) this.refuse(this.dataset.tooMany.replace("{names}", left.map((file) => file.name).join(", ")));
    for (const file of fitting) this.addOne(file, folders.has(file.name));
    this.next();
  }

  addOne(file, isFolder) {
    const one = new SendingFile(file, { url: this.getAttribute("url"), row: this.newRow(), words: this.dataset });
    this.list.append(one.row);
    if (isFolder) one.refuse(this.dataset.folder);
    else if (file.size > this.dataset.mostBytes) one.refuse(this.dataset.tooLarge);
    if (this.isIdle) this.sending = this.sending.filter((other) => other.state === "lost");
    this.sending.push(one);
  }

  newRow() {
    return this.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
  }

  refuse(why) {
    const row = this.newRow();
    row.className = "file refused";
    row.querySelector("progress").remove();
    row.querySelector(".file-said").setAttribute("role", "alert");
    row.querySelector(".file-name").textContent = why;
    this.list.append(row);
  }

  next() {
    const under = this.sending.filter((one) => one.state === "sending").length;
    for (const one of this.sending.filter(({ state }) => state === "waiting").slice(0, AT_ONCE - under)) {
      one.send().finally(() => this.next());
    }
    this.tell();
    if (this.isIdle) this.settled();
  }

  get isIdle() {
    return !this.sending.some(({ state }) => state === "waiting" || state === "sending");
  }

  get lost() {
    return this.sending.filter(({ state }) => state === "lost");
  }

  retryLost() {
    for (const one of this.lost) one.become("waiting");
    this.next();
  }

  clicked(event) {
    this.isPressed = Boolean(event.target.closest("button"));
    const row = event.target.closest("li");
    const one = this.sending.find((other) => other.row === row);
    if (event.target.closest("button[data-again]") && one) {
      one.become("waiting");
      row.querySelector("[data-remove]").focus();
    } else if (event.target.closest("button[data-remove]")) {
      if (one) one.takeBack();
      else row.remove();
    } else return;
    this.next();
  }

  /* ---- The form ---- */

  submitted(event) {
    if (event.target !== this.form || (this.isIdle && !this.lost.length)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!this.isIdle) {
      this.waits = { submitter: event.submitter };
      event.submitter?.setAttribute("aria-busy", "true");
      this.tell();
    } else this.missing();
  }

  /* Every file is here, or will not come: what waits for them goes out, or does not. */
  settled() {
    const waits = this.waits;
    this.waits = null;
    waits?.submitter?.removeAttribute("aria-busy");
    if (!waits) return;
    const isRefused = this.sending.some(({ state }) => state === "refused");
    if (this.lost.length) this.missing();
    else if (isRefused) this.say(this.dataset.notTaken);
    else this.form.requestSubmit(waits.submitter);
  }

  missing() {
    const names = this.lost.map(({ file }) => file.name).join(", ");
    this.say(this.dataset.notHere.replace("{names}", names));
    this.lost[0].again.focus();
  }

  /* The page is left: a browser asks first, where a file would be lost. */
  leaving(event) {
    if (!this.isIdle) event.preventDefault();
  }

  /* ---- Words ---- */

  tell() {
    const counted = this.sending.filter(({ state }) => state !== "gone" && state !== "refused");
    const done = counted.filter(({ state }) => state === "here").length;
    if (!counted.length) return this.say("");
    const words = this.isIdle ? this.dataset.allSent : this.dataset.sent;
    const told = this.isIdle && this.lost.length ? "" : words.replace("{done}", done).replace("{all}", counted.length);
    this.say(this.waits ? `${told}. ${this.dataset.then}` : told);
    if (this.isIdle) this.quieten = setTimeout(() => this.say(""), SAID_MS);
  }

  say(words) {
    clearTimeout(this.quieten);
    const status = this.querySelector("[data-status]");
    if (status.textContent !== words) status.textContent = words;
  }

  /* A row came or went: drafts hear of it, and who pressed the button of one is not left nowhere. */
  changed() {
    this.list.dispatchEvent(new Event("change", { bubbles: true }));
    if (this.isPressed && document.activeElement === document.body) this.input.focus();
    this.isPressed = false;
  }
}

customElements.define("file-upload", FileUpload);
