/* Where does a reader stand in a talk? At its end they stay there; further up nothing moves under their eyes. */
const NEAR_PX = 120;

export class Scrolling {
  /* `told(isAtEnd)` hears when they come to the end, or leave it. */
  constructor(element, told) {
    this.box = element.closest("[data-scroller]") ?? document.scrollingElement;
    this.sticks = true;
    this.leaving = new AbortController();
    const target = this.box === document.scrollingElement ? window : this.box;
    const looked = () => {
      const was = this.sticks;
      this.sticks = this.isAtEnd;
      if (was !== this.sticks) told(this.sticks);
    };
    target.addEventListener("scroll", looked, { passive: true, signal: this.leaving.signal });
    this.grown = new ResizeObserver(() => this.sticks && this.toEnd());
    for (const grows of [element, this.box, element.closest("main")]) {
      if (grows && grows !== document.scrollingElement) this.grown.observe(grows);
    }
    addEventListener("resize", () => this.sticks && this.toEnd(), { signal: this.leaving.signal });
  }

  get isAtEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR_PX;
  }

  toEnd() {
    this.sticks = true;
    this.box.scrollTop = this.box.scrollHeight;
  }

  end() {
    this.leaving.abort();
    this.grown.disconnect();
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
