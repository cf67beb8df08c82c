"""Does a yes that is typed do what the button does, once, and only below what waits for it?"""

from functools import partial

import pytest

from handrail.engines.conversations.models import Conversation
from handrail.mediums.chat import actions
from handrail.mediums.chat.assistant import answering
from handrail.mediums.chat.assistant.agreeing import agreed
from handrail.mediums.chat.models import Chat, Proposal, ProposalState
from handrail.people.models import Agent, Member
from tests.chats import chat_of, live_chat_of, said
from tests.making import upload, viewer_of
from tests.racing import at_once

pytestmark = pytest.mark.django_db

OPEN = "tickets.open"


def proposed(member: Member, body: str = "The spring campaign shows no clicks.") -> Proposal:
    """Below what the member said last, and the assistant did not answer."""
    chat = chat_of(member, body)
    return actions.propose(viewer_of(member), chat, OPEN)


def typed(member: Member, proposal: Proposal, text: str) -> Proposal:
    chat = Chat.objects.get(pk=proposal.conversation_id)
    said(member, chat, text)
    answering.answer_owed(chat.pk)
    return Proposal.objects.get(pk=proposal.pk)


def last(proposal: Proposal) -> str:
    messages = proposal.conversation.messages.filter(kind="reply", member=None)
    return str(messages.order_by("-pk")[0].body)


def tickets() -> list[Conversation]:
    return list(Conversation.objects.filter(kind="tickets").order_by("pk"))


@pytest.mark.parametrize("text", ["yes", "Ja, bitte!", "oui merci", "S\u00ed, por favor"])
def test_a_yes_does_it_as_the_button_does_and_says_so(alice: Member, text: str) -> None:
    proposal = typed(alice, proposed(alice), text)
    assert proposal.state == ProposalState.DONE
    (ticket,) = tickets()
    assert (ticket.creator, ticket.subject) == (alice, "The spring campaign shows no clicks.")
    assert last(proposal) == f"Your ticket #{ticket.number} is open. We answer there, and by email."
    line = proposal.conversation.messages.order_by("-pk")[0]
    assert line.detail["result"] == proposal.result
    assert text not in ticket.messages.get().body


@pytest.mark.parametrize("text", ["no", "Nein, danke.", "non merci"])
def test_a_no_leaves_it(alice: Member, text: str) -> None:
    proposal = typed(alice, proposed(alice), text)
    assert proposal.state == ProposalState.DECLINED
    assert tickets() == []
    assert last(proposal).startswith("All right, I leave it.")


@pytest.mark.parametrize("text", ["yes, but not yet", "yes?", "Who reads it?", "maybe"])
def test_all_else_is_an_ordinary_message(alice: Member, text: str) -> None:
    proposal = typed(alice, proposed(alice), text)
    assert proposal.state == ProposalState.OPEN
    assert tickets() == []


def test_a_yes_to_something_else_is_not_one_to_the_form(alice: Member) -> None:
    proposal = typed(alice, proposed(alice), "How long does that take?")
    assert typed(alice, proposal, "yes").state == ProposalState.OPEN
    assert tickets() == []


def test_what_is_missing_in_the_form_is_told_by_its_name(alice: Member) -> None:
    proposal = proposed(alice)
    actions.fill_in(viewer_of(alice), proposal, {"subject": ""})
    proposal = typed(alice, proposal, "yes")
    assert proposal.state == ProposalState.OPEN
    assert "Subject: Fill this in." in last(proposal)


def test_what_was_written_into_the_form_is_what_a_yes_means(alice: Member) -> None:
    proposal = proposed(alice)
    given = proposal.arguments | {"subject": "Clicks of May"}
    actions.fill_in(viewer_of(alice), proposal, given)
    typed(alice, proposal, "yes")
    assert [one.subject for one in tickets()] == ["Clicks of May"]


def test_what_is_written_into_it_later_changes_nothing(alice: Member) -> None:
    proposal = typed(alice, proposed(alice), "no")
    actions.fill_in(viewer_of(alice), proposal, {"subject": "Late"})
    proposal.refresh_from_db()
    assert proposal.arguments["subject"] != "Late"


def test_after_a_button_a_word_does_nothing_anew(alice: Member) -> None:
    proposal = proposed(alice)
    actions.confirm(viewer_of(alice), proposal, proposal.arguments)
    typed(alice, proposal, "ok")
    assert len(tickets()) == 1
    assert "is open" in last(proposal)
    assert typed(alice, proposal, "no").state == ProposalState.DONE


def test_a_file_beside_it_says_more_than_yes(alice: Member) -> None:
    proposal = proposed(alice)
    chat = Chat.objects.get(pk=proposal.conversation_id)
    said(alice, chat, "yes", attachment_ids=[upload(alice).public_id])
    assert agreed(viewer_of(alice), answering.lines_of(chat)) is None


def test_with_an_agent_a_yes_is_said_to_them(alice: Member, dora: Agent) -> None:
    proposal = proposed(alice)
    chat = live_chat_of(alice, dora)
    said(alice, chat, "yes")
    answering.answer_owed(chat.pk)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN
    assert tickets() == []


@pytest.mark.parametrize("other", ["bob", "carol"])
def test_anothers_form_is_not_theirs_to_say_yes_to(
    alice: Member, other: str, request: pytest.FixtureRequest
) -> None:
    proposal = proposed(alice)
    stranger: Member = request.getfixturevalue(other)
    chat = Chat.objects.get(pk=proposal.conversation_id)
    said(alice, chat, "yes")
    assert agreed(viewer_of(stranger), answering.lines_of(chat)) is None
    assert tickets() == []


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_hear_it_at_once_do_it_once(alice: Member) -> None:
    proposal = proposed(alice)
    chat = Chat.objects.get(pk=proposal.conversation_id)
    said(alice, chat, "yes")
    at_once([partial(answering.answer_owed, chat.pk) for _ in range(3)])
    assert len(tickets()) == 1
    messages = proposal.conversation.messages.filter(kind="reply", member=None)
    assert [one.body[:11] for one in messages.order_by("pk")] == ["Shall I ope", "Your ticket"]
