"""Do the threads of one process take turns at writing, whatever becomes of a transaction?"""

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from handrail.base.sqlite import base
from handrail.people.models import Plan
from tests.racing import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="others have no such turns"),
]


class Refused(Exception):
    """A reason to roll back."""


@pytest.fixture(autouse=True)
def everybody_had_their_turn() -> Iterator[None]:
    """Whatever a test does, nobody is left in the way of the next."""
    yield
    assert not any(turn.locked() for turn in base._turns.values())


def in_another_thread(act: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def write(name: str) -> None:
    with transaction.atomic():
        Plan.objects.create(key=name, name=name)


def names() -> set[str]:
    return set(Plan.objects.filter(key__startswith="turn").values_list("key", flat=True))


def test_a_writer_waits_for_the_one_before_and_is_woken_by_its_end() -> None:
    with transaction.atomic():
        Plan.objects.create(key="turn-1", name="1")
        other = in_another_thread(lambda: write("turn-2"))
        other.join(0.3)
        assert other.is_alive()
    other.join(20)
    assert names() == {"turn-1", "turn-2"}


def test_what_is_rolled_back_lets_the_next_one_in() -> None:
    with pytest.raises(Refused), transaction.atomic():
        Plan.objects.create(key="turn-1", name="1")
        raise Refused
    in_another_thread(lambda: write("turn-2")).join(20)
    assert names() == {"turn-2"}


def test_a_refused_commit_lets_the_next_one_in() -> None:
    """Foreign keys are looked at by the end, when the commit itself is refused."""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_planentitlement (plan_id, key) VALUES (%s, %s)", [-1, "nothing"]
        )
    in_another_thread(lambda: write("turn-2")).join(20)
    assert names() == {"turn-2"}


def test_a_connection_that_is_closed_half_way_lets_the_next_one_in() -> None:
    def leave() -> None:
        with pytest.raises(Refused), transaction.atomic():
            Plan.objects.create(key="turn-1", name="1")
            connection.close()
            raise Refused

    in_another_thread(leave).join(20)
    in_another_thread(lambda: write("turn-2")).join(20)
    assert names() == {"turn-2"}


def test_whoever_waits_too_long_is_told_as_sqlite_tells_it() -> None:
    told: list[str] = []

    def write_hastily() -> None:
        options = {**connection.settings_dict["OPTIONS"], "timeout": 0.1}
        own = connections[connection.alias]
        own.settings_dict = {**own.settings_dict, "OPTIONS": options}
        with pytest.raises(OperationalError) as refusal:
            write("turn-2")
        told.append(str(refusal.value))

    with transaction.atomic():
        in_another_thread(write_hastily).join(20)
    assert told == ["database is locked"]
    assert names() == set()


def test_a_crowd_of_writers_is_let_in_one_by_one_and_nothing_is_lost() -> None:
    at_once([partial(write, f"turn-{at}") for at in range(12)])
    assert len(names()) == 12


def test_a_text_is_given_sqlites_places_and_its_percent_signs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT '100%%', %s", ["%s"])
        assert cursor.fetchone() == ("100%", "%s")
        cursor.execute("SELECT %(one)s", {"one": 1})
        assert cursor.fetchone() == (1,)
