/* How many characters are left? <character-count for="id of the field" max="140">.
 *
 * Counts as the server does: characters (code points), not UTF-16 units. */
const NEAR = 0.85;

class CharacterCount extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    this.most = Number(this.getAttribute("max"));
    this.count = () => this.show();
    this.field?.addEventListener("input", this.count);
    this.show();
  }

  disconnectedCallback() {
    this.field?.removeEventListener("input", this.count);
  }

  show() {
    const length = [...(this.field?.value ?? "")].length;
    this.textContent = `${length}/${this.most}`;
    this.classList.toggle("near", length > this.most * NEAR && length <= this.most);
    this.classList.toggle("over", length > this.most);
  }
}

customElements.define("character-count", CharacterCount);
