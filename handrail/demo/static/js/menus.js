// What opens and closes in the platform's frame: dropdown menus, the sidebar on small screens,
// buttons that copy or print.

const menus = () => document.querySelectorAll("details[data-menu]");

function closeMenus(except) {
  for (const menu of menus()) {
    if (menu !== except) menu.open = false;
  }
}

function itemsOf(menu) {
  return [...menu.querySelectorAll(".menu-item")];
}

function moveInMenu(menu, event) {
  const items = itemsOf(menu);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || items.length === 0) return;
  event.preventDefault();
  menu.open = true;
  const at = items.indexOf(document.activeElement);
  const next = at < 0 && step < 0 ? items.length - 1 : (at + step + items.length) % items.length;
  items[next].focus();
}

function showSidebar(shown) {
  const toggle = document.querySelector("[data-nav-toggle]");
  if (!toggle) return;
  document.body.classList.toggle("nav-open", shown);
  toggle.setAttribute("aria-expanded", String(shown));
  if (shown) document.querySelector("#sidebar a").focus();
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details[data-menu]"));
  if (event.target.closest("[data-nav-toggle]")) {
    showSidebar(!document.body.classList.contains("nav-open"));
  } else if (event.target.closest("[data-nav-close]")) {
    showSidebar(false);
  }
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest("details[data-menu]");
  if (menu) moveInMenu(menu, event);
  if (event.key !== "Escape") return;
  if (menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (document.body.classList.contains("nav-open")) {
    showSidebar(false);
    document.querySelector("[data-nav-toggle]").focus();
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const label = [...button.childNodes].find((node) => node.nodeValue?.trim() === "Copy");
  if (!label) return;
  label.nodeValue = "Copied";
  setTimeout(() => (label.nodeValue = "Copy"), 1500);
});
