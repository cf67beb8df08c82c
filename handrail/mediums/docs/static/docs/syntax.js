/* What does each button of the toolbar put into the text? `0`, `1`… in a block are its words. */
const BLOCKS = {
  steps: "{% stepper %}\n{% step %}\n### {0}\n\n{1}\n{% endstep %}\n\n{% step %}\n### {2}\n\n{3}\n{% endstep %}\n{% endstepper %}",
  table: "| {0} | {1} |\n| --- | --- |\n| {2} | {3} |",
  hint: '{% hint style="info" %}\n{0}\n{% endhint %}',
  tabs: '{% tabs %}\n{% tab title="{0}" %}\n{1}\n{% endtab %}\n\n{% tab title="{2}" %}\n{3}\n{% endtab %}\n{% endtabs %}',
  details: "<details>\n<summary>{0}</summary>\n\n{1}\n\n</details>",
};
const AROUND = { bold: "**", italic: "_" };
const LINE = { heading: "## ", list: "* " };

/* Puts text in the place of what is selected, as if it were typed: Ctrl+Z takes it back. */
export function replace(text, words) {
  text.focus();
  const at = text.selectionStart;
  // Deprecated, and the only way that keeps what Ctrl+Z knows.
  const isDone = words
    ? document.execCommand("insertText", false, words)
    : text.selectionStart === text.selectionEnd || document.execCommand("delete");
  if (isDone) return at;
  text.setRangeText(words, at, text.selectionEnd, "end");
  text.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
  return at;
}

const selected = (text) => text.value.slice(text.selectionStart, text.selectionEnd);

function around(text, mark, words) {
  const inside = selected(text);
  const isMarked = inside.length > 2 * mark.length && inside.startsWith(mark) && inside.endsWith(mark);
  if (isMarked) {
    replace(text, inside.slice(mark.length, -mark.length));
    return;
  }
  const put = inside || words;
  const at = replace(text, `${mark}${put}${mark}`);
  text.setSelectionRange(at + mark.length, at + mark.length + put.length);
}

function link(text, words) {
  const put = selected(text) || words;
  const at = replace(text, `[${put}]()`);
  const end = at + put.length + 3;
  text.setSelectionRange(end, end);
}

/* In front of each line that is selected, or of the line that the cursor is in. */
function lines(text, mark, words) {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  text.setSelectionRange(start, text.selectionEnd);
  const inside = selected(text) || words;
  const isEmpty = !selected(text);
  const put = inside.split("\n").map((line) => (line.startsWith(mark) ? line.slice(mark.length) : mark + line));
  const at = replace(text, put.join("\n"));
  if (isEmpty) text.setSelectionRange(at + mark.length, at + mark.length + words.length);
}

/* A block stands by itself: an empty line before it and behind it. */
export function block(text, put, select = "") {
  const before = text.value.slice(0, text.selectionStart);
  const after = text.value.slice(text.selectionEnd);
  const open = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const close = !after || after.startsWith("\n\n") ? "\n" : after.startsWith("\n") ? "\n" : "\n\n";
  const at = replace(text, open + put + close) + open.length;
  const found = select ? put.indexOf(select) : -1;
  const from = found < 0 ? at + put.length : at + found;
  text.setSelectionRange(from, from + (found < 0 ? 0 : select.length));
}

function code(text, words) {
  const inside = selected(text);
  if (inside && !inside.includes("\n")) around(text, "`", words);
  else block(text, `\`\`\`\n${inside || words}\n\`\`\``, inside ? "" : words);
}

export function put(text, what, words) {
  if (what in AROUND) around(text, AROUND[what], words);
  else if (what in LINE) lines(text, LINE[what], words);
  else if (what === "link") link(text, words);
  else if (what === "code") code(text, words);
  else if (what in BLOCKS) {
    const parts = words.split("|");
    const inside = selected(text);
    if (inside && (what === "hint" || what === "details")) parts[parts.length - 1] = inside;
    block(text, BLOCKS[what].replace(/\{(\d)\}/g, (_, number) => parts[number] ?? ""), parts[0]);
  }
}

/* Tab sets the lines in, Shift+Tab sets them out. */
export function indent(text, isOut) {
  if (!isOut && !selected(text).includes("\n")) {
    replace(text, "  ");
    return;
  }
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  text.setSelectionRange(start, text.selectionEnd);
  const put = selected(text)
    .split("\n")
    .map((line) => (isOut ? line.replace(/^ {1,2}|^\t/, "") : `  ${line}`))
    .join("\n");
  if (put === selected(text)) return;
  const at = replace(text, put);
  text.setSelectionRange(at, at + put.length);
}

/* Enter in a list begins its next line; in an empty line of it, it ends the list. */
export function continueList(text) {
  if (text.selectionStart !== text.selectionEnd) return false;
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const line = text.value.slice(start, text.selectionStart);
  const found = /^(\s*)(?:([*+-])|(\d{1,4})([.)])) (\[[ x]\] )?/.exec(line);
  if (!found) return false;
  if (line === found[0]) {
    text.setSelectionRange(start, text.selectionStart);
    replace(text, "");
    return true;
  }
  const mark = found[2] ?? `${Number(found[3]) + 1}${found[4]}`;
  replace(text, `\n${found[1]}${mark} ${found[5] ? "[ ] " : ""}`);
  return true;
}
