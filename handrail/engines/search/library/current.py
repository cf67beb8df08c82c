"""Which snapshot answers in this process? The last one that was made; a newer one is made behind.

Nobody waits for it but the first who asks. The stamp in the database says that there is something
new; it is looked at once a second at most.
"""

import math
import threading
import time
from collections.abc import Sequence
from typing import NamedTuple

import structlog
from django.db import connections

from handrail.engines.search.library.meaning import meaning
from handrail.engines.search.library.snapshot import EMPTY, Snapshot, build, current_stamp
from handrail.engines.search.library.stems import base

log = structlog.get_logger("handrail.search")

LOOK_SECONDS = 1.0
"""How long a process may not know of a change."""

IS_BEHIND = True
"""Tests make it False: each change is then met by whoever asks next, in their transaction."""

PAUSE_SECONDS = 1.0
"""Between the end of one making and the next, so that an import of many steps does not fill a
core."""


class _Holder:
    """The state of this process."""

    def __init__(self) -> None:
        self.snapshot: Snapshot = EMPTY
        self.is_made = False
        self.looked_at = self.confirmed_at = -math.inf
        self.making = threading.Lock()
        self.is_due = threading.Lock()


_held = _Holder()


def current() -> Snapshot:
    """The snapshot to answer from. Costs a query once a second, and the first time all of it."""
    if not IS_BEHIND:
        return refreshed()
    if not _held.is_made:
        with _held.making:
            if not _held.is_made:
                _take(_held, build(_held.snapshot))
        return _held.snapshot
    now = time.monotonic()
    if now - _held.looked_at >= LOOK_SECONDS:
        _held.looked_at = now
        is_same = current_stamp() == _held.snapshot.stamp
        _held.confirmed_at = now if is_same else -math.inf
        if not is_same and _held.is_due.acquire(blocking=False):
            threading.Thread(
                target=_make_behind, args=(_held,), name="library", daemon=True
            ).start()
    return _held.snapshot


class Version(NamedTuple):
    """What answers now: with another one, the same question may have another answer."""

    stamp: str
    """Changes with every page, synonym and vector."""
    model: str
    """Which model reads questions in these languages; "": words alone."""


def version(languages: Sequence[str]) -> Version:
    """Of the pages in these languages. As `current` costs; lets the model load where it is due."""
    snapshot = current()
    shelves = (snapshot.shelves.get(base(language)) for language in languages)
    has_meaning = any(shelf and shelf.vectors for shelf in shelves) and meaning().is_ready()
    return Version(snapshot.stamp, snapshot.model if has_meaning else "")


def is_confirmed(snapshot: Snapshot) -> bool:
    """Whether the database said a second ago, or later, that nothing has changed since."""
    is_held = _held.snapshot is snapshot
    return is_held and time.monotonic() - _held.confirmed_at < LOOK_SECONDS


def look_again() -> None:
    """After a change of this process: whoever asks next looks whether there is something new."""
    _held.looked_at = _held.confirmed_at = -math.inf


def refreshed() -> Snapshot:
    """As the database is now, in this connection; waits for it where something changed."""
    return _refreshed(_held)


def _refreshed(held: _Holder) -> Snapshot:
    with held.making:
        is_same = held.is_made and current_stamp() == held.snapshot.stamp
        if not is_same or meaning().key != held.snapshot.model:
            _take(held, build(held.snapshot))
        else:
            held.confirmed_at = time.monotonic()
        return held.snapshot


def _make_behind(held: _Holder) -> None:
    try:
        _refreshed(held)
        time.sleep(PAUSE_SECONDS)
    except Exception:
        log.exception("library_not_read")
        time.sleep(PAUSE_SECONDS * 10)
    finally:
        connections.close_all()
        held.is_due.release()


def _take(held: _Holder, snapshot: Snapshot) -> None:
    """Also lets the model load, behind, where there is something that it could be asked for."""
    held.snapshot, held.is_made = snapshot, True
    if IS_BEHIND and any(shelf.vectors for shelf in snapshot.shelves.values()):
        meaning().is_ready()
