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


Who = dict[str, str]
"""How somebody is named in what pages are told: `id` and `name`."""

People = Callable[[Collection[str]], Mapping[str, Mapping[str, Who]]]
"""Of whom are the followers of these keys told whether they are here? Each by what `person_of`
calls them. A key that is missing is of a topic where nobody hears that. One query."""


@dataclass(frozen=True)
class Kind:
    """A kind of topic."""

    rule: Rule
    among: Among
    pause: float
    """Seconds between two times that its followers are told that it changed. The first time is
    told at once, and what came meanwhile at the end, together."""
    people: People | None


_kinds: dict[str, Kind] = {}


@dataclass(frozen=True)
class Topic:
    """One thing that pages follow; `str(topic)` is what a page sends to join."""

    kind: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


def register(
    kind: str,
    rule: Rule,
    *,
    among: Among | None = None,
    pause: float = 0,
    people: People | None = None,
) -> None:
    """Makes a kind of topic known; `rule(viewer, key)` says who may follow it.

    A rule that asks the database says by `among` how to ask it for many at once.
    """

    def each(viewers: Mapping[Key, Viewer], key: str) -> Collection[Key]:
        return [known_by for known_by, viewer in viewers.items() if rule(viewer, key)]

    _kinds[kind] = Kind(rule, among or each, pause, people)


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


def tells_who_is_here(topic: Topic) -> bool:
    kind = _kinds.get(topic.kind)
    return bool(kind and kind.people)


def people(some: Collection[Topic]) -> dict[Topic, Mapping[str, Who]]:
    """Of whom the followers of these topics are told, where they are told of anybody. One query for
    each kind."""
    found: dict[Topic, Mapping[str, Who]] = {}
    for name in {topic.kind for topic in some}:
        kind = _kinds.get(name)
        if kind and kind.people:
            keys = [topic.key for topic in some if topic.kind == name]
            found |= {Topic(name, key): those for key, those in kind.people(keys).items()}
    return found
