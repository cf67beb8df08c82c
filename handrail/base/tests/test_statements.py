"""Does a query whose text is kept find what it would find if it was written anew?"""

import itertools
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, DateTimeField, QuerySet

from handrail.base import statements
from handrail.base.statements import Blank
from handrail.people.models import Host, Member, Person

pytestmark = pytest.mark.django_db

Found = QuerySet[Any, tuple[Any, ...]]


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements._kept, "texts", {})


def named() -> Found:
    return Person.objects.filter(name=Blank("name", CharField())).values_list("pk", "name")


def test_what_stands_in_the_blanks_is_told_each_time(alice: Member, bob: Member) -> None:
    for member in (alice, bob, alice):
        found = [(member.person.pk, member.person.name)]
        assert statements.rows(named, name=member.person.name) == found


def test_a_query_is_written_once_for_each_shape(alice: Member) -> None:
    written: list[str] = []

    def ordered(by: str) -> Found:
        written.append(by)
        return Member.objects.order_by(by).values_list("pk")

    statements.rows(ordered, "pk")
    at_first = len(written)
    statements.rows(ordered, "pk")
    assert len(written) == at_first
    statements.rows(ordered, "-pk")
    assert set(written[at_first:]) == {"-pk"}


def test_every_column_is_read_as_django_reads_it(host: Host) -> None:
    def hosts() -> Found:
        before = Blank("before", DateTimeField())
        return Host.objects.filter(created_at__lt=before).values_list(
            "pk", "origins", "is_active", "created_at"
        )

    for before in (datetime(9999, 1, 1, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC)):
        anew = Host.objects.filter(created_at__lt=before).values_list(
            "pk", "origins", "is_active", "created_at"
        )
        assert statements.rows(hosts, before=before) == list(anew)


def test_a_value_never_becomes_part_of_the_text(alice: Member) -> None:
    for name in ("' OR 1=1 --", '"', "%s", "%(name)s", "\\'; DELETE FROM people_person"):
        assert statements.rows(named, name=name) == []
        Person.objects.filter(pk=alice.person.pk).update(name=name)
        assert statements.rows(named, name=name) == [(alice.person.pk, name)]


def test_a_blank_that_was_not_filled_in_asks_nothing(alice: Member) -> None:
    with pytest.raises(KeyError, match="name"):
        statements.rows(named)


def test_nothing_is_nobody(alice: Member) -> None:
    def of_account() -> Found:
        return Member.objects.filter(account_id=Blank("account", BigIntegerField())).values_list(
            "pk"
        )

    assert statements.rows(of_account, account=alice.account_id) == [(alice.pk,)]
    assert statements.rows(of_account, account=None) == []


def test_what_changes_by_itself_is_not_kept(alice: Member) -> None:
    """As the time of day would, which would stand still."""
    ticking: Iterator[int] = itertools.count()

    def now() -> Found:
        return Member.objects.filter(pk__gt=next(ticking)).values_list("pk")

    for _ in range(2):
        with pytest.raises(statements.NotTheSame):
            statements.rows(now)


def test_only_so_many_texts_are_kept(alice: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MOST_KEPT", 3)

    def past(pk: int) -> Found:
        return Member.objects.filter(pk__gt=pk).values_list("pk")

    for pk in range(10):
        statements.rows(past, pk - 10)
        assert len(statements._kept.texts) <= 3


def test_each_thread_writes_its_own(alice: Member) -> None:
    statements.rows(named, name="Alice")
    kept: list[int] = []
    other = threading.Thread(target=lambda: kept.append(len(statements._kept.texts)))
    other.start()
    other.join()
    assert kept == [0]


def test_a_kept_query_is_counted_as_any_other(alice: Member) -> None:
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        statements.rows(named, name="Alice")
        statements.rows(named, name="Bob")
    assert len(asked) == 2


def test_what_is_made_of_a_row_is_what_django_makes_of_it(alice: Member) -> None:
    names = [field.attname for field in Member._meta.concrete_fields]
    row = Member.objects.filter(pk=alice.pk).values_list(*names).get()
    made = statements.made(Member, names, row)
    django = Member.objects.get(pk=alice.pk)
    assert {name: getattr(made, name) for name in names} == {
        name: getattr(django, name) for name in names
    }
    assert (made._state.adding, made._state.db) == (django._state.adding, django._state.db)
    made.role = "viewer"
    made.save(update_fields=["role"])
    assert Member.objects.get(pk=alice.pk).role == "viewer"
    assert made.person == alice.person


def test_a_row_that_is_there_is_not_inserted_again(alice: Member) -> None:
    def person(name: str) -> Person:
        host, at = alice.person.host, alice.person.asserted_at
        return Person(host=host, subject="zoe", name=name, asserted_at=at)

    first, second = person("Zoe"), person("Zoe again")
    assert statements.insert_row(first, unless=("host", "subject"))
    assert not statements.insert_row(second, unless=("host", "subject"))
    assert second.pk is None
    assert [one.name for one in Person.objects.filter(subject="zoe")] == ["Zoe"]
    assert Person.objects.get(subject="zoe") == first
