"""Who finds which conversation by which words? The same answers on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.engines.conversations import archive
from handrail.engines.conversations.models import Conversation
from handrail.engines.search import actions as search
from handrail.engines.search import archive as index
from handrail.engines.search.models import ArchiveEntry, Layer
from handrail.engines.search.words import question
from handrail.mediums.tickets import actions
from handrail.people.models import Agent, Member
from tests.making import note, reply, ticket_of, viewer_of, words

pytestmark = pytest.mark.django_db

SUBJECT = "Überweisung INV-20431 is late"
TEXT = "The café paid alice@acme.example. Оплата за май; الفاتورة ; 請求書です; so late again."

FOUND = [
    "late",
    "LATE",
    "lat",
    "late inv",
    "überweisung",
    "uberweisung",
    "cafe",
    "café",
    "INV-20431",
    "20431",
    '"so late"',
    '"late again"',
    "aga* late",
    "alice@acme.example",
    "acme.ex",
    "оплата май",
    "الفاتورة",
    "請求",
    "請求書",
    '"is late',
    "late late late",
    "late\0again",
]
MISSED = [
    "later",
    '"late so"',
    "at",
    "求請",
    "late OR nothing",
    "late AND NOT paid",
    "NEAR(late paid)",
    "subject:late",
    "#20431x",
    "late -again nothing",
    "a|b",
    "zzz | late",
    "late & zzz",
    "x" * 10_000,
]
NOTHING = ["", "   ", '"', "***", "()", "!&|", "\0", ":*", "^", "'", "''", "\\"]


def found(who: Member | Agent, text: str) -> list[int]:
    return archive.find(viewer_of(who), "tickets", question(text))


@pytest.mark.parametrize("text", FOUND)
def test_what_is_there_is_found(text: str, alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, SUBJECT, message=words(TEXT))
    ticket_of(alice, "Something else")
    assert found(alice, text) == [ticket.pk]
    assert found(dora, text) == [ticket.pk]


@pytest.mark.parametrize("few", [0, 10**9])
def test_the_newest_are_found_first_whether_few_or_many_are_expected(
    few: int, alice: Member, carol: Member, dora: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "FEW", few)
    tickets = [ticket_of(who, SUBJECT).pk for who in (alice, carol, alice)]
    assert found(dora, "late") == tickets[::-1]
    assert found(alice, "late") == [tickets[2], tickets[0]]


@pytest.mark.parametrize("text", [*MISSED, *NOTHING])
def test_what_is_not_there_is_not_found(text: str, alice: Member) -> None:
    ticket_of(alice, SUBJECT, message=words(TEXT))
    assert found(alice, text) == []


def test_a_ticket_is_found_by_its_number_and_by_nothing_that_only_begins_like_it(
    alice: Member,
) -> None:
    ticket = ticket_of(alice)
    number = str(ticket.conversation.number)
    assert found(alice, f"#{number}") == found(alice, number) == [ticket.pk]
    assert found(alice, number[:4]) == [ticket.pk]
    assert found(alice, f"#{number[:4]}") == []


def test_replies_of_both_sides_are_found_and_the_newest_ticket_comes_first(
    alice: Member, dora: Agent
) -> None:
    first, second = ticket_of(alice), ticket_of(alice)
    reply(dora, first, "We sent a pelican.")
    reply(alice, second, "No pelican came.")
    assert found(alice, "pelican") == [second.pk, first.pk]
    assert found(alice, "since pelican") == [second.pk, first.pk]


def test_internal_notes_are_found_by_agents_alone(alice: Member, bob: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, is_shared=True)
    note(dora, ticket, "They are about to cancel, says the walrus.")
    assert found(dora, "walrus") == [ticket.pk]
    assert found(alice, "walrus") == found(bob, "walrus") == []


def test_only_those_find_it_who_may_see_it(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice, "A heron", is_shared=False)
    assert (found(alice, "heron"), found(bob, "heron")) == ([ticket.pk], [])
    actions.share(viewer_of(alice), ticket, True)
    assert (found(alice, "heron"), found(bob, "heron")) == ([ticket.pk], [ticket.pk])
    actions.share(viewer_of(alice), ticket, False)
    assert (found(alice, "heron"), found(bob, "heron")) == ([ticket.pk], [])
    assert found(carol, "heron") == []
    assert found(carol, f"heron ticketsaccount{alice.account_id}") == []
    assert found(carol, "ticketsagents") == found(alice, "ticketsagents") == []


def test_an_editor_and_a_visitor_find_nothing(alice: Member) -> None:
    from handrail.people.viewer import viewer_for_nobody

    ticket_of(alice, "A heron")
    assert archive.find(viewer_for_nobody(), "tickets", question("heron")) == []


def test_a_very_long_thread_goes_on_in_another_row(
    alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PART_LENGTH", 10)
    ticket = ticket_of(alice, "Counting", message=words("one two three four"))
    reply(alice, ticket, "five six seven eight nine ten eleven")
    reply(alice, ticket, " ".join(f"sheep{n}" for n in range(25)))
    parts = ArchiveEntry.objects.filter(thing_id=ticket.pk, layer=Layer.PUBLIC)
    assert parts.count() > 2
    assert all(len(part.words.split()) <= 10 for part in parts)
    for word in ("one", "eleven", "sheep0", "sheep24"):
        assert found(alice, word) == [ticket.pk]


def test_writing_anew_finds_the_same(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, SUBJECT, message=words(TEXT))
    reply(dora, ticket, "We look into it.")
    note(dora, ticket, "A walrus.")
    before = list(ArchiveEntry.objects.order_by("layer").values_list("layer", "scope", "words"))
    search.forget("tickets", ticket.pk)
    assert found(dora, "late") == []
    archive.write(Conversation.objects.get(pk=ticket.pk))
    after = list(ArchiveEntry.objects.order_by("layer").values_list("layer", "scope", "words"))
    assert before == after
    assert found(dora, "walrus") == [ticket.pk]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=80))
def test_whatever_is_asked_is_answered(alice: Member, carol: Member, text: str) -> None:
    mine = ticket_of(alice, "Mine", message=words(text.replace("\0", "") or "-"))
    assert set(found(alice, text)) <= set(
        Conversation.objects.visible_to(viewer_of(alice)).values_list("pk", flat=True)
    )
    assert mine.pk not in found(carol, text)
