"""Who does the assistant's work? A few threads beside those of pages, each with its connection.

Nobody waits for them: the page of the member who asked hears when there is an answer. What they
have not done when their process ends, a task does (`answer_the_forgotten`), here or elsewhere; a
summary that is not made then is missed by nobody.
"""

import threading
from collections import deque
from collections.abc import Callable

import structlog
from django.db import connection

LONGEST_QUEUE = 500
"""Chats that wait for a thread; what comes then is the task's."""

IS_BEHIND = True
"""Tests, whose database nobody else can see, answer in the thread that says something."""

log = structlog.get_logger("handrail.chat")


class Line:
    """One kind of work, chat by chat, by so many threads at once. They end when it is done, so that
    an idle process has none."""

    def __init__(self, name: str, most_at_once: int) -> None:
        self.name = name
        self.most_at_once = most_at_once
        self.queue: deque[int] = deque()
        self.running = 0
        self.worker: Callable[[int], None] | None = None
        """What is done for a chat, by its key."""
        self._lock = threading.Lock()

    def wait(self, chat: int) -> None:
        """A chat that waits already need not wait twice."""
        with self._lock:
            if chat in self.queue or len(self.queue) >= LONGEST_QUEUE:
                return
            self.queue.append(chat)
            if self.running >= self.most_at_once:
                return
            self.running += 1
        threading.Thread(target=self._work, name=f"assistant-{self.name}", daemon=True).start()

    def do(self, chat: int) -> None:
        """A failure is logged, and the thread goes on: what is owed is done by the task."""
        try:
            if self.worker:
                self.worker(chat)
        except Exception:
            log.exception("assistant_failed", what=self.name, chat=chat)

    def _work(self) -> None:
        try:
            while (chat := self._next()) is not None:
                self.do(chat)
        finally:
            connection.close()

    def _next(self) -> int | None:
        """The chat that waits longest."""
        with self._lock:
            if self.queue:
                return self.queue.popleft()
            self.running -= 1
            return None


ANSWERS = Line("answers", 4)
"""From the pages: some 40 ms each, most of it the processor's. A model writes elsewhere."""
SUMMARIES = Line("summaries", 2)
"""They wait for a model, and keep no answer back."""


def wake(chat: int, line: Line = ANSWERS) -> None:
    """Something is to be done for this chat. Call it after the commit."""
    if IS_BEHIND:
        line.wait(chat)
    else:
        line.do(chat)
