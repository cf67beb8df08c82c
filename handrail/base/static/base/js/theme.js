/* Light or dark, panel or page? Known before the first paint, so this is a classic script in the head.
 *
 * The host, or the agent's menu, changes the theme by an event "handrail:theme" on document, with
 * "light", "dark" or "system" as detail. The choice is kept for this browser.
 */
"use strict";
(() => {
  const root = document.documentElement;
  const key = "handrail-theme";

  const read = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is closed to a frame whose browser blocks third parties
    }
  };

  const keep = (theme) => {
    try {
      localStorage.setItem(key, theme);
    } catch {
      // The choice then lasts as long as the page.
    }
  };

  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };

  /* In the panel the host's page decides: it wrote its scheme into the frame's name (help/v1.js). */
  const readName = () => {
    try {
      return JSON.parse(window.name).theme;
    } catch {
      return null;
    }
  };

  const isPanel = window.top !== window;
  root.dataset.frame = isPanel ? "panel" : "page";
  show((isPanel && readName()) || read());
  document.addEventListener("handrail:theme", (event) => {
    keep(event.detail);
    show(event.detail);
  });

  // Pages fade into each other (base.css). A fade that cannot be shown is no error.
  for (const moment of ["pageswap", "pagereveal"]) {
    addEventListener(moment, ({ viewTransition }) => viewTransition?.ready.catch(() => {}));
  }
})();
