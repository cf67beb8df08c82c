"""How does a write reach the pages that are open?

After its commit, and from any thread. Whatever fails here is logged and no more: a page that heard
nothing finds what it lacks when it looks.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

from handrail.engines.live import fanout, presence
from handrail.engines.live.doors import acting_now, person_of
from handrail.engines.live.fanout import attach
from handrail.engines.live.news import News, framed
from handrail.engines.live.topics import Topic
from handrail.people.viewer import Viewer

__all__ = ["attach", "changed", "end_sessions", "passing", "told", "told_then", "who_is_here"]


def changed(topic: Topic) -> None:
    """Tells the pages that follow this topic to look, once the transaction is committed."""
    frame = framed({"type": "changed", "topic": str(topic)})
    _after_commit(News(topic, frame, may_wait=True))


def told(topic: Topic, content: dict[str, Any]) -> None:
    """Tells them what happened, `content` with its `type`, once the transaction is committed.

    It is the same for everybody who may follow the topic: what one of them may not read is told
    in another topic.
    """
    _after_commit(News(topic, framed({**content, "topic": str(topic)})))


def told_then(topic: Topic, content: Callable[[], dict[str, Any]]) -> None:
    """The same, put into words only then: after the commit, when the action is over."""
    by = acting_now()

    def spread() -> None:
        fanout.spread(News(topic, framed({**content(), "topic": str(topic)}), by=by))

    transaction.on_commit(spread, robust=True)


def passing(topic: Topic, content: dict[str, Any], *, but: Viewer | None = None) -> None:
    """Tells them at once what is never stored: that somebody types. `but` need not hear it."""
    frame = framed({**content, "topic": str(topic)})
    fanout.spread(News(topic, frame, but=person_of(but) if but else ""))


def who_is_here(topic: Topic) -> None:
    """Tells them who is here, after the commit: of whom they are told has changed."""

    def spread() -> None:
        if frame := presence.told_of(topic):
            fanout.spread(News(topic, frame))

    transaction.on_commit(spread, robust=True)


def end_sessions(session_ids: list[str]) -> None:
    """Closes the sockets of sessions that ended, once the transaction is committed."""
    if session_ids:
        _after_commit(News(sessions=tuple(session_ids)))


def _after_commit(news: News) -> None:
    transaction.on_commit(partial(fanout.spread, news))
