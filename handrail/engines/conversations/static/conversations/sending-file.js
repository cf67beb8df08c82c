/* One file on its way up: its row, its progress, and what became of it.
 *
 * It ends in one of these: "here" (the server's own row takes its place), "refused" (for good, in
 * words), "lost" (it may be tried again), or "gone" (taken back meanwhile). */
import { afterPress, isPressed } from "../base/js/press.js";

const STALLED_MS = 45000;
const SHOWN = /^image\/(png|jpeg|gif|webp)$/;

export class SendingFile {
  constructor(file, { url, row, words }) {
    Object.assign(this, { file, url, row, words, state: "waiting" });
    this.progress = row.querySelector("progress");
    this.why = row.querySelector(".file-why");
    this.again = row.querySelector("[data-again]");
    row.querySelector(".file-name").textContent = file.name;
    this.progress.ariaLabel = file.name;
    row.querySelector("[data-remove]").ariaLabel = words.cancel.replace("{name}", file.name);
    this.again.ariaLabel = words.again.replace("{name}", file.name);
    if (SHOWN.test(file.type)) this.showFace();
  }

  /* What the browser has of it already, until the server's own picture comes. */
  showFace() {
    this.face = URL.createObjectURL(this.file);
    const image = Object.assign(new Image(), { src: this.face, alt: "" });
    image.onerror = () => image.remove();
    this.row.querySelector(".file-face").replaceChildren(image);
  }

  /* Sends it; resolves when there is no more to wait for. */
  async send() {
    this.become("sending");
    let answer = await this.post();
    if (answer.status === 401 || answer.status === 409) {
      if (await renewed()) answer = await this.post();
    }
    await this.unpressed();
    this.settle(answer);
  }

  /* A row that comes in moves what stands beneath it, but not from under the finger. */
  unpressed() {
    const form = this.row.closest("form");
    return form && isPressed(form) ? new Promise(afterPress) : null;
  }

  post() {
    const request = new XMLHttpRequest();
    this.request = request;
    request.open("POST", this.url);
    const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    const form = new FormData();
    form.append("files", this.file);
    return new Promise((resolve) => {
      let stalled;
      const wait = () => {
        clearTimeout(stalled);
        stalled = setTimeout(() => request.abort(), STALLED_MS);
      };
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        wait();
        this.progress.value = total ? loaded / total : 0;
      });
      request.addEventListener("loadend", () => {
        clearTimeout(stalled);
        resolve(request);
      });
      wait();
      request.send(form);
    });
  }

  settle({ status, responseText, responseURL }) {
    if (this.state === "gone") return;
    const rows = status === 200 || status === 503 ? rowsOf(responseText) : [];
    const refusal = rows.find((row) => row.matches(".refused"));
    if (status === 0) this.lose(this.words.lost);
    else if (status === 413) this.refuse(this.words.tooLarge);
    else if (status === 503 && refusal) this.lose(refusal.textContent.trim(), true);
    else if (rows.length) this.arrive(rows, refusal);
    else if (!responseURL.endsWith(this.url)) this.lose(this.words.signedOut);
    else this.lose(this.words.failed);
  }

  arrive(rows, refusal) {
    const hadFocus = this.row.contains(document.activeElement);
    this.row.replaceWith(...rows);
    for (const row of rows) htmx.process(row);
    if (hadFocus) rows[0].querySelector("button")?.focus();
    this.become(refusal ? "refused" : "here");
  }

  /* Not for good: the row keeps a button to try it again. */
  lose(why, isWhole = false) {
    this.become("lost");
    this.row.querySelector(".file-name").hidden = isWhole;
    this.speak(why);
  }

  refuse(why) {
    this.become("refused");
    this.speak(why);
  }

  speak(why) {
    this.why.parentElement.setAttribute("role", "alert");
    this.why.textContent = why;
  }

  takeBack() {
    this.become("gone");
    this.request?.abort();
    this.row.remove();
  }

  become(state) {
    this.state = state;
    this.row.className = `file ${state === "lost" ? "refused lost" : state}`;
    const isOnItsWay = state === "sending" || state === "waiting";
    this.progress.hidden = !isOnItsWay;
    this.again.hidden = state !== "lost";
    if (isOnItsWay) {
      this.why.parentElement.removeAttribute("role");
      this.row.querySelector(".file-name").hidden = false;
      this.why.textContent = "";
      this.progress.value = 0;
    } else {
      const button = this.row.querySelector("[data-remove]");
      if (button) button.ariaLabel = this.words.remove.replace("{name}", this.file.name);
    }
    if (this.face && (state === "here" || state === "gone")) URL.revokeObjectURL(this.face);
  }
}

function rowsOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.querySelectorAll("li")];
}

/* The session ended meanwhile: frame.js renews it, and the file is sent once more. */
async function renewed() {
  const asked = { renewed: false };
  document.dispatchEvent(new CustomEvent("handrail:renew", { detail: asked }));
  return asked.renewed;
}
