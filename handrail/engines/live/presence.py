"""Who has a topic open now, in whichever process? People, not pages.

A process alone looks at its own pages. Of several, each says in the cache who is here with it, and
says so again while they are: what nobody says again is forgotten, so a process that dies leaves
nobody behind. Told when somebody comes or goes; nothing of it is asked when something is said.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache

from handrail.engines.live import between, topics
from handrail.engines.live.news import News, framed
from handrail.engines.live.topics import Topic, Who

log = structlog.get_logger("handrail.live")

HERE_FOR = 75.0
"""Seconds for which it counts that a process said so."""

AGAIN_SECONDS = 30.0
TOGETHER = 500
"""Topics that are looked after in one query."""

Those = Mapping[Topic, Collection[str]]
"""Some people, by what they follow; named as `person_of` does."""


def told_of(topic: Topic) -> str | None:
    """The frame that says who is here, for all who follow; None where that is told to nobody.

    One query, and one question to the cache.
    """
    here = _here([topic]).get(topic)
    return None if here is None else _frame(topic, here)


class Presence:
    """The people of one hall. Whatever is asked or said is so in one thread, in its order."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        people_at: Callable[[Topic], set[str]],
        spread: Callable[[News], None],
        with_database: Callable[..., Any],
    ) -> None:
        self.people_at = people_at
        self._loop = loop
        self._spread = spread
        self._with_database = with_database
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live-here")
        self._last: dict[Topic, list[str]] = {}
        """Who was here when we last looked, where that is told."""
        self._timer: asyncio.TimerHandle | None = None
        self._is_over = False
        _of_this_process.append(self)

    # --- On the loop ------------------------------------------------------------------------

    def look(self, topic: Topic, person: str, put: Callable[[str], None] | None = None) -> None:
        """Somebody has come to this topic, or gone. `put` says to their page who is here."""
        if self._is_over or not topics.tells_who_is_here(topic):
            return
        self._thread.submit(self._quietly, self._look, topic, person, put)
        self._look_again_later()

    def close(self) -> None:
        """What is being asked is waited for; it takes a moment."""
        self._is_over = True
        _of_this_process.remove(self)
        if self._timer:
            self._timer.cancel()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _look_again_later(self) -> None:
        if self._timer is None and not self._is_over:
            self._timer = self._loop.call_later(AGAIN_SECONDS, self._look_again)

    def _look_again(self) -> None:
        self._timer = None
        if not self._is_over:
            self._thread.submit(self._quietly, self._look_after_all)

    # --- In the thread ----------------------------------------------------------------------

    def _quietly(self, act: Callable[..., None], *given: Any) -> None:
        """What fails is looked after the next time."""
        try:
            self._with_database(act, *given)
        except Exception:
            log.exception("presence_failed")

    def _look(self, topic: Topic, person: str, put: Callable[[str], None] | None) -> None:
        _say({topic: [person]}, {topic: self.people_at(topic)})
        here = _here([topic]).get(topic)
        if here is None:
            return
        frame = _frame(topic, here)
        if list(here) != self._last.get(topic, []):
            self._spread(News(topic, frame, but=person))
        self._last[topic] = list(here)
        if put and set(here) - {person}:
            self._loop.call_soon_threadsafe(put, frame)

    def _look_after_all(self) -> None:
        """They are still here; and who is not any more, since their process is not, is told."""
        places = {topic: people for topic in self._last if (people := self.people_at(topic))}
        self._last = {topic: here for topic, here in self._last.items() if topic in places}
        known = list(places)
        for at in range(0, len(known), TOGETHER):
            some = {topic: places[topic] for topic in known[at : at + TOGETHER]}
            _say(some, some)
            for topic, here in _here(some).items():
                if list(here) != self._last[topic]:
                    self._last[topic] = list(here)
                    self._spread(News(topic, _frame(topic, here)))
        if known:
            self._loop.call_soon_threadsafe(self._look_again_later)


_of_this_process: list[Presence] = []


def _here(some: Collection[Topic]) -> dict[Topic, dict[str, Who]]:
    """Who of those that others are told of is here, and how they are named."""
    people = topics.people(some)
    is_here = _in_any_process(people) if settings.REDIS_URL else _in_this_process
    return {
        topic: {person: who for person, who in those.items() if is_here(topic, person)}
        for topic, those in people.items()
    }


def _in_this_process(topic: Topic, person: str) -> bool:
    return any(person in one.people_at(topic) for one in _of_this_process)


def _in_any_process(asked: Those) -> Callable[[Topic, str], bool]:
    seats = _seats(asked)
    return lambda topic, person: bool(seats[_name(topic, person)])


def _say(those: Those, mine: Those) -> None:
    """Says to the other processes who of those is here, and who is not.

    Two that say it at once may forget one another: for AGAIN_SECONDS at most.
    """
    if not settings.REDIS_URL:
        return
    me, until = between.origin(), time.time() + HERE_FOR
    here = {_name(topic, person) for topic, people in mine.items() for person in people}
    taken: dict[str, dict[str, float]] = {}
    for name, seats in _seats(those).items():
        others = {one: known_until for one, known_until in seats.items() if one != me}
        taken[name] = others | ({me: until} if name in here else {})
    cache.set_many({name: seats for name, seats in taken.items() if seats}, timeout=HERE_FOR)
    cache.delete_many([name for name, seats in taken.items() if not seats])


def _seats(those: Those) -> dict[str, dict[str, float]]:
    """In which processes each of them has pages, as far as that counts now, and until when."""
    names = [_name(topic, person) for topic, people in those.items() for person in people]
    kept = cache.get_many(names) if names else {}
    now = time.time()
    return {
        name: {one: until for one, until in kept.get(name, {}).items() if until > now}
        for name in names
    }


def _frame(topic: Topic, here: Mapping[str, Who]) -> str:
    return framed({"type": "here", "who": list(here.values()), "topic": str(topic)})


def _name(topic: Topic, person: str) -> str:
    return f"here:{topic}:{person}"
