"""Is a crowd as believable as what people write, whole, and the same each time?"""

import io
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from handrail.config.demo import load_crowd
from handrail.config.demo.crowd import AGENTS, PREFIX
from handrail.config.demo.load import CONTENT
from handrail.config.demo.phrases import Phrases
from handrail.config.progress import Bar
from handrail.engines.conversations import archive
from handrail.engines.conversations.models import Conversation, Message, MessageKind
from handrail.engines.notify.models import OutgoingMail
from handrail.engines.search.models import ArchiveEntry
from handrail.engines.search.words import question
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import Status
from handrail.people.models import Account, Agent, Host, Member
from handrail.people.viewer import SYSTEM, viewer_for_member
from tests.making import ticket_of

TICKETS = 400


@pytest.fixture
def crowd(host: Host) -> Iterator[list[int]]:
    told: list[int] = []
    load_crowd(TICKETS, told.append, host)
    yield told


def test_it_has_as_many_tickets_as_were_asked_for_and_a_tenth_as_many_accounts(
    crowd: list[int],
) -> None:
    assert Conversation.objects.count() == Ticket.objects.count() == TICKETS
    assert Ticket.objects.filter(conversation__category=F("issue_type_id")).count() == TICKETS
    assert Account.objects.filter(external_id__startswith=PREFIX).count() == TICKETS / 10
    assert Agent.objects.count() == AGENTS
    assert crowd == [TICKETS]


def test_nobody_writes_to_a_crowd_that_is_silent(crowd: list[int]) -> None:
    assert actions.remind_silent(SYSTEM) == actions.close_silent(SYSTEM) == 0
    assert not OutgoingMail.objects.exists()


def test_every_ticket_begins_with_its_creators_words(crowd: list[int]) -> None:
    for ticket in Conversation.objects.select_related("creator"):
        first = ticket.messages.oldest_first().first()
        assert first is not None
        assert first.member_id == ticket.creator_id
        assert first.body
        assert ticket.creator is not None
        assert ticket.creator.account_id == ticket.account_id
        assert first.created_at == ticket.created_at


def test_most_are_closed_and_those_that_are_not_wait_for_somebody(crowd: list[int]) -> None:
    closed = Conversation.objects.filter(status=Status.CLOSED)
    assert TICKETS * 0.8 < closed.count() < TICKETS
    assert not closed.exclude(closed_at=F("last_message_at")).exists()
    assert not Conversation.objects.exclude(status=Status.CLOSED).exclude(closed_at=None).exists()
    assert not Conversation.objects.filter(status=Status.OPEN, messages__agent__isnull=False)
    assert set(Status) == set(Conversation.objects.values_list("status", flat=True).distinct())


def test_threads_have_replies_of_both_sides_and_notes(crowd: list[int]) -> None:
    replies = Message.objects.filter(kind=MessageKind.REPLY)
    assert TICKETS * 2 < replies.count() < TICKETS * 4
    assert replies.exclude(agent=None).exists()
    assert Message.objects.filter(kind=MessageKind.NOTE, member=None).exists()
    assert not Message.objects.filter(body__contains="{").exists()


def test_it_is_found_as_if_it_had_been_written(crowd: list[int]) -> None:
    """The archive holds, row for row, what it would hold had it been made anew."""
    before = _archived()
    assert len(before) > TICKETS
    for conversation in Conversation.objects.all()[:50]:
        archive.write(conversation)
    assert _archived() == before


def _archived() -> set[tuple[object, ...]]:
    rows = ArchiveEntry.objects.values_list("medium", "thing_id", "layer", "part", "scope", "words")
    return set(rows)


def test_members_find_what_their_crowd_wrote(crowd: list[int]) -> None:
    opening = Message.objects.filter(member__person__locale="en").select_related("member")[0]
    assert opening.member is not None
    viewer = viewer_for_member(opening.member)
    word = max(opening.body.split(), key=len)
    assert opening.conversation_id in archive.find(viewer, "tickets", question(word))


def test_it_speaks_many_languages(crowd: list[int]) -> None:
    spoken = set(Member.objects.values_list("person__locale", flat=True))
    assert {"en", "de"} < spoken
    assert len(spoken) >= 5


def test_asked_for_more_it_grows_and_asked_again_it_stays(crowd: list[int], host: Host) -> None:
    before = set(Conversation.objects.values_list("public_id", flat=True))
    load_crowd(TICKETS, crowd.append, host)
    assert set(Conversation.objects.values_list("public_id", flat=True)) == before
    load_crowd(TICKETS + 60, crowd.append, host)
    after = set(Conversation.objects.values_list("public_id", flat=True))
    assert before < after
    assert len(after) == TICKETS + 60


def test_the_next_ticket_gets_the_next_number(crowd: list[int], alice: Member) -> None:
    highest = Conversation.objects.order_by("-number")[0].number
    opened = ticket_of(alice).conversation.number
    assert highest is not None
    assert opened == highest + 1


@pytest.mark.once
def test_every_sentence_can_be_filled() -> None:
    phrases = Phrases(tomllib.loads((CONTENT / "crowd.toml").read_text(encoding="utf-8")))
    slots = phrases.slots(Random(1))  # noqa: S311  made-up words
    for language in phrases.languages.values():
        for sentences in (language.subjects, language.asked, language.more, language.answered):
            assert all("{" not in each.format_map(slots) for each in sentences)
        assert all(len(each.format_map(slots)) <= 140 for each in language.subjects)


@pytest.mark.once
def test_a_number_below_one_is_refused(db: None, tmp_path: Any, settings: Any) -> None:
    settings.ENV = replace(settings.ENV, data=tmp_path)
    with pytest.raises(CommandError, match="above 0"):
        call_command("demo", tickets=-1, verbosity=0)


@pytest.mark.once
def test_progress_is_told_in_tenths_where_no_terminal_is() -> None:
    out = io.StringIO()
    bar = Bar(out, "Tickets", 100)
    for done in range(5, 101, 5):
        bar(done)
    lines = out.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[-1].startswith("Tickets: 100 of 100")
