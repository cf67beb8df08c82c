"""Which pages of this process follow what, and how do news reach them?

One table, topic → pages. News are written down once, the rule is asked once for all sessions that
follow, in the thread that made the news, and the loop hands the same text to each page.
"""

import asyncio
import random
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import close_old_connections, connection, connections

from handrail.engines.live import between, topics
from handrail.engines.live.doors import Acting, Door, Key
from handrail.engines.live.news import News, framed
from handrail.engines.live.pace import Pace
from handrail.engines.live.page import SIGNED_OUT, TOO_MANY, Page
from handrail.engines.live.presence import Presence
from handrail.engines.live.together import Together
from handrail.engines.live.topics import Topic
from handrail.people.viewer import Viewer

log = structlog.get_logger("handrail.live")

THREADS = 4
"""What pages say and ask is worked on in so many threads of each process."""

MOST_PAGES = 20
"""Open pages of one person in one process; the oldest is closed for the newest."""

LOOK_SECONDS = 2.0
"""In this time a crowd is told to look, one after the other."""


class Hall:
    """The pages whose sockets live on one loop; a server has one. Its tables change on the loop
    alone, and threads read them under the lock."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.pace = Pace()
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")
        self._ears = ThreadPoolExecutor(1, thread_name_prefix="live-ears")
        self._lock = threading.Lock()
        self._following: dict[Topic, dict[Page, None]] = {}
        self._of_session: dict[str, dict[Page, None]] = {}
        self._of_person: dict[str, dict[Page, None]] = {}
        self._paused: dict[Topic, News | None] = {}
        is_one_by_one = not connection.features.has_select_for_update
        self._together = Together(loop, self._with_database) if is_one_by_one else None
        self._presence = Presence(loop, self._people_at, spread, self._with_database)
        self.line: between.Line | None = None
        if settings.REDIS_URL:
            self.line = between.Line(settings.REDIS_URL, self.heard, self.look_again)

    # --- On the loop ------------------------------------------------------------------------

    def enter(self, page: Page) -> None:
        with self._lock:
            self._of_session.setdefault(page.session_id, {})[page] = None
            theirs = self._of_person.setdefault(page.person, {})
            theirs[page] = None
        if len(theirs) > MOST_PAGES:
            self._close(next(iter(theirs)), TOO_MANY)
        if self.line:
            self.line.start()

    def leave(self, page: Page) -> None:
        """The second time it does nothing."""
        for topic in list(page.following):
            self.unfollow(page, topic)
        with self._lock:
            _take_out(self._of_session, page.session_id, page)
            _take_out(self._of_person, page.person, page)

    def follow(self, page: Page, topic: Topic) -> None:
        page.following.add(topic)
        with self._lock:
            self._following.setdefault(topic, {})[page] = None
        self._presence.look(topic, page.person, page.put)

    def unfollow(self, page: Page, topic: Topic) -> None:
        page.following.discard(topic)
        with self._lock:
            _take_out(self._following, topic, page)
        self._presence.look(topic, page.person)

    @property
    def is_empty(self) -> bool:
        return not self._of_session

    def heard(self, news: News) -> None:
        """Another process made news. Asked and handed on in their order, in one thread."""
        if news.has_gap:
            self.look_again()
        elif news.sessions or news.topic in self._following:
            self.loop.run_in_executor(self._ears, self._with_database, self.deliver, news)

    async def run(self, act: Callable[..., Any], *given: Any) -> Any:
        """What a page says or asks, in a thread with a database."""
        return await self.loop.run_in_executor(self.threads, self._with_database, act, *given)

    async def write(self, act: Callable[..., Any], *given: Any) -> Any:
        """What a page does of which something is kept; such an act raises nothing."""
        if self._together is None:
            return await self.run(act, *given)
        return await self._together.run(act, *given)

    def look_again(self, topic: Topic | None = None) -> None:
        """News (of a topic, or any) may have been missed: pages ask for what they lack."""
        with self._lock:
            told = [
                (page, one)
                for one, pages in self._following.items()
                for page in pages
                if topic in (None, one)
            ]
        spread = LOOK_SECONDS if len(told) > 100 else 0.0
        for page, one in told:
            frame = framed({"type": "following", "topic": str(one)})
            self.loop.call_later(random.uniform(0, spread), page.put, frame)  # noqa: S311 - no secret

    def close(self) -> None:
        if self.line:
            self.line.stop()
        self._presence.close()
        self.threads.shutdown(wait=False)
        if self._together:
            self._together.close()
        self._ears.shutdown(wait=False)

    # --- In any thread ----------------------------------------------------------------------

    def deliver(self, news: News) -> None:
        """Hands news to the pages that follow and may; the rule is asked here and now.

        Where it cannot be asked, followers are told to look a little later: nothing is lost.
        """
        try:
            if news.sessions:
                self._soon(self._end, news.sessions)
            elif news.topic and not self._is_put_off(news):
                self._deliver(news, news.topic)
        except Exception:
            log.exception("push_failed")
            with suppress(RuntimeError):  # the loop has ended
                self._soon(self.loop.call_later, LOOK_SECONDS, self.look_again, news.topic)

    def _deliver(self, news: News, topic: Topic) -> None:
        with self._lock:
            pages = list(self._following.get(topic, ()))
        if news.but:
            pages = [page for page in pages if page.person != news.but]
        if pages:
            known, may = _asked(pages, topic, news.by)
            self._soon(self._hand_over, news.frame, topic, pages, known, may)

    def _is_put_off(self, news: News) -> bool:
        """Whether it is told later, with what comes meanwhile: lists stir less than words come."""
        topic = news.topic
        pause = topics.pause_of(topic) if topic and news.may_wait else 0
        if not topic or not pause:
            return False
        with self._lock:
            if topic not in self._following:
                return True  # nobody hears it
            if topic in self._paused:
                self._paused[topic] = news
                return True
            self._paused[topic] = None
        self._soon(self.loop.call_later, pause, self._go_on, topic)
        return False

    def _people_at(self, topic: Topic) -> set[str]:
        with self._lock:
            return {page.person for page in self._following.get(topic, ())}

    def _with_database(self, act: Callable[..., Any], *given: Any) -> Any:
        close_old_connections()
        try:
            return act(*given)
        finally:
            if self.loop is _attached:
                close_old_connections()
            else:
                connections.close_all()  # these threads will not be asked again for long

    def _soon(self, act: Callable[..., Any], *given: Any) -> None:
        self.loop.call_soon_threadsafe(act, *given)

    # --- On the loop, for a thread ----------------------------------------------------------

    def _go_on(self, topic: Topic) -> None:
        with self._lock:
            news = self._paused.pop(topic, None)
        if news:
            self.loop.run_in_executor(self._ears, self._with_database, self.deliver, news)

    def _end(self, session_ids: tuple[str, ...]) -> None:
        for session_id in session_ids:
            for page in list(self._of_session.get(session_id, ())):
                self._close(page, SIGNED_OUT)

    def _hand_over(
        self, frame: str, topic: Topic, pages: list[Page], known: set[Key], may: set[Key]
    ) -> None:
        for page in pages:
            if page.key in may:
                if topic in page.following:  # it may have gone meanwhile
                    page.put(frame)
            elif page.key in known:
                self.unfollow(page, topic)
            else:
                self._close(page, SIGNED_OUT)

    def _close(self, page: Page, code: int) -> None:
        self.leave(page)
        page.end(code)


def _asked(pages: list[Page], topic: Topic, by: Acting | None) -> tuple[set[Key], set[Key]]:
    """Whose sessions count now, and which of them may follow? A fixed number of queries, and none
    for whoever did it: of them both rules were asked when they did it, in this topic."""
    keys: dict[Door, set[Key]] = {}
    is_theirs = by is not None and by.topic == str(topic)
    for page in pages:
        if not (is_theirs and by and page.key == by.key):
            keys.setdefault(page.door, set()).add(page.key)
    viewers: dict[Key, Viewer] = {}
    for door, theirs in keys.items():
        viewers.update(door.viewers(theirs))
    known, may = set(viewers), topics.followers_among(viewers, topic) if viewers else set()
    own = {by.key} if is_theirs and by else set()
    return known | own, may | own


K = TypeVar("K", bound=Hashable)


def _take_out(table: dict[K, dict[Page, None]], key: K, page: Page) -> None:
    pages = table.get(key)
    if pages is not None:
        pages.pop(page, None)
        if not pages:
            del table[key]


# --- The halls of this process ------------------------------------------------------------------

_halls: dict[asyncio.AbstractEventLoop, Hall] = {}
_attached: asyncio.AbstractEventLoop | None = None


def attach(loop: asyncio.AbstractEventLoop | None) -> None:
    """Called by the server at its start and end: the loop on which its sockets live."""
    global _attached
    before, _attached = _attached, loop
    if before is not None and before is not loop:
        _forget(before)
    if loop is not None:
        _open(loop)


def hall() -> Hall:
    """That of the running loop."""
    return _open(asyncio.get_running_loop())


async def left(here: Hall) -> None:
    """A page has left. Where no server runs (in tests) the last one puts out the light."""
    if here.is_empty and here.loop is not _attached:
        _forget(here.loop)
        if here.line:
            await here.line.stopped()


def spread(news: News) -> None:
    """To this process's pages, and to the other processes. From any thread; it never raises."""
    halls = list(_halls.values())
    for one in halls:
        one.deliver(news)
    if settings.REDIS_URL:
        _publish(news, halls)


def _publish(news: News, halls: list[Hall]) -> None:
    try:
        for one in halls:
            if one.line and one.loop.is_running():
                one.loop.call_soon_threadsafe(one.line.tell, between.written(news))
                return
        between.publish(settings.REDIS_URL, news)
    except Exception:  # pages catch up when they reconnect or are loaded again
        log.exception("push_failed")


def _open(loop: asyncio.AbstractEventLoop) -> Hall:
    if loop not in _halls:
        _halls[loop] = Hall(loop)
    return _halls[loop]


def _forget(loop: asyncio.AbstractEventLoop) -> None:
    here = _halls.pop(loop, None)
    if here:
        here.close()
