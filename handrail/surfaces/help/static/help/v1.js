/* The Help button and its panel in a host's page. What goes between the two, and what hosts may rely
 * on, is in docs/embedding.md. Our nodes are in a shadow root, the help in a frame. */
(() => {
  "use strict";
  if (Object.hasOwn(window, "Handrail")) return;

  const { dataset, src } = document.currentScript;
  const { tokenUrl, label, position, color, button, badge } = dataset;
  const hub = new URL(src).origin;
  const HOME = "/help/";
  const NARROWEST = 360;
  const WIDEST = 720;
  const WORDS = {
    en: ["Help", "new", "Width", "Close", "Help cannot be reached.", "Try again"],
    de: ["Hilfe", "neu", "Breite", "Schließen", "Die Hilfe ist nicht erreichbar.", "Erneut versuchen"],
  };
  const language = document.documentElement.lang.slice(0, 2);
  const [HELP, NEW, WIDTH, CLOSE, FAILED, AGAIN] = WORDS[language] ?? WORDS.en;
  const title = label || HELP;

  /* ---- What this tab remembers ---- */

  const recall = () => {
    try {
      return { ...JSON.parse(sessionStorage.handrail) };
    } catch {
      return {}; // none yet, or closed
    }
  };
  let memory = recall();

  function remember(news) {
    Object.assign(memory, news);
    try {
      sessionStorage.handrail = JSON.stringify(memory);
    } catch {} // for this page only
  }

  /* ---- What is drawn ---- */

  const LOOKS = `
    :host { all: initial !important; color-scheme: inherit !important; --accent: #0e6a54; }
    * { box-sizing: border-box; }
    button { font: inherit; color: inherit; cursor: pointer; }
    :focus-visible { outline-offset: 2px; }
    .launcher, .sheet {
      --line: light-dark(#e4dfd4, #37332e);
      --paper: light-dark(#f8f6f1, #1a1917);
      position: fixed; z-index: 2147483000; font: 500 15px/1.4 system-ui, sans-serif;
    }
    .launcher {
      top: 12px; inset-inline-end: 16px; display: flex; align-items: center; gap: 8px; height: 40px;
      padding: 0 14px; border: 1px solid transparent; border-radius: 20px;
      background: var(--accent); box-shadow: 0 4px 14px -4px #0006; font-weight: 600;
      /* White or black, whichever reads better: y is the accent's luminance (WCAG 2, 1.4.3). */
      --on: clamp(0, (.179 - y) * 999, 1);
      color: color(from var(--accent) xyz-d65 calc(.95 * var(--on)) var(--on) calc(1.089 * var(--on)));
    }
    .launcher::before {
      width: 16px; height: 16px; border: 2px solid; border-radius: 9px 9px 9px 3px;
      content: "?" / ""; font-size: 12px; line-height: 16px;
    }
    .count {
      position: absolute; top: -6px; right: -6px; padding: 0 6px; border: 2px solid var(--paper);
      border-radius: 10px; background: #b3291f; color: #fff; font-size: 11px; line-height: 16px;
    }
    .sheet {
      inset-block: 0; inset-inline-end: 0; width: min(var(--width), 100vw - 40px);
      border-inline-start: 1px solid var(--line); background: var(--paper);
      box-shadow: 0 0 60px -10px #0006; color: light-dark(#1f1c18, #f0ece4); text-align: center;
      visibility: hidden; opacity: 0; translate: 0 12px; transition: .15s;
    }
    .open { visibility: visible; opacity: 1; translate: 0; transition-property: opacity, translate; } /* focusable at once */
    iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; }
    :is(.waiting, .failed) > iframe { visibility: hidden; }
    .waiting::before {
      position: absolute; inset: 72px 16px 45%; animation: pulse 1s infinite alternate; content: "";
      background: repeating-linear-gradient(var(--line) 0 72px, transparent 0 88px);
    }
    @keyframes pulse { to { opacity: .4; } }
    .close, .edge { position: absolute; z-index: 1; border: 0; background: content-box; }
    .close { top: 8px; inset-inline-end: 12px; font-size: 28px; }
    .sorry { padding: 20vh 16px; }
    .sheet:not(.failed) > .sorry, .sheet:not(.waiting, .failed, .mute) > .close { display: none; }
    .edge { inset-block: 0; inset-inline-start: -5px; width: 9px; padding: 0 3px; cursor: ew-resize; touch-action: none; }
    .edge:is(:hover, :focus, .moving) { background-color: var(--accent); }
    .moving ~ iframe { pointer-events: none; }
    @media (width > 640px) { .guard { display: none; } }
    @media (width <= 640px) { .edge { display: none; } .sheet { width: 100%; border: 0; } }
    @media (prefers-reduced-motion) { *, ::before { transition: none !important; animation: none !important; } }
    @media print { :host { display: none !important; } }`;

  const styles = (css) => {
    const made = new CSSStyleSheet(); // unlike <style>, allowed under any style-src
    made.replaceSync(css);
    return made;
  };

  /* One by one: a host may forbid innerHTML (Trusted Types). */
  const make = (tag, properties, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  const launcher = make("button", { className: "launcher", ariaHasPopup: "dialog", ariaExpanded: false }, title);
  const [, high, side] = /^(top|bottom)-(left|right)$/.exec(position) ?? [];
  if (side) Object.assign(launcher.style, { inset: "auto", [high]: "12px", [side]: "16px" });
  const count = make("span", { className: "count" });
  const edge = make("div", {
    className: "edge",
    role: "separator",
    tabIndex: 0,
    ariaLabel: WIDTH,
    ariaOrientation: "vertical",
    ariaValueMin: NARROWEST,
    ariaValueMax: WIDEST,
  });
  const closer = make("button", { className: "close", ariaLabel: CLOSE }, "×");
  const again = make("button", {}, AGAIN);
  const sorry = make("div", { className: "sorry", role: "alert" }, make("p", {}, FAILED), again);
  const guards = [0, 1].map(() => make("div", { className: "guard", tabIndex: 0 }));
  const sheet = make("div", { className: "sheet", role: "dialog", ariaLabel: title }, guards[0], edge, closer, sorry, guards[1]);

  const host = make("handrail-help");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles(LOOKS)];
  root.append(...(button ? [] : [launcher]), sheet);
  if (CSS.supports("color", color)) host.style.setProperty("--accent", color);

  /* ---- The frame ---- */

  let frame = null;
  let purpose = ""; // of the frame: "panel", "badge" or "sign-out"
  let loads = 0; // of pages in it
  let wasHeard = false; // whether it has ever said something
  let patience = 0;
  let prepared = null; // the host's answer to what the frame is going to ask
  let wanted = null; // until a page takes it up

  function load(why, path, isRestored) {
    unload();
    purpose = why;
    if (why === "panel") prepared = askHost();
    const told = { host: location.origin, purpose, path, isRestored, theme: theme() };
    // A name stays with all pages of a frame.
    frame = make("iframe", { title, allow: "clipboard-write", name: JSON.stringify(told), src: `${hub}/help/frame` });
    frame.onload = () => {
      if (loads++) {
        expect("mute", 1500);
        tellTheme(); // a page of ours answers
      } else if (!wasHeard) expect("failed", 1500);
    };
    guards[1].before(frame);
    settle("waiting");
  }

  function unload() {
    clearTimeout(patience);
    frame?.remove();
    frame = prepared = wanted = null;
    purpose = "";
    wasHeard = false;
    loads = 0;
  }

  function expect(state, milliseconds = 15000) {
    clearTimeout(patience);
    patience = setTimeout(() => {
      if (purpose !== "panel") unload();
      else if (wanted) load("panel", wanted);
      else settle(state);
    }, milliseconds);
  }

  /* "waiting", "failed" (our own words), "mute" (a page without our script) or "shown" */
  function settle(state = "shown") {
    clearTimeout(patience);
    sheet.classList.remove("waiting", "failed", "mute", "shown");
    sheet.classList.add(state);
    if (state === "waiting") expect("failed");
  }

  const isLost = () => sheet.matches(".mute, .failed");

  const say = (type, content) => frame?.contentWindow?.postMessage({ handrail: 1, type, ...content }, hub);

  // As light-dark() chose for our own paper.
  const theme = () => (getComputedStyle(sheet).backgroundColor === "rgb(26, 25, 23)" ? "dark" : "light");
  const tellTheme = () => say("theme", { theme: theme() });

  /* ---- What the frame may say ---- */

  const heard = Object.entries({
    ready() {
      settle();
      if (root.activeElement === closer) {
        frame.focus();
        say("focus");
      }
      if (!isOpen) say("close");
      else if (wanted) say("open", { path: wanted });
    },
    opening: () => (wanted = null),
    async "need-token"({ id }) {
      if (!Number.isSafeInteger(id)) return;
      const asker = frame;
      const asked = prepared ?? askHost();
      prepared = null;
      const answer = await asked;
      // Less than a session lives
      remember({ knownUntil: answer.token && Date.now() + 25 * 60000 });
      if (frame === asker) say("token", { id, ...answer });
    },
    close,
    resize: ({ width }) => Number.isFinite(width) && resize(width),
    badge({ count: number }) {
      if (Number.isSafeInteger(number)) showCount(number);
      if (purpose === "badge") unload();
    },
    path: ({ path }) => remember({ path: helpPath(path) }),
    "start-walkthrough": ({ id }) => typeof id === "string" && start(id),
    "signed-out"() {
      remember({ knownUntil: 0, path: HOME });
      showCount(0);
      isSignedOut(true);
      emit("signed-out");
    },
  });

  addEventListener("message", ({ data, origin, source }) => {
    if (!frame || source !== frame.contentWindow || origin !== hub || data?.handrail !== 1) return;
    wasHeard = true;
    if (sheet.matches(".waiting")) expect("failed");
    for (const [type, act] of heard) if (type === data.type) act(Object.freeze(data));
  });

  /* The host's {token}, null for a visitor, or {error}. */
  async function askHost() {
    try {
      const answer = await fetch(tokenUrl, { method: "POST", mode: "same-origin", signal: AbortSignal.timeout(10000) });
      if (answer.status === 204) return { token: null };
      const { token } = await answer.json();
      if (typeof token === "string") return { token };
      throw Error(`${tokenUrl}: ${answer.status}`);
    } catch (error) {
      emit("error", { error });
      return { error: "unreachable" };
    }
  }

  /* A path below /help/ on the hub; home instead of anything else, such as javascript: */
  function helpPath(wanted, base = HOME) {
    const url = URL.parse(wanted, hub + base);
    return url?.origin === hub && url.pathname.startsWith(HOME) ? url.pathname + url.search : HOME;
  }

  /* ---- What can be done ---- */

  const scrollLock = styles("@media (width <= 640px) { html { overflow: hidden !important; } }");
  let isOpen = false;
  let returnTo = null;
  let isSignedOut = () => {};

  const isOurs = () => [host, document.body].includes(document.activeElement);
  const emit = (event, detail) => host.dispatchEvent(new CustomEvent(event, { detail }));

  function on(event, listener) {
    const heed = ({ detail }) => listener(detail);
    host.addEventListener(event, heed);
    return () => host.removeEventListener(event, heed);
  }

  function open(medium, { path = "", prefill = {} } = {}) {
    let asked = null;
    if (medium) {
      const url = new URL(helpPath(path, helpPath(`${encodeURIComponent(medium)}/`)), hub);
      for (const [name, value] of Object.entries(prefill)) url.searchParams.set(name, value);
      asked = url.pathname + url.search;
    }
    if (purpose === "panel" && !isLost()) say("open", { path: (wanted = asked) });
    else load("panel", asked ?? HOME);
    if (isOpen) return;
    returnTo = isOurs() ? launcher : document.activeElement;
    show();
    (sheet.matches(".waiting, .failed") ? closer : frame).focus();
  }

  function show() {
    isOpen = true;
    sheet.classList.add("open");
    sheet.ariaModal = innerWidth <= 640;
    launcher.ariaExpanded = true;
    document.adoptedStyleSheets.push(scrollLock);
    remember({ isOpen });
    emit("open");
  }

  function close() {
    if (!isOpen) return;
    isOpen = false;
    if (document.activeElement === host) (returnTo?.isConnected ? returnTo : launcher).focus();
    sheet.classList.remove("open");
    launcher.ariaExpanded = false;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((used) => used !== scrollLock);
    remember({ isOpen, path: HOME });
    if (isLost()) unload();
    say("close");
    emit("close");
  }

  function signOut() {
    close();
    load("sign-out");
    return new Promise((resolve) => {
      isSignedOut = resolve;
      setTimeout(resolve, 5000, false);
    }).finally(unload);
  }

  /* Walkthroughs are yet to come. */
  async function start(walkthrough) {
    emit("start", { walkthrough });
    return false;
  }

  function resize(width) {
    width = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
    host.style.setProperty("--width", `${width}px`);
    edge.ariaValueNow = width;
    remember({ width });
  }

  function showCount(number) {
    emit("badge", { count: number });
    if (badge === undefined) return;
    count.textContent = number > 99 ? "99+" : number;
    launcher.ariaLabel = number ? `${title}, ${number} ${NEW}` : title;
    if (number) launcher.append(count);
    else count.remove();
  }

  /* One request: to the hub where a session is known, else to the host; for members three more. */
  async function askForBadge() {
    const asked = memory.knownUntil > Date.now() ? null : askHost();
    if (asked && !(await asked).token) return;
    if (frame) return;
    load("badge");
    prepared = asked;
  }

  /* ---- Hands and keys ---- */

  const toggle = () => (isOpen ? close() : open());
  launcher.onclick = toggle;
  closer.onclick = close;
  again.onclick = () => load("panel", memory.path ?? HOME, true);
  for (const guard of guards) guard.onfocus = () => (sheet.matches(".shown") ? frame : closer).focus();
  document.addEventListener("click", (event) => {
    const own = button && event.target.closest(button);
    if (!own) return;
    event.preventDefault();
    own.focus();
    toggle();
  });
  addEventListener("keydown", ({ key, defaultPrevented }) => {
    if (key === "Escape" && isOurs() && !defaultPrevented) close();
  });
  const isRtl = () => sheet.matches(":dir(rtl)");
  edge.onkeydown = ({ key }) => {
    const change = { ArrowLeft: 24, ArrowRight: -24, Home: -WIDEST, End: WIDEST }[key];
    if (change) resize(+edge.ariaValueNow + (isRtl() && /Arrow/.test(key) ? -change : change));
  };
  edge.onpointerdown = ({ pointerId }) => {
    edge.setPointerCapture(pointerId);
    edge.classList.add("moving");
  };
  edge.onpointermove = ({ clientX }) => {
    const { left, right } = sheet.getBoundingClientRect();
    if (edge.matches(".moving")) resize(isRtl() ? clientX - left : right - clientX);
  };
  edge.onlostpointercapture = () => edge.classList.remove("moving");

  /* ---- Comings and goings ---- */

  matchMedia("(prefers-color-scheme: dark)").onchange = tellTheme;
  new MutationObserver(tellTheme).observe(document.documentElement, { attributes: true });

  // From the back-forward cache: shown when the host was asked anew.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    memory = recall();
    if (frame) settle("waiting");
    if (isOpen !== !!memory.isOpen) toggle();
  });

  function arrive() {
    document.body.append(host);
    resize(memory.width ?? 420);
    if (memory.isOpen) {
      load("panel", helpPath(memory.path), true);
      show();
    } else if (badge !== undefined) askForBadge();
  }

  window.Handrail = Object.freeze({ open, close, start, signOut, on });
  if (document.body) arrive();
  else addEventListener("DOMContentLoaded", arrive);
})();
