"""What can a page follow, and who may?

A topic is `<kind>:<key>`. Its rule is asked on joining and again before every push, so that
access that ended ends what is heard. A push carries no content: it says that something changed,
and the page asks for it by the address that everybody else uses.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from handrail.people.viewer import Viewer

Rule = Callable[[Viewer, str], bool]

_rules: dict[str, Rule] = {}


@dataclass(frozen=True)
class Topic:
    """One thing that pages follow; `str(topic)` is what a page sends to join."""

    kind: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def group(self) -> str:
        """The channel layer's name: fixed length and letters, whatever the key holds."""
        return "topic." + hashlib.sha256(str(self).encode()).hexdigest()[:40]


def register(kind: str, rule: Rule) -> None:
    """Makes a kind of topic known; `rule(viewer, key)` says who may follow it."""
    _rules[kind] = rule


def parse(text: object) -> Topic | None:
    """The topic that a page named, or None where it named nothing that exists."""
    if not isinstance(text, str) or len(text) > 100:
        return None
    kind, _, key = text.partition(":")
    return Topic(kind, key) if kind in _rules else None


def may_follow(viewer: Viewer, topic: Topic) -> bool:
    """Asks the rule of the topic's kind. One query at most."""
    rule = _rules.get(topic.kind)
    return rule is not None and rule(viewer, topic.key)
