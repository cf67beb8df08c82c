"""Does every process come to know what changed, without anybody waiting for it?"""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connections

from handrail.engines.search.library import current
from handrail.engines.search.library.snapshot import Snapshot, build
from handrail.engines.search.library.tests.pages import found, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As after a start: nothing read yet, and changes are read behind."""
    monkeypatch.setattr(current, "IS_BEHIND", True)
    monkeypatch.setattr(current, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(current, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(current, "_held", current._Holder())
    yield
    for thread in threading.enumerate():
        if thread.name == "library":
            thread.join(10)


def wait_for(question: str, pages: list[str]) -> None:
    until = time.monotonic() + 10
    while found(question) != pages:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_the_first_question_waits_and_later_ones_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    put("a", "Zebras", "Stripes.")
    assert found("stripes") == ["a"]
    may_build = threading.Event()

    def slowly(before: Snapshot) -> Snapshot:
        may_build.wait(10)
        return build(before)

    monkeypatch.setattr(current, "build", slowly)
    put("b", "Tigers", "Stripes too.")
    assert found("stripes") == ["a"]  # the old answer, at once
    assert found("tigers") == []
    may_build.set()
    wait_for("tigers", ["b"])


def test_what_another_process_wrote_is_noticed() -> None:
    """Its stamp is in the database; nothing else tells us."""
    put("a", "Zebras", "Stripes.")
    assert found("zebras") == ["a"]

    def elsewhere() -> None:
        put("b", "Tigers", "Teeth.")
        connections.close_all()

    other = threading.Thread(target=elsewhere)
    other.start()
    other.join()
    wait_for("tigers", ["b"])


def test_a_snapshot_takes_over_what_did_not_change() -> None:
    put("a", "Zebras", "Stripes.")
    first = current.refreshed()
    put("b", "Tigers", "Teeth.")
    second = current.refreshed()
    kept = first.numbered.keys() & second.numbered.keys()
    assert len(kept) == len(first.numbered) == 2
    assert all(second.numbered[name] is first.numbered[name] for name in kept)
    assert second.nbytes() > 0
    assert current.refreshed() is second


def test_trouble_while_reading_leaves_the_old_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    put("a", "Zebras", "Stripes.")
    assert found("zebras") == ["a"]
    failed = threading.Event()

    def fail(before: Snapshot) -> Snapshot:
        failed.set()
        raise OSError("away")

    with monkeypatch.context() as patched:
        patched.setattr(current, "build", fail)
        put("b", "Tigers", "Teeth.")
        assert found("zebras") == ["a"]
        assert failed.wait(10)
        assert found("zebras") == ["a"]
    wait_for("tigers", ["b"])
