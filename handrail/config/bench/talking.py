"""What do people at their pages do, and what reaches them? Each as our own page does it.

One word of a page is on its way at a time; whatever is not known to be kept is sent again on the
next connection, and what was missed is asked for. So nothing may be lost, or be there twice.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import uuid4

from handrail.config.bench.talkers import Talker
from handrail.config.bench.wire import Wire, connect

WORDS = "Since Monday the report is empty, and the clicks of the spring campaign are not in it."
AGAIN_SECONDS = 0.2
LONGEST_PAUSE = 1.0
ANSWER_SECONDS = 10.0


@dataclass
class Word:
    """Something that somebody says."""

    topic: str
    said_at: float
    client_id: str = field(default_factory=lambda: str(uuid4()))


@dataclass
class Tally:
    """What all pages together have said and heard."""

    said: dict[str, Word] = field(default_factory=dict)
    each_ms: list[float] = field(default_factory=list)
    twice: int = 0
    refused: int = 0
    before: int = 0
    """Words of the warm-up; they must not be lost either, and are in no other figure."""

    @property
    def sent(self) -> int:
        return len(self.said) - self.before

    def begin(self) -> None:
        """The warm-up is over."""
        self.before = len(self.said)
        self.each_ms.clear()


class Page:
    """One open page."""

    def __init__(self, talker: Talker, port: int, tally: Tally) -> None:
        self.talker = talker
        self.port = port
        self.tally = tally
        self.heard: dict[str, dict[str, tuple[str, int]]] = {topic: {} for topic in talker.topics}
        self.is_ready = False
        self._own: set[str] = set()
        self._sure = dict.fromkeys(talker.topics, 0)
        self._waiting: deque[Word] = deque()
        self._underway: Word | None = None
        self._sent_at = 0.0
        self._wire: Wire | None = None
        self._pause = AGAIN_SECONDS
        self._is_over = False

    async def open(self) -> bool:
        path = f"/{self.talker.side}/live"
        self._wire = await connect(path, self.port, self.talker.cookie, self._hear, self._lost)
        if self._wire is None:
            self._again()
            return False
        self._pause = AGAIN_SECONDS
        for topic in self.talker.topics:
            self._wire.say({"type": "follow", "topic": topic})
        return True

    def say(self, topic: str) -> None:
        word = Word(topic, time.perf_counter())
        self.tally.said[word.client_id] = word
        self._own.add(word.client_id)
        self._waiting.append(word)
        self._next()

    def close(self) -> None:
        self._is_over = True
        if self._wire:
            self._wire.close()

    @property
    def waits(self) -> bool:
        return bool(self._waiting)

    def look(self) -> None:
        """What was not answered for long is not trusted to a connection that looks open."""
        if self._underway and time.perf_counter() - self._sent_at > ANSWER_SECONDS and self._wire:
            self._wire.close()

    def _next(self) -> None:
        if self._underway or not self._waiting or not self.is_ready or not self._wire:
            return
        word = self._underway = self._waiting[0]
        self._sent_at = time.perf_counter()
        given = {"client_id": word.client_id, "text": WORDS, "files": [], "note": False}
        self._wire.say({"type": "say", "topic": word.topic, **given})

    def _hear(self, content: dict[str, Any]) -> None:
        kind, topic = content["type"], content.get("topic", "")
        if kind == "line":
            self._take(topic, content["line"], is_pushed=True)
        elif kind == "said":
            self._arrived(content["client_id"])
        elif kind == "following":
            self._ask(topic)
        elif kind == "lines":
            self._caught_up(topic, content)
        elif kind == "refused":
            self._refused(content)

    def _ask(self, topic: str) -> None:
        if self._wire:
            self._wire.say({"type": "catch-up", "topic": topic, "after": self._sure[topic]})

    def _caught_up(self, topic: str, content: dict[str, Any]) -> None:
        for line in content["lines"]:
            self._take(topic, line, is_pushed=False)
            self._sure[topic] = max(self._sure[topic], line["n"])
        if content["more"]:
            self._ask(topic)
        self.is_ready = True
        self._next()

    def _take(self, topic: str, line: dict[str, Any], *, is_pushed: bool) -> None:
        word = self.tally.said.get(line["client_id"])
        if word is None:
            return
        known = self.heard[topic].get(word.client_id)
        if known is None:
            self.heard[topic][word.client_id] = (line["id"], line["n"])
            if word.client_id not in self._own:
                self.tally.each_ms.append((time.perf_counter() - word.said_at) * 1000)
        elif known[0] != line["id"]:
            self.tally.twice += 1
        self._arrived(word.client_id)

    def _arrived(self, client_id: str) -> None:
        if self._waiting and self._waiting[0].client_id == client_id:
            self._waiting.popleft()
            self._underway = None
            self._next()

    def _refused(self, content: dict[str, Any]) -> None:
        self.tally.refused += 1
        if "client_id" in content:
            asyncio.get_running_loop().call_later(content.get("retry_after", 1), self._forget)

    def _forget(self) -> None:
        self._underway = None
        self._next()

    def _lost(self, code: int) -> None:
        self._wire, self._underway, self.is_ready = None, None, False
        self._again()

    def _again(self) -> None:
        if self._is_over:
            return
        pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)

        def begin() -> None:
            task = asyncio.ensure_future(self.open())
            _tasks.add(task)
            task.add_done_callback(_tasks.discard)

        asyncio.get_running_loop().call_later(pause * random.uniform(0.5, 1.5), begin)  # noqa: S311 - no secret


_tasks: set["asyncio.Future[bool]"] = set()


async def open_all(pages: list[Page]) -> None:
    """Some at a time, as people come."""
    for at in range(0, len(pages), 50):
        await asyncio.gather(*(page.open() for page in pages[at : at + 50]))
    await _until(lambda: all(page.is_ready for page in pages), 120)


async def talk(pages: list[Page], a_second: float, seconds: float) -> None:
    """Words at even times, each from somebody else."""
    speaking = [page for page in pages if page.talker.speaks]
    speakers = [(page, topic) for page in speaking for topic in page.talker.topics]
    random.Random(6).shuffle(speakers)  # noqa: S311 - no secret
    began = time.perf_counter()
    for number in range(int(a_second * seconds)):
        pause = began + number / a_second - time.perf_counter()
        if pause > 0:
            await asyncio.sleep(pause)
        page, topic = speakers[number % len(speakers)]
        page.say(topic)


async def settle(pages: list[Page], tally: Tally, seconds: float = 60) -> None:
    """Until all that was said is kept, and everybody has heard it."""

    def is_done() -> bool:
        for page in pages:
            page.look()
        return not any(page.waits for page in pages) and not lost(pages, tally)

    await _until(is_done, seconds)


async def _until(is_so: "Any", seconds: float) -> None:
    ends = time.perf_counter() + seconds
    while not is_so() and time.perf_counter() < ends:
        await asyncio.sleep(0.1)


def expected(pages: Iterable[Page], tally: Tally) -> int:
    """Words by all who follow their topic and did not say them."""
    followers: dict[str, int] = {}
    for page in pages:
        for topic in page.talker.topics:
            followers[topic] = followers.get(topic, 0) + 1
    return sum(followers[word.topic] - 1 for word in tally.said.values())


def lost(pages: Iterable[Page], tally: Tally) -> int:
    """Words that somebody who follows has not heard, their own included."""
    missing = 0
    words: dict[str, list[str]] = {}
    for word in tally.said.values():
        words.setdefault(word.topic, []).append(word.client_id)
    for page in pages:
        for topic, heard in page.heard.items():
            missing += len(words.get(topic, ())) - len(heard)
    return missing


def out_of_order(pages: Iterable[Page], tally: Tally) -> int:
    """Words that stand before one which the same page had said earlier, or elsewhere than for
    somebody else."""
    wrong = 0
    places: dict[str, int] = {}
    for page in pages:
        for heard in page.heard.values():
            for client_id, (_id, n) in heard.items():
                wrong += places.setdefault(client_id, n) != n
        for topic in page.talker.topics:
            own = [
                places[one]
                for one, word in tally.said.items()
                if one in page._own and word.topic == topic and one in places
            ]
            wrong += sum(later < earlier for earlier, later in pairwise(own))
    return wrong
