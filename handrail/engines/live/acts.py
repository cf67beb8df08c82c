"""What can be done over a socket, beside following? What the owners of topics have registered.

No name from outside ever selects a function: it is looked up in a fixed table, by the kind of the
topic and the name of the act.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.people.viewer import Viewer

Content = Mapping[str, Any]
"""What the page said: JSON of anybody's making, of which a handler takes what it knows."""

Handler = Callable[[Viewer, str, Content], dict[str, Any] | None]
"""`handler(viewer, key, content)`, in a thread. Its reply goes to that page alone, with the topic;
None is no reply. It may raise ValidationError, PermissionDenied and TooMany."""

SMALL = 1024
"""Letters of a frame, where an act does not need more."""


@dataclass(frozen=True)
class Act:
    """One entry of the table."""

    handler: Handler
    length: int = SMALL
    is_answered: bool = True
    """Whether a page waits for an answer. What is only told (typing) may be dropped in silence."""
    waits: bool = False
    """Whether it waits for its turn where others would be refused for being too many: what a page
    asks by itself, on every connection, and nobody would ask again."""
    writes: bool = False
    """Whether something is kept by it: such acts of many pages share a commit (`together`)."""


_acts: dict[tuple[str, str], Act] = {}


def register(
    kind: str,
    act: str,
    handler: Handler,
    *,
    length: int = SMALL,
    is_answered: bool = True,
    waits: bool = False,
    writes: bool = False,
) -> None:
    """Makes an act known for the topics of a kind."""
    _acts[kind, act] = Act(handler, length, is_answered, waits, writes)


def find(kind: str, act: object) -> Act | None:
    return _acts.get((kind, act)) if isinstance(act, str) else None
