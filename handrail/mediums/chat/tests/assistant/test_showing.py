"""What of the assistant's lines is shown to whom?"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import Message
from handrail.mediums.chat import actions
from handrail.mediums.chat.assistant import answering
from handrail.mediums.chat.assistant.showing import ShownLine, shown_lines
from handrail.mediums.chat.assistant.transcribing import as_text
from handrail.mediums.chat.models import Chat, Reason
from handrail.people.models import Agent, Audience, Member
from handrail.people.viewer import Viewer
from tests.chats import chat_of, said
from tests.help_pages import changed, page_of, section_of
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db

PAYOUTS = "How long does a payout take?"
UNKNOWN = "Which zebra sleeps in the violin?"


@pytest.fixture
def page(installation: None) -> Any:
    return page_of(section_of("Money"), "Payouts", "How long a payout takes: five days.")


def fresh(chat: Chat) -> Chat:
    return Chat.objects.select_related("conversation").get(pk=chat.pk)


def asked(member: Member, text: str = PAYOUTS) -> Chat:
    chat = chat_of(member, text)
    answering.answer_owed(chat.pk)
    return fresh(chat)


def lines_of(chat: Chat) -> list[Message]:
    return list(Message.objects.filter(conversation_id=chat.pk).order_by("pk"))


def shown(viewer: Viewer, chat: Chat) -> ShownLine:
    """The last of the assistant's."""
    return list(shown_lines(viewer, fresh(chat), lines_of(chat)).values())[-1]


def transcript(viewer: Viewer, chat: Chat) -> str:
    return "\n".join(as_text(viewer, lines_of(chat)).values())


def test_an_answer_is_shown_with_its_sources(alice: Member, page: Any) -> None:
    line = shown(viewer_of(alice), asked(alice))
    assert line.answer
    assert line.answer.pieces[0].text == "How long a payout takes: five days."
    assert line.answer.sources[0].title == "Payouts"
    assert not line.is_gone
    assert not line.offers_person


def test_what_the_member_may_not_read_any_more_is_not_shown(
    alice: Member, dora: Agent, page: Any
) -> None:
    chat = asked(alice)
    assert "five days" in transcript(viewer_of(alice), chat)
    changed(page, audience=Audience.objects.get(key="partner"))
    line = shown(viewer_of(alice), chat)
    assert (line.answer, line.is_gone) == (None, True)
    assert "five days" not in transcript(viewer_of(alice), chat)
    assert "five days" not in "".join(one.body for one in lines_of(chat))


def test_buttons_are_below_the_last_line_while_the_assistant_has_it(
    alice: Member, dora: Agent, page: Any
) -> None:
    chat = asked(alice, UNKNOWN)
    line = shown(viewer_of(alice), chat)
    assert [tool.name for tool in line.offers] == ["tickets.open", "tickets.status"]
    assert line.offers_person
    agents = shown(viewer_of(dora), chat)
    assert (agents.offers, agents.offers_person) == ([], False)
    said(alice, chat, "hm")
    assert shown(viewer_of(alice), chat).offers == []
    actions.end(viewer_of(alice), chat)
    other = asked(alice, UNKNOWN)
    actions.ask_for_person(viewer_of(alice), other, Reason.BUTTON)
    assert not shown(viewer_of(alice), other).offers_person


def test_a_form_is_the_members_alone(alice: Member, dora: Agent) -> None:
    chat = chat_of(alice, "The invoice is wrong.")
    actions.propose(viewer_of(alice), chat, "tickets.open")
    form = shown(viewer_of(alice), chat).proposal
    assert form
    assert form.is_open
    assert form.may_answer
    values = {one.field.name: one.value for one in form.fields}
    assert values["subject"] == "The invoice is wrong."
    assert [one.label for one in form.preview] == ["Subject", "Issue type", "Description"]
    seen = shown(viewer_of(dora), chat).proposal
    assert seen
    assert not seen.may_answer
    assert "The invoice is wrong." in [one.value for one in seen.preview]


def test_what_came_of_it_leads_there(alice: Member) -> None:
    chat = chat_of(alice, "The invoice is wrong.")
    proposal = actions.propose(viewer_of(alice), chat, "tickets.open")
    actions.confirm(viewer_of(alice), proposal, proposal.arguments)
    done = shown(viewer_of(alice), chat).proposal
    assert done
    assert not done.may_answer
    assert done.things[0].title == "The invoice is wrong."
    assert done.things[0].url.startswith("/help/tickets/")
    assert "The invoice is wrong." in transcript(viewer_of(alice), chat)


def test_things_that_are_not_theirs_any_more_are_not_shown(alice: Member, bob: Member) -> None:
    ticket = ticket_of(bob, "Of Bob", is_shared=True)
    chat = chat_of(alice, "Hello")
    actions.use_tool(viewer_of(alice), chat, "tickets.status")
    assert [one.title for one in shown(viewer_of(alice), chat).things] == ["Of Bob"]
    conversations.share(ticket.conversation, False)
    assert shown(viewer_of(alice), chat).things == []
    assert "Of Bob" not in transcript(viewer_of(alice), chat)


def test_what_another_version_kept_is_no_answer(alice: Member, page: Any) -> None:
    chat = asked(alice)
    message = lines_of(chat)[-1]
    for nonsense in ({}, None, "x", {"outcome": "maybe"}, {"pieces": 5}):
        message.detail["answer"] = nonsense
        message.save()
        assert shown(viewer_of(alice), chat).is_gone


def test_many_lines_cost_what_one_costs(alice: Member, page: Any) -> None:
    chat = asked(alice)
    counts = []
    for _more in range(2):
        lines, now = lines_of(chat), fresh(chat)
        with CaptureQueriesContext(connection) as captured:
            shown_lines(viewer_of(alice), now, lines)
        counts.append(len(captured))
        for text in (PAYOUTS, UNKNOWN, PAYOUTS):
            said(alice, chat, text)
            answering.answer_owed(chat.pk)
        actions.use_tool(viewer_of(alice), chat, "tickets.status")
    assert counts[0] == counts[1]
