"""Is what leaves as a file what the page says, for every reader and in every script?"""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.access import visible_conversations
from handrail.mediums.tickets.exports import table
from handrail.mediums.tickets.exports.pdf import as_pdf
from handrail.mediums.tickets.exports.transcript import as_text, transcript
from handrail.mediums.tickets.states import Act
from handrail.people.models import Agent, Member
from tests.making import note, reply, ticket_of, upload, viewer_of, words

pytestmark = pytest.mark.django_db


def test_the_text_has_the_whole_thread_in_order(alice: Member, dora: Agent) -> None:
    sent = upload(alice, "clicks.txt").public_id
    ticket = ticket_of(alice, message=words("Nothing since Monday.", attachment_ids=[sent]))
    reply(dora, ticket, "We look into it.", act=Act.ASK)
    text = as_text(transcript(viewer_of(alice), ticket))
    assert text.startswith(f"#{ticket.conversation.number} {ticket.conversation.subject}\n")
    parts = ["Created by: Alice", "Nothing since Monday.", "[clicks.txt]", "We look into it."]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "Dora asked for a response" in text


def test_times_are_in_the_readers_zone_and_say_so(alice: Member) -> None:
    ticket = ticket_of(alice)
    with timezone.override(alice.zone):
        text = as_text(transcript(viewer_of(alice), ticket))
    assert " CET" in text or " CEST" in text


def test_it_speaks_the_readers_language(alice: Member) -> None:
    with translation.override("ar"):
        told = transcript(viewer_of(alice), ticket_of(alice))
    assert told.language == "ar"
    assert told.is_rtl
    assert as_pdf(told).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "body", ["مرحبا بكم", "月曜日から", "Zażółć gęślą jaźń", "👋🏽", "a\n\n\nb\tc"]
)
def test_every_script_becomes_a_pdf(alice: Member, body: str) -> None:
    told = transcript(viewer_of(alice), ticket_of(alice, body, message=words(body)))
    assert as_pdf(told).startswith(b"%PDF-")


def test_agents_see_whose_it_is_and_members_not(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    note(dora, ticket, "Between us.")
    ours = as_text(transcript(viewer_of(dora), ticket, with_notes=True))
    assert "Priority: Normal" in ours
    assert "Dora (Internal note)" in ours
    theirs = as_text(transcript(viewer_of(alice), ticket, with_notes=True))
    assert "Priority" not in theirs
    assert "Between us." not in theirs


def test_what_was_changed_or_taken_back_is_in_no_file(
    alice: Member, bob: Member, dora: Agent
) -> None:
    """Old words are no part of a thread, for agents neither: they look at them one by one."""
    ticket = ticket_of(alice, is_shared=True)
    sent = upload(alice, "tulips.txt").public_id
    gone = reply(alice, ticket, "My password is tulip.", attachment_ids=[sent])
    changed = reply(alice, ticket, "Or it is crocus.")
    ours = note(dora, ticket, "They told us hyacinth.")
    conversations.remove(viewer_of(alice), ticket.conversation, gone)
    conversations.edit(viewer_of(alice), ticket.conversation, changed, "Or it is not.")
    conversations.remove(viewer_of(dora), ticket.conversation, ours)
    for who in (alice, bob, dora):
        told = transcript(viewer_of(who), ticket, with_notes=True)
        said = str(told.as_dict()) + as_text(told)
        assert "Or it is not." in said
        for word in ("tulip", "crocus", "hyacinth"):
            assert word not in said
        rows = visible_conversations(viewer_of(who))
        assert "tulip" not in "".join(table.lines(rows, who.zone))


def test_the_ticket_page_leads_to_its_files(alice: Member, browse: Callable[..., Client]) -> None:
    public_id = ticket_of(alice).conversation.public_id
    page = browse(alice).get(reverse("tickets:detail", args=[public_id])).content.decode()
    for name in ("export-pdf", "export-text"):
        assert reverse(f"tickets:{name}", args=[public_id]) in page


def test_the_table_holds_what_the_view_of_the_queue_holds(
    alice: Member, carol: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    waiting, answered = ticket_of(alice, "Open"), ticket_of(carol, "Answered, «über» all")
    reply(dora, answered, act=Act.ASK)
    rows = _rows(browse(dora), view="waiting")
    assert [row["Subject"] for row in rows] == ["Open"]
    assert rows[0]["Number"] == str(waiting.conversation.number)
    rows = _rows(browse(dora), view="all")
    assert [row["Subject"] for row in rows] == ["Answered, «über» all", "Open"]
    assert rows[0]["Account"] == "Globex"
    assert rows[0]["Assignee"] == "Dora"


def test_the_table_costs_one_query_however_long_it_is(
    alice: Member,
    dora: Agent,
    browse: Callable[..., Client],
    django_assert_max_num_queries: Any,
) -> None:
    client = browse(dora)
    for number in range(12):
        ticket_of(alice, f"Ticket {number}")
    with django_assert_max_num_queries(5):
        assert len(_rows(client, view="all")) == 12


def test_the_table_ends_where_it_must(
    alice: Member, dora: Agent, browse: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    for number in range(3):
        ticket_of(alice, f"Ticket {number}")
    rows = _rows(browse(dora), view="all")
    assert [row["Subject"] for row in rows] == ["Ticket 2", "Ticket 1"]


def _rows(client: Client, **query: str) -> list[dict[str, str]]:
    content = client.get(reverse("tickets-desk:export-table"), query).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))
