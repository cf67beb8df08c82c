/* <file-upload url="…" max="10"> sends files up as they are chosen, dropped or pasted.
 *
 * The answer to each is a list item with a hidden field: so a form that fails or is reloaded by
 * htmx keeps its files, and the message itself is small. */
const MOST_BYTES = 25 * 1024 * 1024;

class FileUpload extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-list]");
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    const area = this.closest("form") ?? this;
    this.input.addEventListener("change", () => this.chosen(), { signal });
    area.addEventListener("dragover", (event) => this.over(event), { signal });
    area.addEventListener("dragleave", () => this.mark(false), { signal });
    area.addEventListener("drop", (event) => this.dropped(event), { signal });
    area.addEventListener("paste", (event) => this.pasted(event), { signal });
  }

  disconnectedCallback() {
    this.leaving.abort();
  }

  chosen() {
    this.send([...this.input.files]);
    this.input.value = "";
  }

  over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.mark(true);
  }

  mark(isOver) {
    this.querySelector(".drop").classList.toggle("over", isOver);
  }

  dropped(event) {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.mark(false);
    this.send([...event.dataTransfer.files]);
  }

  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.send(files);
  }

  send(files) {
    for (const old of this.list.querySelectorAll(".refused")) old.remove();
    for (const file of files) this.sendOne(file);
  }

  sendOne(file) {
    const item = document.createElement("li");
    item.className = "file";
    const name = document.createElement("span");
    name.className = "file-name";
    name.textContent = file.name;
    const progress = document.createElement("progress");
    progress.max = 1;
    progress.value = 0;
    progress.ariaLabel = file.name;
    item.append(name, progress);
    this.list.append(item);
    if (file.size > MOST_BYTES) this.refuse(item, file, this.dataset.tooLarge);
    else this.upload(file, item, progress);
  }

  upload(file, item, progress, isRepeated = false) {
    const request = new XMLHttpRequest();
    request.open("POST", this.getAttribute("url"));
    const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status === 200) this.accept(item, request.responseText);
      else if (request.status === 401 && !isRepeated) this.repeat(file, item, progress);
      else this.refuse(item, file, this.dataset.failed);
    });
    request.addEventListener("error", () => this.refuse(item, file, this.dataset.failed));
    const form = new FormData();
    form.append("files", file);
    request.send(form);
  }

  /* The session ended meanwhile: frame.js renews it, and the file is sent once more. */
  async repeat(file, item, progress) {
    const asked = { renewed: false };
    document.dispatchEvent(new CustomEvent("handrail:renew", { detail: asked }));
    if (await asked.renewed) this.upload(file, item, progress, true);
    else this.refuse(item, file, this.dataset.failed);
  }

  accept(item, html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const items = [...template.content.querySelectorAll("li")];
    item.replaceWith(...items);
    items.forEach((added) => htmx.process(added));
  }

  refuse(item, file, why) {
    item.className = "file refused";
    item.setAttribute("role", "alert");
    item.textContent = `${file.name} ${why}`;
  }
}

customElements.define("file-upload", FileUpload);
