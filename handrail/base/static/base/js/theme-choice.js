/* A button with data-theme-choice goes from what one sees to the other: light, dark. */
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-theme-choice]")) return;
  const chosen = document.documentElement.dataset.theme;
  const isDark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const detail = isDark ? "light" : "dark";
  document.dispatchEvent(new CustomEvent("handrail:theme", { detail }));
});
