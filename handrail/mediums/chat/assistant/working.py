"""Who does the assistant's work? A few threads beside those of pages, each with its connection.

Nobody waits for them: the page of the member who asked hears when there is an answer. What they
have not done when their process ends, a task does (`answer_the_forgotten`), here or elsewhere.
"""

import threading
from collections import deque
from collections.abc import Callable

import structlog
from django.db import connection

MOST_AT_ONCE = 4
"""Threads of a process. An answer from the pages takes some 40 ms, most of it the processor's."""
LONGEST_QUEUE = 500
"""Chats that wait for a thread; what comes then is the task's."""

IS_BEHIND = True
"""Tests, whose database nobody else can see, answer in the thread that says something."""

_lock = threading.Lock()
_queue: deque[int] = deque()
_running = 0
_answerer: list[Callable[[int], None]] = []

log = structlog.get_logger("handrail.chat")


def use(answerer: Callable[[int], None]) -> None:
    """What is done for a chat, by its key, when something was said in it."""
    _answerer[:] = [answerer]


def wake(chat: int) -> None:
    """Something waits for an answer in this chat. Call it after the commit."""
    global _running
    if not IS_BEHIND:
        _answer(chat)
        return
    with _lock:
        if chat in _queue or len(_queue) >= LONGEST_QUEUE:
            return
        _queue.append(chat)
        if _running >= MOST_AT_ONCE:
            return
        _running += 1
    threading.Thread(target=_work, name="assistant", daemon=True).start()


def _work() -> None:
    try:
        while (chat := _next()) is not None:
            _answer(chat)
    finally:
        connection.close()


def _next() -> int | None:
    """The chat that waits longest; None ends a thread, so that an idle process has none."""
    global _running
    with _lock:
        if _queue:
            return _queue.popleft()
        _running -= 1
        return None


def _answer(chat: int) -> None:
    """A failure is logged, and the thread goes on: the task tries again."""
    try:
        for answerer in _answerer:
            answerer(chat)
    except Exception:
        log.exception("assistant_failed", chat=chat)
        if IS_BEHIND:
            connection.close()
