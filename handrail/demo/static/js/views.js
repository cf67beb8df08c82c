// The views of a campaign change without loading the page: the address is pushed, Back works, and
// without this script the same links load whole pages.

const FRAGMENT_HEADER = "X-Larkspan-Fragment";

let latest = 0;

async function show(area, url) {
  const view = area.querySelector(".view");
  const asked = ++latest;
  view.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { [FRAGMENT_HEADER]: "view" } });
    if (asked !== latest) return;
    if (!answer.ok) throw new Error(`The view answered ${answer.status}.`);
    view.innerHTML = await answer.text();
  } catch {
    location.assign(url);
    return;
  }
  view.removeAttribute("aria-busy");
  for (const link of area.querySelectorAll("[data-view]")) {
    if (link.pathname === new URL(url, location.href).pathname) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-views] [data-view]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.pathname !== location.pathname) history.pushState({}, "", link.href);
  show(link.closest("[data-views]"), link.href);
});

window.addEventListener("popstate", () => {
  const area = document.querySelector("[data-views]");
  if (area) show(area, location.href);
});
