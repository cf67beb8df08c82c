"""Does each ticket stand in the queue once, whatever the order, and do counts stop?"""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from handrail.engines.conversations.models import Conversation, Priority, Tag, Tagging
from handrail.mediums.tickets.console import paging
from handrail.mediums.tickets.console.filters import SORTS, QueueFilters
from handrail.mediums.tickets.lists import PAGE
from handrail.mediums.tickets.states import Status
from handrail.people.models import Agent, Member
from tests.making import ticket_of, viewer_of
from tests.strangers import asked

pytestmark = pytest.mark.django_db

MANY = 2 * PAGE + 5


@pytest.fixture
def many(alice: Member) -> list[Conversation]:
    """Tickets that share their moments and priorities; some are due, some are closed."""
    now = timezone.now()
    rows = []
    for number in range(MANY):
        row = ticket_of(alice, f"Ticket {number}").conversation
        row.last_message_at = now - timedelta(hours=number % 3)
        row.priority = Priority.values[number % 4]
        row.due_at = now + timedelta(hours=number % 5) if number % 2 else None
        if number % 7 == 0:
            row.status, row.closed_at = Status.CLOSED, now
        rows.append(row)
    fields = ["last_message_at", "priority", "due_at", "status", "closed_at"]
    Conversation.objects.bulk_update(rows, fields)
    return rows


def read_on(dora: Agent, sort: str, **given: str) -> list[Conversation]:
    """All rows, page after page."""
    filters = QueueFilters({"view": "all", "sort": sort, **given})
    shown, before = [], ""
    while True:
        page = paging.queue_page(viewer_of(dora), filters, before)
        assert len(page.rows) <= PAGE
        shown += page.rows
        if not (before := page.before):
            return shown


@pytest.mark.parametrize("sort", SORTS)
def test_every_ticket_stands_in_each_order_once(
    many: list[Conversation], dora: Agent, sort: str
) -> None:
    shown = [row.pk for row in read_on(dora, sort)]
    assert len(shown) == MANY
    assert set(shown) == {row.pk for row in many}


@pytest.mark.parametrize("sort", SORTS)
def test_what_has_a_tag_stands_in_the_order_of_all(
    many: list[Conversation], dora: Agent, sort: str
) -> None:
    vip, other = Tag.objects.create(name="vip"), Tag.objects.create(name="other")
    tagged = many[::2] + many[1::10]
    Tagging.objects.bulk_create(
        Tagging(conversation=row, tag=tag, last_message_at=row.last_message_at)
        for tag, rows in ((vip, tagged), (other, many))
        for row in rows
    )
    wanted = {row.pk for row in tagged}
    assert len(wanted) > PAGE
    expected = [row.pk for row in read_on(dora, sort) if row.pk in wanted]
    assert [row.pk for row in read_on(dora, sort, tag="vip")] == expected


def test_the_orders_are_what_they_say(many: list[Conversation], dora: Agent) -> None:
    numbers = [row.pk for row in read_on(dora, "newest")]
    assert numbers == sorted(numbers, reverse=True)
    last = [(row.last_message_at, row.pk) for row in read_on(dora, "last")]
    assert last == sorted(last, reverse=True)
    pressing = [row.priority for row in read_on(dora, "priority") if row.closed_at is None]
    assert pressing == sorted(pressing, reverse=True)
    due = [row.due_at for row in read_on(dora, "due")]
    deadlines = [moment for moment in due if moment]
    assert due[: len(deadlines)] == sorted(deadlines)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "nonsense",
    [
        "x",
        "~~~",
        "0",
        "0~x~1",
        "9~1",
        "1~2026-01-01~5",
        "0~9999-12-31T23:59:59-14:00~1",
        "0~0001-01-01T00:00:00+14:00~1",
        "0~99999999999999999999~1",
        "0~-99999~2026-01-01T00:00:00+00:00~1",
        "0~٣",
        "\0~1",
    ],
)
def test_a_key_that_is_nonsense_is_the_first_page_or_empty(
    alice: Member, dora: Agent, sort: str, nonsense: str
) -> None:
    ticket_of(alice, "Ticket")
    filters = QueueFilters({"view": "all", "sort": sort})
    shown = paging.queue_page(viewer_of(dora), filters, nonsense)
    assert [row.subject for row in shown.rows] in (["Ticket"], [])


def test_a_row_has_all_that_it_shows(
    carol: Member, dora: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = ticket_of(carol, "Where is my money?")
    [row] = paging.queue_page(viewer_of(dora), QueueFilters({}), "").rows
    with django_assert_num_queries(0):
        assert row.account == carol.account
        assert vars(row)["asker"] == "Carol"
        assert row.ticket.issue_type == ticket.issue_type


def test_a_row_of_somebody_unknown_has_the_name_that_they_gave(dora: Agent) -> None:
    asked(name="Kim")
    [row] = paging.queue_page(viewer_of(dora), QueueFilters({}), "").rows
    assert (vars(row)["asker"], vars(row)["is_proved"]) == ("Kim", False)


def test_counts_say_how_many_and_stop(
    many: list[Conversation], dora: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = len([row for row in many if row.closed_at])
    counts = paging.view_counts(viewer_of(dora))
    assert counts == {
        "waiting": MANY - closed,
        "mine": 0,
        "unassigned": MANY - closed,
        "all": MANY,
        "closed": closed,
    }
    monkeypatch.setattr(paging, "MOST_COUNTED", 10)
    assert paging.view_counts(viewer_of(dora))["all"] == 11
