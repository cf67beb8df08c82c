/* A press takes a moment, and what comes in meanwhile can take what is pressed from under the finger:
 * a button that goes up on another element than it went down on presses neither. So a list that is
 * pressed on waits. */
export const isPressed = (list) => list.matches(":active");

/* Does this when the press is over and has had its effect; also when it became a drag. */
export function afterPress(change) {
  const over = new AbortController();
  for (const end of ["pointerup", "pointercancel", "dragend", "keyup"]) {
    addEventListener(end, () => (over.abort(), setTimeout(change)), { signal: over.signal });
  }
}
