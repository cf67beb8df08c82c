/* A help page: where one is in it, its Markdown on the clipboard, printing.
 *
 * All of it can be read, searched and rated without this script. */
import "./quote.js";

/* Marks in "On this page" the heading that one reads under. */
function follow(outline) {
  const links = [...outline.querySelectorAll("a")];
  const byId = new Map(links.map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...byId.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  if (!headings.length) return;
  const mark = () => {
    const line = innerHeight * 0.25;
    const isAtEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const shown = headings.filter((heading) => heading.checkVisibility());
    const passed = shown.filter((heading) => heading.getBoundingClientRect().top <= line);
    const aimedAt = document.querySelector(":target"); // those right below it may have passed, too
    const isThere = passed.includes(aimedAt) && aimedAt.getBoundingClientRect().top >= 0;
    const read = isAtEnd && scrollY > 0 ? shown.at(-1) : passed.at(-1);
    const here = (isThere ? aimedAt : read) ?? shown[0];
    for (const link of links) {
      if (here && byId.get(here.id) === link) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let isDue = false;
  const soon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      mark();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  mark();
}

/* The menu that its button is in closes: a toast says how it went. The clipboard is promised the text
 * while it is on its way, since some browsers ask for it at once. */
async function copy(button) {
  const text = button.dataset.copyMarkdown
    ? fetch(button.dataset.copyMarkdown).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text();
      })
    : Promise.resolve(button.dataset.copyLink ?? button.dataset.copyText);
  const plain = text.then((words) => new Blob([words], { type: "text/plain" }));
  let said = button.dataset.done;
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain })]);
  } catch {
    said = button.dataset.failed;
  }
  document.dispatchEvent(new CustomEvent("handrail:toast", { detail: { text: said } }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy-markdown], [data-copy-link], [data-copy-text]");
  if (button) copy(button);
  if (event.target.closest?.("[data-print]")) print();
});

/* Too many ratings is an answer with words, which take the form's place. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "feedback" && detail.xhr.status === 429) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

/* Where one is in a long tree is in sight when it opens. */
const tree = document.getElementById("docs-nav");
const here = tree?.querySelector('[aria-current="page"]');
if (here && tree.scrollHeight > tree.clientHeight) {
  tree.scrollTop = here.offsetTop - tree.clientHeight / 3;
}

for (const outline of document.querySelectorAll("[data-outline]")) follow(outline);
