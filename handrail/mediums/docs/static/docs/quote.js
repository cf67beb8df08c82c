/* Marks in a help page the words that an answer quoted: the address carries them as `?quote=`.
 *
 * Letters and digits are compared and nothing else: a bullet, a cell's edge or a line's end is not a word
 * that anybody quotes. The words only ever decide which text of the page is marked; they go nowhere into it. */
const FEWEST_LETTERS = 3;
const MOST_QUOTES = 8;
const LETTER = /[\p{L}\p{N}]/u;
const WORDS_END = /^[^\s\p{L}\p{N}]*/u;

function bare(words) {
  return [...words.toLowerCase()].filter((letter) => LETTER.test(letter));
}

/* All letters of the text, each with its place. */
function lettersOf(article) {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("button, script, style, [aria-hidden=true]")
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  const letters = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    let at = 0;
    for (const letter of node.data) {
      for (const small of letter.toLowerCase()) if (LETTER.test(small)) letters.push({ small, node, at, end: at + letter.length });
      at += letter.length;
    }
  }
  return letters;
}

/* Where these words begin among the letters, the first place from `from` on, else anywhere; -1: nowhere. */
function find(text, places, words, from) {
  const needle = words.join("");
  if (words.length < FEWEST_LETTERS) return -1;
  const start = text.indexOf(needle, places[from] ?? 0);
  const found = start < 0 ? text.indexOf(needle) : start;
  return found < 0 ? -1 : places.indexOf(found);
}

/* The first letter that stands after a heading. */
function after(letters, heading) {
  if (!heading) return 0;
  const at = letters.findIndex(({ node }) => heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
  return Math.max(0, at);
}

/* With the full stop or the bracket that closes it. */
const wordsEnd = (text, end) => end + text.slice(end).match(WORDS_END)[0].length;

/* Marks from one letter to another, in each piece of text between them. From the end, so that what was
 * counted before stays true. */
function mark(article, first, last) {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (walker.currentNode = first.node; walker.currentNode; walker.nextNode()) {
    nodes.push(walker.currentNode);
    if (walker.currentNode === last.node) break;
  }
  const marks = [];
  for (const node of nodes.reverse()) {
    const begin = node === first.node ? first.at : 0;
    const end = node === last.node ? wordsEnd(node.data, last.end) : node.data.length;
    const isShown = node.data.slice(begin, end).trim() && !node.parentElement.closest("button");
    if (!isShown) continue;
    const range = document.createRange();
    range.setStart(node, begin);
    range.setEnd(node, end);
    const made = document.createElement("mark");
    made.className = "docs-quoted";
    range.surroundContents(made);
    marks.unshift(made);
  }
  return marks;
}

/* What is marked may be in a tab behind others, or in something folded. */
function reveal(place) {
  for (let inside = place; inside; inside = inside.parentElement) {
    if (inside.localName === "details") inside.open = true;
    if (inside.role === "tabpanel") inside.closest("tab-group")?.selectPanel?.(inside);
  }
}

function headingOf(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1).split(":~:")[0]));
  } catch {
    return null; // an address that somebody cut off
  }
}

function markAll(article, quotes) {
  const heading = headingOf(location.hash);
  const marks = [];
  for (const quote of quotes) {
    const letters = lettersOf(article);
    const places = [];
    let text = "";
    for (const { small } of letters) {
      places.push(text.length);
      text += small;
    }
    const words = bare(quote);
    const from = find(text, places, words, after(letters, heading));
    if (from >= 0) marks.push(...mark(article, letters[from], letters[from + words.length - 1]));
  }
  return marks;
}

function begin() {
  const article = document.querySelector(".article");
  const quotes = new URLSearchParams(location.search).getAll("quote").slice(0, MOST_QUOTES);
  if (!article || !quotes.length) return;
  const [first] = markAll(article, quotes);
  if (!first) return;
  reveal(first);
  first.tabIndex = -1; // Tab goes on from here
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "center" });
}

begin();
