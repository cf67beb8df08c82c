"""By which door does a page come in, and who is behind it now?

A surface knows its cookie; this engine only knows that a page has a key, which opens a viewer or
nothing any more. It is asked whenever something is said or heard, for many pages at once.
"""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from handrail.people.viewer import Viewer

Scope = Mapping[str, Any]
"""Of ASGI: what is known of a connection."""

Key = tuple[str, ...]
"""What the session behind a page is known by, inside of this process alone."""


@dataclass(frozen=True)
class Door:
    """One surface's way in."""

    viewer_of: Callable[[Scope], Viewer]
    """Who opens this page? Nobody, where its cookie counts for nothing."""
    key_of: Callable[[Scope, Viewer], Key]
    """By what the session is asked for again."""
    viewers: Callable[[Collection[Key]], dict[Key, Viewer]]
    """Those of these sessions that count now. A fixed number of queries, however many they are;
    of a member it may know no more than which one they are, in which account."""
    viewer: Callable[[Key], Viewer]
    """The one who acts, with all that an action asks; nobody, where the session has ended."""


def person_of(viewer: Viewer) -> str:
    """What all pages of one person have in common."""
    if viewer.member:
        return f"m{viewer.member.pk}"
    return f"a{viewer.agent.pk}" if viewer.agent else ""


@dataclass(frozen=True)
class Acting:
    """Whose act goes on in a thread, and in which topic."""

    key: Key
    topic: str


class _Acting(threading.local):
    now: Acting | None = None


_acting = _Acting()


@contextmanager
def acting(key: Key, topic: object) -> Iterator[None]:
    """What this thread does is done from this page's session in this topic; both rules were asked
    just now."""
    _acting.now = Acting(key, str(topic))
    try:
        yield
    finally:
        _acting.now = None


def acting_now() -> Acting | None:
    return _acting.now
