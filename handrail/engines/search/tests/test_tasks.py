"""Is every text read by the model once, a little at a time, and does nothing wait for it?"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.engines.search import tasks
from handrail.engines.search.library.actions import forget
from handrail.engines.search.library.meaning import Reading, Vector
from handrail.engines.search.library.tests.pages import help_centre, put
from handrail.engines.search.models import LibraryStamp, LibraryVector
from handrail.engines.tasks.worker import Worker

pytestmark = pytest.mark.django_db


class Reader:
    """Stands in for the model of outside: it remembers what it was given."""

    key = "reader"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def is_ready(self) -> bool:
        return True

    def embed(self, text: str, patience: float = -1) -> Vector | None:
        self.texts.append(text)
        return np.full(384, 1 / np.sqrt(384), dtype=np.float32)

    def read(self, text: str, pieces: Sequence[tuple[int, int]]) -> Reading:
        whole = self.embed(text)
        assert whole is not None
        return Reading(whole, [whole for _piece in pieces])


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    given = Reader()
    for module in ("tasks", "library.snapshot", "library.current", "library.searching"):
        monkeypatch.setattr(f"handrail.engines.search.{module}.meaning", lambda: given)
    return given


def test_each_text_is_read_once_wherever_it_stands(reader: Reader) -> None:
    help_centre()
    put("again", "Pay an invoice", ("Pay by card", "Press Pay now."))
    Worker().run_ready()
    assert len(reader.texts) == len(set(reader.texts))
    before = len(reader.texts)
    forget("docs", "again")
    put("again", "Pay an invoice", ("Pay by card", "Press Pay now."), audience=3)
    Worker().run_ready()
    assert len(reader.texts) == before


def test_a_passage_is_read_with_its_title_and_heading(reader: Reader) -> None:
    put("a", "Pay", "Lead.", ("By card", "Press it."))
    Worker().run_ready()
    assert set(reader.texts) == {"Pay", "Pay. Lead.", "Pay. By card. Press it."}


def test_progress_is_counted(reader: Reader) -> None:
    help_centre()
    assert (tasks.progress().done, tasks.progress().all) == (0, 10)
    Worker().run_ready()
    assert (tasks.progress().done, tasks.progress().all) == (10, 10)


def test_work_goes_on_in_turns_after_whatever_else_is_due(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "TURN_SECONDS", -1.0)
    monkeypatch.setattr(tasks, "AT_ONCE", 4)
    help_centre()
    assert Worker().run_ready(most=1) == 1
    assert 0 < tasks.progress().done < 10
    waiting = DBTaskResult.objects.ready().get()
    assert waiting.priority < 0
    Worker().run_ready()
    assert tasks.progress().done == 10


def test_a_turn_that_runs_twice_does_nothing_twice(reader: Reader) -> None:
    help_centre()
    Worker().run_ready()
    before = len(reader.texts)
    tasks.embed_waiting.call()
    assert len(reader.texts) == before


def test_many_pages_wait_for_one_task(reader: Reader) -> None:
    help_centre()
    assert DBTaskResult.objects.count() == 1


def test_when_all_is_read_every_process_is_told(reader: Reader) -> None:
    help_centre()
    before = LibraryStamp.objects.get().stamp
    Worker().run_ready()
    assert LibraryStamp.objects.get().stamp != before


def test_another_model_reads_everything_anew(reader: Reader, monkeypatch: Any) -> None:
    help_centre()
    Worker().run_ready()
    monkeypatch.setattr(reader, "key", "another")
    assert tasks.progress().done == 0
    tasks.embed_what_is_missing.call()
    Worker().run_ready()
    assert tasks.progress().done == 10


def test_vectors_of_texts_that_are_gone_go_after_a_month(reader: Reader) -> None:
    help_centre()
    Worker().run_ready()
    forget("docs", "members")
    tasks.forget_unused_vectors.call()
    assert LibraryVector.objects.count() == 10
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tasks.forget_unused_vectors.call()
    assert LibraryVector.objects.count() == 7


def test_without_a_model_nothing_waits() -> None:
    help_centre()
    assert not DBTaskResult.objects.exists()
    tasks.embed_waiting.call()
    tasks.embed_what_is_missing.call()
    assert not LibraryVector.objects.exists()
