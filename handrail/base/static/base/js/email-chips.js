/* <email-chips> turns the text field inside it into chips, one an address.
 *
 * The field keeps its name and holds the addresses separated by ", ", so the server reads one text
 * whether this script ran or not. An address that cannot be one stays, marked, until it is mended. */
const LOOKS_LIKE_EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/u;
const SEPARATORS = /[\s,;]+/u;

class EmailChips extends HTMLElement {
  connectedCallback() {
    if (this.box) return;
    this.field = this.querySelector("input, textarea");
    this.addresses = split(this.field.value);
    this.box = document.createElement("div");
    this.box.className = "chips";
    this.typing = this.makeInput();
    this.box.append(this.typing);
    this.field.hidden = true;
    this.append(this.box);
    this.box.addEventListener("click", (event) => this.clicked(event));
    this.draw();
  }

  makeInput() {
    const input = document.createElement("input");
    input.className = "chips-input";
    input.type = "text";
    input.inputMode = "email";
    input.autocomplete = "off";
    input.placeholder = this.field.placeholder || this.dataset.add;
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (this.field.hasAttribute(name)) input.setAttribute(name, this.field.getAttribute(name));
    }
    input.id = this.field.id; // the label now names what one types into
    this.field.removeAttribute("id");
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.take(input.value));
    input.addEventListener("paste", (event) => this.pasted(event));
    return input;
  }

  pressed(event) {
    const { key } = event;
    if (event.isComposing) return;
    if (["Enter", ",", ";", " "].includes(key) && this.typing.value.trim()) {
      event.preventDefault();
      this.take(this.typing.value);
    } else if (key === "Backspace" && !this.typing.value && this.addresses.length) {
      this.typing.value = this.addresses.pop();
      event.preventDefault();
      this.draw();
    }
  }

  pasted(event) {
    const text = event.clipboardData?.getData("text") ?? "";
    if (split(text).length < 2) return;
    event.preventDefault();
    this.take(text);
  }

  clicked(event) {
    const button = event.target.closest("button");
    if (button) {
      this.addresses.splice(Number(button.dataset.index), 1);
      this.draw();
    }
    this.typing.focus();
  }

  take(text) {
    const known = new Set(this.addresses.map((address) => address.toLowerCase()));
    for (const address of split(text)) {
      if (!known.has(address.toLowerCase())) this.addresses.push(address);
      known.add(address.toLowerCase());
    }
    this.typing.value = "";
    this.draw();
  }

  draw() {
    for (const chip of this.box.querySelectorAll(".chip")) chip.remove();
    this.addresses.forEach((address, index) => this.typing.before(this.chip(address, index)));
    this.field.value = this.addresses.join(", ");
    const most = Number(this.getAttribute("max") ?? Infinity);
    this.typing.hidden = this.addresses.length >= most;
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  chip(address, index) {
    const chip = document.createElement("span");
    chip.className = LOOKS_LIKE_EMAIL.test(address) ? "chip" : "chip refused";
    const words = document.createElement("span");
    words.className = "truncate";
    words.dir = "ltr";
    words.textContent = address;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.dataset.index = index;
    remove.ariaLabel = `${this.dataset.remove} ${address}`;
    remove.textContent = "×";
    chip.append(words, remove);
    return chip;
  }
}

const split = (text) => text.split(SEPARATORS).filter(Boolean);

customElements.define("email-chips", EmailChips);
