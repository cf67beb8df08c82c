"""How fast may one person act over their sockets? Some at once, and then so many a second.

Counted for each person in each process: what they do is slowed, and nobody else notices.
"""

import math
import time

A_SECOND = 20
AT_ONCE = 60
"""After a reconnection a page follows, catches up and sends what it kept: all of that at once."""

MOST_KNOWN = 10_000
"""People whose pace is remembered; those who have been quiet are forgotten first."""


class Pace:
    """What each person may do at the moment."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, person: str) -> float:
        """Takes one; returns how many seconds too early it is, and takes nothing then."""
        now = time.monotonic()
        left, at = self._left.pop(person, (float(AT_ONCE), now))
        left = min(AT_ONCE, left + (now - at) * A_SECOND)
        if left < 1:
            self._left[person] = (left, now)
            return (1 - left) / A_SECOND
        self._left[person] = (left - 1, now)
        if len(self._left) > MOST_KNOWN:
            del self._left[next(iter(self._left))]
        return 0.0


def whole_seconds(seconds: float) -> int:
    """As people and pages are told."""
    return max(1, math.ceil(seconds))
