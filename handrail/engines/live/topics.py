"""What can a page follow, and who may?

A topic is `<kind>:<key>`. Its rule is asked on joining and again before every push, so that
access that ended ends what is heard.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from handrail.engines.live.doors import Key
from handrail.people.viewer import Viewer

Rule = Callable[[Viewer, str], bool]

Among = Callable[[Mapping[Key, Viewer], str], Collection[Key]]
"""The same rule, asked for many at once: which of them may follow the topic with this key?"""


@dataclass(frozen=True)
class Kind:
    """A kind of topic."""

    rule: Rule
    among: Among
    pause: float
    """Seconds between two times that its followers are told that it changed. The first time is
    told at once, and what came meanwhile at the end, together."""


_kinds: dict[str, Kind] = {}


@dataclass(frozen=True)
class Topic:
    """One thing that pages follow; `str(topic)` is what a page sends to join."""

    kind: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


def register(kind: str, rule: Rule, *, among: Among | None = None, pause: float = 0) -> None:
    """Makes a kind of topic known; `rule(viewer, key)` says who may follow it.

    A rule that asks the database says by `among` how to ask it for many at once.
    """

    def each(viewers: Mapping[Key, Viewer], key: str) -> Collection[Key]:
        return [known_by for known_by, viewer in viewers.items() if rule(viewer, key)]

    _kinds[kind] = Kind(rule, among or each, pause)


def parse(text: object) -> Topic | None:
    """The topic that a page named, or None where it named nothing that exists."""
    if not isinstance(text, str) or len(text) > 100:
        return None
    kind, _, key = text.partition(":")
    return Topic(kind, key) if kind in _kinds else None


def may_follow(viewer: Viewer, topic: Topic) -> bool:
    """Asks the rule of the topic's kind. One query at most."""
    kind = _kinds.get(topic.kind)
    return kind is not None and kind.rule(viewer, topic.key)


def followers_among(viewers: Mapping[Key, Viewer], topic: Topic) -> set[Key]:
    """Those of these viewers who may follow the topic now."""
    kind = _kinds.get(topic.kind)
    return set(kind.among(viewers, topic.key)) if kind else set()


def pause_of(topic: Topic) -> float:
    kind = _kinds.get(topic.kind)
    return kind.pause if kind else 0
