"""Does each ticket stand in a list once, in the right one, and in order?"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client
from django.utils import timezone

from handrail.base import statements
from handrail.mediums.tickets import actions, lists
from handrail.mediums.tickets.lists import PAGE, MemberList
from handrail.mediums.tickets.states import Act, Status
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer, viewer_for_nobody
from tests.making import reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db


def pages_of(page: Callable[[str], lists.Page[lists.Listed]]) -> Iterator[list[str]]:
    """The subjects on each page, as somebody reads from the first page on."""
    before = ""
    while True:
        shown = page(before)
        yield [row.subject for row in shown.rows]
        before = shown.before
        if not before:
            return


def subjects(viewer: Viewer, **filters: str) -> set[str]:
    return {row.subject for row in MemberList(viewer, filters).page("").rows}


# --- Paging -------------------------------------------------------------------------------------


def test_tickets_of_one_moment_stand_in_the_list_once_each(alice: Member) -> None:
    """A page that began at "before this time" would lose or repeat all but one of them."""
    with time_machine.travel(timezone.now(), tick=False):
        for number in range(2 * PAGE + 3):
            ticket_of(alice, f"Ticket {number}")
    shown = list(pages_of(lambda before: MemberList(viewer_of(alice), {}).page(before)))
    assert [len(page) for page in shown] == [PAGE, PAGE, 3]
    all_of_them = [subject for page in shown for subject in page]
    assert all_of_them == [f"Ticket {number}" for number in reversed(range(2 * PAGE + 3))]


def test_the_newest_word_comes_first(alice: Member, dora: Agent) -> None:
    now = timezone.now()
    made = []
    for hours in (3, 2, 1):
        with time_machine.travel(now - timedelta(hours=hours)):
            made.append(ticket_of(alice, f"{hours} hours old"))
    reply(dora, made[0])
    rows = MemberList(viewer_of(alice), {}).page("").rows
    assert [row.subject for row in rows] == ["3 hours old", "1 hours old", "2 hours old"]


def test_a_full_page_without_more_leads_nowhere(alice: Member) -> None:
    for number in range(PAGE):
        ticket_of(alice, f"Ticket {number}")
    page = MemberList(viewer_of(alice), {}).page("")
    assert (len(page.rows), page.before) == (PAGE, "")


def test_the_end_of_a_page_moves_on_while_new_words_come(alice: Member, dora: Agent) -> None:
    made = [ticket_of(alice, f"Ticket {number}") for number in range(PAGE + 2)]
    first = MemberList(viewer_of(alice), {}).page("")
    reply(dora, made[-1])
    second = MemberList(viewer_of(alice), {}).page(first.before)
    assert [row.subject for row in second.rows] == ["Ticket 1", "Ticket 0"]


@pytest.mark.parametrize(
    "nonsense",
    [
        "x",
        "~",
        "~5",
        "2026-01-01~5",
        "2026-01-01T00:00:00~5",
        "2026-01-01T00:00:00+00:00~x",
        "2026-01-01T00:00:00+00:00~-1",
        "2026-01-01T00:00:00+00:00~99999999999999999999",
        "0001-01-01T00:00:00+14:00~1",
        "9999-12-31T23:59:59-14:00~1",
        "\0~1",
        "2026-01-01T00:00:00+00:00~٣",
    ],
)
def test_a_page_that_is_nonsense_is_the_first_or_empty(alice: Member, nonsense: str) -> None:
    ticket_of(alice, "Ticket")
    shown = MemberList(viewer_of(alice), {}).page(nonsense)
    assert [row.subject for row in shown.rows] in (["Ticket"], [])


@pytest.mark.parametrize("address", ["/help/tickets/", "/console/tickets/?view=all"])
def test_show_more_leads_to_the_next_page(
    alice: Member, dora: Agent, browse: Callable[..., Client], address: str
) -> None:
    for number in range(PAGE + 1):
        ticket_of(alice, f"Ticket number {number}.")
    browser = browse(alice if address.startswith("/help/") else dora)
    first = browser.get(address)
    more = first.context["more_url"]
    assert set(parse_qs(urlsplit(more).query)) >= {"before"}
    assert "Ticket number 0." not in first.content.decode()
    second = browser.get(more).content.decode()
    assert "Ticket number 0." in second
    assert "Ticket number 1." not in second


# --- A member's filters -------------------------------------------------------------------------


@pytest.fixture
def acme(alice: Member, bob: Member, dora: Agent) -> None:
    """Tickets of Acme's that differ in one thing each."""
    ticket_of(alice, "mine")
    reply(dora, ticket_of(alice, "mine, answered"), act=Act.ASK)
    ticket_of(bob, "Bob's own")
    ticket_of(bob, "Bob's, shared", is_shared=True)
    reply(dora, ticket_of(bob, "Bob's, shared, answered", is_shared=True), act=Act.ASK)


def test_all_users_means_all_that_one_may_see(acme: None, alice: Member) -> None:
    assert subjects(viewer_of(alice)) == {
        "mine",
        "mine, answered",
        "Bob's, shared",
        "Bob's, shared, answered",
    }


def test_filters_narrow_together(acme: None, alice: Member) -> None:
    viewer = viewer_of(alice)
    assert subjects(viewer, creator="me") == {"mine", "mine, answered"}
    assert subjects(viewer, status=Status.AWAITING) == {"mine, answered", "Bob's, shared, answered"}
    assert subjects(viewer, view="read") == {"mine", "Bob's, shared"}
    both = {"creator": "me", "status": Status.AWAITING}
    assert subjects(viewer, **both, view="unread") == {"mine, answered"}
    assert subjects(viewer, **both, view="read") == set()


def test_no_filter_shows_what_one_may_not_see(acme: None, carol: Member) -> None:
    for filters in ({}, {"creator": "me"}, {"status": "open"}, {"view": "unread"}):
        assert subjects(viewer_of(carol), **filters) == set()
    assert MemberList(viewer_for_nobody(), {}).page("").rows == []


# --- Kept texts ---------------------------------------------------------------------------------


def test_the_list_of_one_shows_the_next_nothing_of_theirs(
    acme: None, alice: Member, bob: Member, carol: Member
) -> None:
    """All three are asked with the same text, in turns."""
    ticket_of(carol, "of Globex")
    for _ in range(2):
        assert subjects(viewer_of(bob), creator="me") == {
            "Bob's own",
            "Bob's, shared",
            "Bob's, shared, answered",
        }
        assert "Bob's own" not in subjects(viewer_of(alice))
        assert subjects(viewer_of(carol)) == {"of Globex"}


@pytest.mark.parametrize("sort", lists.SORTS)
@pytest.mark.parametrize("view", ["", "unread", "read"])
@pytest.mark.parametrize("creator", ["", "me"])
def test_a_kept_text_finds_what_the_rule_finds(
    acme: None, alice: Member, bob: Member, carol: Member, sort: str, view: str, creator: str
) -> None:
    ticket_of(carol, "of Globex")
    for status in ("", Status.OPEN, Status.AWAITING, Status.CLOSED):
        filters = {"sort": sort, "view": view, "creator": creator, "status": status}
        for member in (alice, bob, carol):
            viewer, asked = viewer_of(member), lists.Asked.by(filters)
            anew = list(lists._page(viewer, asked))
            assert lists._read(lists._page, viewer, asked) == anew
            for row in anew:
                after = asked._replace(after=lists.Key(row[7], row[0]))
                assert lists._read(lists._page, viewer, after) == list(lists._page(viewer, after))


def test_one_text_serves_all_members(
    alice: Member, carol: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket_of(alice)
    for member, shown in ((alice, 1), (alice, 1), (carol, 0)):
        tickets = MemberList(viewer_of(member), {})
        assert len(tickets.page("").rows) == shown
        assert tickets.status_counts()[Status.OPEN] == shown
        monkeypatch.setattr(SQLCompiler, "as_sql", None)  # from now on nothing can be written


# --- Search, order, counts ----------------------------------------------------------------------


def test_search_and_filters_narrow_together(alice: Member, bob: Member, dora: Agent) -> None:
    ticket_of(alice, "A heron of mine")
    theirs = ticket_of(bob, "A heron of ours", is_shared=True)
    ticket_of(alice, "A stork")
    reply(dora, theirs)
    viewer = viewer_of(alice)

    def heron(**filters: str) -> set[str]:
        search = lists.found(viewer, "heron")
        return {
            row.subject for row in MemberList(viewer, {**filters, "found": search}).page("").rows
        }

    assert heron() == {"A heron of mine", "A heron of ours"}
    assert heron(creator="me") == {"A heron of mine"}
    assert heron(view="unread") == {"A heron of ours"}
    assert heron(status=Status.CLOSED) == set()


def test_the_database_has_the_last_word_on_what_is_found(alice: Member, bob: Member) -> None:
    """An index that proposed too much would show nobody more."""
    ticket = ticket_of(bob, "A heron")
    search = lists.Found([ticket.pk], [])
    assert MemberList(viewer_of(alice), {"found": search}).page("").rows == []


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_pages_go_on_in_every_order(alice: Member, dora: Agent, sort: str) -> None:
    made = [ticket_of(alice, f"Ticket {number:02}") for number in range(PAGE + 2)]
    reply(dora, made[3])
    viewer = viewer_of(alice)
    pages = list(pages_of(lambda before: MemberList(viewer, {"sort": sort}).page(before)))
    shown = [subject for page in pages for subject in page]
    assert [len(page) for page in pages] == [PAGE, 2]
    assert shown == sorted(shown, reverse=sort == "newest")


def test_each_status_is_counted_as_far_as_one_may_see(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    ticket_of(alice)
    ticket_of(bob, "Not for Alice")
    ticket_of(carol)
    closed = ticket_of(bob, is_shared=True)
    actions.move(viewer_of(dora), closed, Act.CLOSE)
    counts = lists.MemberList(viewer_of(alice), {}).status_counts()
    assert {status: number for status, number in counts.items() if number} == {
        Status.OPEN: 1,
        Status.CLOSED: 1,
    }
    assert lists.MemberList(viewer_of(alice), {"creator": "me"}).status_counts()[Status.CLOSED] == 0


def test_counts_stop(alice: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_COUNTED", 2)
    monkeypatch.setattr(statements._kept, "texts", {})  # written for a hundred, or for these two
    for _number in range(3):
        ticket_of(alice)
    assert lists.MemberList(viewer_of(alice), {}).status_counts()[Status.OPEN] == 2
