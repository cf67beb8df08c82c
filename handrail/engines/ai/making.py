"""Where does an answer wait while it is being made? Its pieces in the cache, its work in a thread.

The question's row holds an answer from the beginning: the built-in one, which is there at once. So
whatever happens to the work (it fails, it is stopped, its process ends) something right is shown,
and nothing has to be put in order. What is in the cache is only shown, never kept: the row gets the
new answer when it is whole. See docs/adr/0017-answers-that-take-seconds.md.
"""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Literal

import structlog
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from handrail.engines.ai import actions
from handrail.engines.ai.answers import Answer, Piece, pieces_as_json, pieces_from_json
from handrail.engines.ai.models import Question

Step = tuple[Literal["piece"], Piece] | tuple[Literal["done"], Answer]
"""What comes of the work: each piece as soon as it may be shown, at last the whole answer."""

Steps = Generator[Step, None, None]
"""A generator: work that is given up is told so where it waits, by its `close`."""

Work = Callable[[], Steps]

MOST_AT_ONCE = 8
"""Threads of a process beside those of pages. They wait for somebody else's answer, mostly."""

LONGEST_SILENCE = 60
"""Seconds. Without a word for so long, nobody is at work any more: its process has ended."""

WHOLE = "whole"
"""In the place of pieces, for LONGEST_SILENCE: whoever read the row before it was written and looks
here afterwards must read it again."""

IS_BEHIND = True
"""Tests, whose database nobody else can see, make answers in the thread that asks."""

_free = threading.BoundedSemaphore(MOST_AT_ONCE)
log = structlog.get_logger("handrail.ai")


def begin(question: Question, work: Work) -> bool:
    """Makes a better answer behind the page. False: too many are being made here already, and the
    question keeps the answer that it has. Call it after the commit of the question."""
    if not _free.acquire(blocking=False):
        return False
    _show(question.public_id, [])
    thread = threading.Thread(
        target=_make,
        args=(question, work, translation.get_language()),
        name="answer",
        daemon=True,  # a process that is told to end need not wait for somebody else's machine
    )
    if IS_BEHIND:
        thread.start()
    else:
        thread.run()
    return True


def pieces_so_far(question: Question) -> tuple[Piece, ...] | None:
    """What has come of an answer; None: none is being made, its row has the last word.

    Whoever asks must have found the question as its viewer. Where an answer became whole a moment
    ago, `question` is read again: a query more.
    """
    kept = cache.get(_key(question.public_id))
    if kept is None or is_stopped(question.public_id):
        return None
    if kept == WHOLE:
        question.refresh_from_db()
        return None
    return pieces_from_json(kept)


def stop(question: Question) -> None:
    """Nothing more is shown of it, and no new answer is kept. The work hears at its next piece."""
    cache.set(f"{_key(question.public_id)}:stopped", True, timeout=LONGEST_SILENCE * 5)


def is_stopped(public_id: str) -> bool:
    """Whether the answer to this question is wanted no more."""
    return bool(cache.get(f"{_key(public_id)}:stopped"))


def _make(question: Question, work: Work, language: str | None) -> None:
    started = time.monotonic()
    try:
        with translation.override(language), closing(work()) as steps:
            _follow(question, steps, started)
    except Exception:
        log.exception("ai.making_failed", question=question.public_id)
    finally:
        cache.set(_key(question.public_id), WHOLE, timeout=LONGEST_SILENCE)
        _free.release()
        if IS_BEHIND:
            connection.close()


def _follow(question: Question, steps: Steps, started: float) -> None:
    pieces: list[Piece] = []
    for step in steps:
        if is_stopped(question.public_id):
            return
        if step[0] == "done":
            spent = round((time.monotonic() - started) * 1000)
            actions.answer_anew(question, step[1], milliseconds=question.milliseconds + spent)
            return
        pieces.append(step[1])
        _show(question.public_id, pieces)


def _show(public_id: str, pieces: list[Piece]) -> None:
    cache.set(_key(public_id), pieces_as_json(pieces), timeout=LONGEST_SILENCE)


def _key(public_id: str) -> str:
    return f"answer:{public_id}"
