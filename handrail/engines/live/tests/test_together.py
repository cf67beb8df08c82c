"""Do writes that share a commit stay apart, in their order, failures and consequences?"""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from handrail.engines.live.together import Together
from handrail.people.models import Plan

pytestmark = pytest.mark.django_db(transaction=True)


def with_database(act: Callable[..., Any], *given: Any) -> Any:
    try:
        return act(*given)
    finally:
        connections.close_all()


class Refused(Exception):
    """Somebody may not."""


def write(name: str, commits: list[str]) -> str:
    """As an action does: a transaction of its own, and pages that are told after it."""
    with transaction.atomic():
        Plan.objects.create(key=f"together-{name}", name=name)
        transaction.on_commit(lambda: commits.append(name))
    return name


def write_and_fail(name: str, commits: list[str]) -> str:
    """As `_acted` does: what goes wrong is answered, not raised."""
    try:
        with transaction.atomic():
            write(name, commits)
            raise Refused
    except Refused:
        return f"{name} refused"


def names() -> list[str]:
    found = Plan.objects.filter(key__startswith="together-").order_by("pk")
    return list(found.values_list("name", flat=True))


def run(*acts: tuple[Callable[..., Any], str, list[str]]) -> list[Any]:
    """All of them at one moment, while the thread is held up by what came before."""

    async def go() -> list[Any]:
        together = Together(asyncio.get_running_loop(), with_database)
        is_asked = threading.Event()
        try:
            first = together.run(is_asked.wait, 20)
            rest = [together.run(act, name, commits) for act, name, commits in acts]
            is_asked.set()
            assert await first
            return list(await asyncio.wait_for(asyncio.gather(*rest), 20))
        finally:
            together.close()

    return asyncio.run(go())


def test_what_came_first_is_kept_first_and_each_hears_of_its_own() -> None:
    commits: list[str] = []
    given = [str(number) for number in range(40)]
    assert run(*((write, name, commits) for name in given)) == given
    assert names() == given
    assert commits == given


def test_what_fails_leaves_the_others_as_they_are() -> None:
    commits: list[str] = []
    asked = [(write, "a", commits), (write_and_fail, "b", commits), (write, "c", commits)]
    assert run(*asked) == ["a", "b refused", "c"]
    assert names() == commits == ["a", "c"]


def test_many_share_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[bool] = []
    atomic = transaction.atomic

    def counted(*given: Any, **named: Any) -> Any:
        began.append(connection.in_atomic_block)
        return atomic(*given, **named)

    monkeypatch.setattr(transaction, "atomic", counted)
    commits: list[str] = []
    run(*((write, str(number), commits) for number in range(5)))
    assert len(commits) == 5
    assert began.count(False) < 5


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="others take many at a time")
def test_where_they_cannot_be_kept_together_each_is_kept_alone() -> None:
    commits: list[str] = []

    def break_the_commit(name: str, commits: list[str]) -> str:
        """Foreign keys are looked at by the end, when the commit of all is refused."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO people_planentitlement (plan_id, key) VALUES (-1, 'nothing')"
                )
        except IntegrityError:
            return f"{name} refused"
        return name

    asked = [(write, "a", commits), (break_the_commit, "b", commits), (write, "c", commits)]
    assert run(*asked) == ["a", "b refused", "c"]
    assert names() == commits == ["a", "c"]


def test_a_page_that_left_meanwhile_is_not_answered_and_its_words_are_kept() -> None:
    commits: list[str] = []

    async def go() -> None:
        together = Together(asyncio.get_running_loop(), with_database)
        gone = together.run(write, "a", commits)
        gone.cancel()
        assert await asyncio.wait_for(together.run(write, "b", commits), 20) == "b"
        together.close()

    asyncio.run(go())
    assert names() == commits == ["a", "b"]
