"""Are chats answered behind the page, each in its turn, whatever one of them does?"""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from handrail.mediums.chat.assistant import working

wake = working.wake  # before a fixture of all tests makes it wait


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    found: list[int] = []
    monkeypatch.setattr(working.ANSWERS, "worker", found.append)
    yield found
    until(lambda: working.ANSWERS.running == 0)


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.django_db
def test_every_chat_has_its_turn_and_threads_end(done: list[int]) -> None:
    for chat in range(40):
        wake(chat)
    until(lambda: len(done) == 40)
    assert sorted(done) == list(range(40))


@pytest.mark.django_db
def test_one_that_fails_keeps_no_other_back(done: list[int]) -> None:
    def fails(chat: int) -> None:
        if chat == 0:
            raise RuntimeError
        done.append(chat)

    working.ANSWERS.worker = fails
    for chat in range(4):
        wake(chat)
    until(lambda: len(done) == 3)


@pytest.mark.django_db
def test_no_more_threads_work_than_are_allowed_and_a_flood_is_left_to_the_task(
    done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "LONGEST_QUEUE", 10)
    go, at_it = threading.Event(), threading.Semaphore(0)

    def waits(chat: int) -> None:
        at_it.release()
        go.wait(10)
        done.append(chat)

    working.ANSWERS.worker = waits
    for chat in range(working.ANSWERS.most_at_once):
        wake(chat)
    for _ in range(working.ANSWERS.most_at_once):
        assert at_it.acquire(timeout=10)
    for chat in range(100, 200):
        wake(chat)
    assert working.ANSWERS.running == working.ANSWERS.most_at_once
    assert len(working.ANSWERS.queue) == 10
    go.set()
    until(lambda: len(done) == working.ANSWERS.most_at_once + 10)


def test_in_tests_it_is_done_at_once(done: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "IS_BEHIND", False)
    wake(7)
    assert done == [7]
