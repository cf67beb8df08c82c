"""Does a row say what it is, and show where it matches?"""

import pytest

from handrail.mediums.tickets.lists import MemberList, found
from handrail.mediums.tickets.rows import Row, rows_of
from handrail.people.models import Agent, Member
from tests.making import note, reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db


def rows(who: Member, q: str = "") -> list[Row]:
    viewer = viewer_of(who)
    search = found(viewer, q)
    return rows_of(viewer, MemberList(viewer, {"found": search}).page(""), search)


def test_a_row_says_who_wrote_it_and_who_sees_it(alice: Member, bob: Member) -> None:
    ticket_of(alice, is_shared=True)
    ticket_of(alice)
    assert [row.meta for row in rows(alice)] == ["You", "You · Shared"]
    assert [row.meta for row in rows(bob)] == ["Alice · Shared"]


def test_a_match_is_marked_in_the_subject_and_in_the_newest_reply_that_holds_it(
    alice: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice, "A heron in the report")
    reply(dora, ticket, "Which heron?")
    reply(alice, ticket, "The grey <b>Heron</b>, please.")
    note(dora, ticket, "Heron for us alone.")
    [row] = rows(alice, "heron")
    assert [part.text for part in row.marked_subject if part.is_marked] == ["heron"]
    assert "".join(part.text for part in row.excerpt) == "The grey <b>Heron</b>, please."


def test_without_a_search_nothing_is_marked(alice: Member) -> None:
    ticket_of(alice)
    [row] = rows(alice)
    assert (row.marked_subject, row.excerpt) == ([], [])
