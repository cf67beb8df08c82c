/* Where does a reader stand in a talk? At its end they stay there; further up nothing moves under their eyes.
 * Of others' words that are longer than the page they see the beginning first. */
const NEAR_PX = 120;
const AROUND_PX = 250; // what stands above the lines, and below them where one writes
const ABOVE_PX = 80;
const OPEN_MENU = "[data-menu]:popover-open"; // which goes where its button goes

export class Scrolling {
  /* `told(isAtEnd)` hears when they come to the end, or leave it. `foot`: what lies over the lower edge. */
  constructor(element, told, foot = null) {
    this.list = element;
    this.box = element.closest("[data-scroller]") ?? document.scrollingElement;
    this.sticks = true;
    this.top = 0; // where we left them at the end
    this.leaving = new AbortController();
    const target = this.box === document.scrollingElement ? window : this.box;
    const looked = () => {
      if (document.querySelector(OPEN_MENU)) return; // it grew below, and nobody moved
      const was = this.sticks;
      this.sticks = this.isAtEnd;
      if (this.sticks) this.top = this.box.scrollTop;
      if (was !== this.sticks) told(this.sticks);
    };
    target.addEventListener("scroll", looked, { passive: true, signal: this.leaving.signal });
    this.grown = new ResizeObserver(() => this.stay());
    this.footed = new ResizeObserver(() => document.documentElement.style.setProperty("--talk-foot", `${foot.offsetHeight}px`));
    if (foot) this.footed.observe(foot);
    for (const grows of [element, this.box, element.closest("main")]) {
      if (grows && grows !== document.scrollingElement) this.grown.observe(grows);
    }
    const closed = ({ newState }) => newState === "closed" && this.stay();
    document.addEventListener("toggle", closed, { capture: true, signal: this.leaving.signal }); // it does not bubble
    addEventListener("resize", () => this.stay(), { signal: this.leaving.signal });
  }

  get isAtEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR_PX;
  }

  /* Whoever has just scrolled up is told of by the browser with its next frame: until then we look. */
  get isStaying() {
    const hasLeft = this.top - this.box.scrollTop > NEAR_PX && !this.isAtEnd;
    return this.sticks && !hasLeft;
  }

  stay() {
    if (this.isStaying) this.toEnd();
  }

  /* Nothing moves away under a finger: while a menu is open the page holds still. */
  toEnd() {
    this.sticks = true;
    if (document.querySelector(OPEN_MENU)) return;
    this.box.scrollTop = Math.min(this.box.scrollHeight, this.beginning);
    this.top = this.box.scrollTop;
  }

  /* Where the last line begins, if others said more than there is room for. */
  get beginning() {
    const last = this.list.lastElementChild;
    const isLong = last?.matches(".talk-line:not([data-mine])") && last.offsetHeight > this.box.clientHeight - AROUND_PX;
    if (!isLong) return Infinity;
    const above = this.box === document.scrollingElement ? 0 : this.box.getBoundingClientRect().top;
    return this.box.scrollTop + last.getBoundingClientRect().top - above - ABOVE_PX;
  }

  end() {
    this.leaving.abort();
    this.grown.disconnect();
    this.footed.disconnect();
  }
}

/* A keyboard on the screen covers the lower edge, where one writes: the page ends above it. */
export function stayAboveKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    const covered = Math.max(0, innerHeight - view.height - view.offsetTop);
    document.documentElement.style.setProperty("--keyboard", `${Math.round(covered)}px`);
  };
  view.addEventListener("resize", fit);
  view.addEventListener("scroll", fit);
  fit();
}
