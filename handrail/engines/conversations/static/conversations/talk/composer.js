/* Where one writes: Enter sends, Shift+Enter is a new line, Escape leaves. What is typed survives a reload. */
const kept = (key) => `handrail:typed:${key}`;

function recall(key) {
  try {
    return sessionStorage.getItem(kept(key)) ?? "";
  } catch {
    return "";
  }
}

function keep(key, text) {
  try {
    if (text) sessionStorage.setItem(kept(key), text);
    else sessionStorage.removeItem(kept(key));
  } catch {
    // No storage in this frame: then only the page keeps it.
  }
}

/* A text with data-keep="key" is given back what was typed into it before the page was reloaded. */
export function restore(text) {
  const before = recall(text.dataset.keep);
  if (before && !text.value) text.value = before;
}

export const forget = (text) => keep(text.dataset.keep, "");

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("textarea[data-keep]") && !target.form.dataset.editing) keep(target.dataset.keep, target.value);
});

/* While somebody composes a letter out of several keys, Enter chooses it. */
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("textarea[data-enter-sends]") || event.isComposing || event.defaultPrevented) return;
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    event.target.form?.requestSubmit();
  }
  if (event.key === "Escape" && !event.target.form?.dataset.editing) event.target.blur();
});

/* A form that begins a talk forgets what was typed when it was taken. */
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const text = detail.elt.querySelector?.("textarea[data-keep]");
  if (text && detail.elt.matches("form") && detail.xhr.status === 200) forget(text);
});

for (const text of document.querySelectorAll("textarea[data-keep]")) restore(text);

/* Not by `autofocus`, which browsers refuse to pages in a frame. */
document.querySelector("textarea[data-first]")?.focus();

/* The form of a talk: gives what was written to `said({text, files, note})`, or to `changed(id, text)` where
 * somebody changes what they said. */
export class Composer {
  constructor(form, { said, changed, typed }) {
    Object.assign(this, { form, said, changed });
    this.text = form.querySelector("textarea");
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    form.addEventListener("submit", (event) => this.submitted(event), { signal });
    // That somebody notes something for colleagues is nobody else's business.
    this.text.addEventListener("input", () => this.text.value.trim() && !this.isNote && typed(), { signal });
    this.text.addEventListener("keydown", (event) => this.pressed(event), { signal });
    form.querySelector("[data-stop-editing]")?.addEventListener("click", () => this.stopEditing(), { signal });
    restore(this.text);
    this.goOnAsNote();
    form.addEventListener("input", () => keep(this.keptNote, this.isNote && this.text.value ? "yes" : ""), { signal });
  }

  get keptNote() {
    return `${this.text.dataset.keep}:note`;
  }

  /* What was begun as a note stays one, whoever has the chat by now: it must not go to the member unseen. */
  goOnAsNote() {
    const note = this.form.querySelector("[value=note]");
    if (note && this.text.value && recall(this.keptNote)) note.checked = true;
  }

  get isNote() {
    return this.form.querySelector("[value=note]")?.checked ?? false;
  }

  submitted(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    const rows = [...this.form.querySelectorAll("[data-list] > li")];
    const files = rows.filter((row) => row.querySelector("[name=attachments]"));
    if (this.form.dataset.editing) {
      if (text) this.changed(this.form.dataset.editing, text);
      this.stopEditing();
      return;
    }
    if (!text && !files.length) return;
    const named = files.map((row) => ({
      id: row.querySelector("[name=attachments]").value,
      name: row.querySelector(".file-name")?.textContent ?? "",
    }));
    const note = this.isNote;
    this.clear();
    for (const row of rows) row.remove();
    this.said({ text, files: named, note });
  }

  clear() {
    this.text.value = "";
    forget(this.text);
    keep(this.keptNote, "");
    this.text.dispatchEvent(new Event("change", { bubbles: true }));
    this.text.focus();
  }

  /* ---- Changing what was said ---- */

  edit(id, text) {
    if (!this.form.dataset.editing) this.aside = this.text.value;
    this.form.dataset.editing = id;
    this.form.querySelector("[data-editing-bar]").hidden = false;
    this.text.value = text;
    this.text.focus();
  }

  stopEditing() {
    delete this.form.dataset.editing;
    this.form.querySelector("[data-editing-bar]").hidden = true;
    this.text.value = this.aside ?? "";
    this.text.focus();
  }

  pressed(event) {
    if (event.key !== "Escape" || !this.form.dataset.editing) return;
    event.preventDefault();
    this.stopEditing();
  }

  end() {
    this.leaving.abort();
  }
}
