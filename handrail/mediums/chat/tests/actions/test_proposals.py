"""Is anything written as the member only after their yes, once, and checked?"""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Attachment, Conversation, Message
from handrail.hub.tools import NoSuchTool, Refused
from handrail.mediums.chat import actions
from handrail.mediums.chat.actions import NotNow
from handrail.mediums.chat.models import Chat, Proposal, ProposalState
from handrail.people.models import Agent, Member, PlanEntitlement
from tests.chats import chat_of, live_chat_of, said
from tests.making import ticket_of, upload, viewer_of, words
from tests.racing import at_once

pytestmark = pytest.mark.django_db

OPEN = "tickets.open"


def proposed(member: Member, chat: Chat | None = None, **given: Any) -> Proposal:
    chat = chat or chat_of(member, "The spring campaign shows no clicks.")
    return actions.propose(viewer_of(member), chat, OPEN, given)


def tickets() -> list[Conversation]:
    return list(Conversation.objects.filter(kind="tickets").order_by("pk"))


def yes(member: Member, proposal: Proposal, **changes: Any) -> Proposal:
    given = proposal.arguments | changes
    return actions.confirm(viewer_of(member), proposal, given)


def test_a_form_is_filled_in_with_what_was_said_and_nothing_is_done(alice: Member) -> None:
    chat = chat_of(alice, "Hello")
    said(alice, chat, "The invoice of May is wrong.\nIt has two fees.")
    said(alice, chat, "Can you look?")
    proposal = proposed(alice, chat)
    assert proposal.state == ProposalState.OPEN
    assert proposal.arguments["subject"] == "The invoice of May is wrong. It has two fees."
    body = "The invoice of May is wrong.\nIt has two fees.\n\nCan you look?"
    assert proposal.arguments["body"] == body
    assert proposal.message.body == "Shall I open this ticket for you?"
    assert tickets() == []


def test_a_long_first_line_is_cut_between_words(alice: Member) -> None:
    proposal = proposed(alice, chat_of(alice, "clicks " * 60))
    assert len(proposal.arguments["subject"]) <= 140
    assert proposal.arguments["subject"].endswith("clicks…")
    assert yes(alice, proposal).state == ProposalState.DONE


def test_yes_opens_the_ticket_as_the_member_with_what_they_wrote_at_last(alice: Member) -> None:
    proposal = yes(alice, proposed(alice), subject="Clicks are missing")
    [ticket] = tickets()
    assert proposal.state == ProposalState.DONE
    assert (ticket.creator, ticket.subject) == (alice, "Clicks are missing")
    assert str(ticket.number) in proposal.result["text"]
    assert proposal.result["things"][0]["ref"] == str(ticket.ref)
    opened = Activity.objects.get(verb="tickets.opened")
    assert opened.member == alice
    assert opened.detail["source"] == str(proposal.conversation.ref)


def test_yes_twice_is_one_ticket(alice: Member) -> None:
    proposal = proposed(alice)
    for subject in ("First", "Second"):
        assert yes(alice, proposal, subject=subject).state == ProposalState.DONE
    assert [ticket.subject for ticket in tickets()] == ["First"]


@pytest.mark.django_db(transaction=True)
def test_yes_at_the_same_moment_is_one_ticket(alice: Member) -> None:
    proposal = proposed(alice)
    done = at_once([partial(yes, alice, proposal) for _ in range(4)])
    assert {one.state for one in done} == {ProposalState.DONE}
    assert len(tickets()) == 1


def test_files_of_the_chat_come_along_unless_they_are_not_to(alice: Member) -> None:
    sent = words(attachment_ids=[upload(alice).public_id])
    chat = chat_of(alice, draft=sent)
    proposal = proposed(alice, chat)
    actions.confirm(viewer_of(alice), proposal, proposal.arguments, with_files=False)
    assert Attachment.objects.count() == 1
    yes(alice, proposed(alice, chat))
    copy = Attachment.objects.latest("pk")
    assert copy.message
    assert copy.message.conversation == tickets()[1]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 141}, "subject"),
        ({"issue_type": "A" * 22}, "issue_type"),
        ({"body": ["x"]}, "body"),
        ({"creator": "carol"}, ""),
        ({"is_shared": "true"}, ""),
    ],
)
def test_what_does_not_fit_is_refused_and_can_be_said_again(
    alice: Member, changes: dict[str, Any], field: str
) -> None:
    proposal = proposed(alice)
    with pytest.raises(Refused) as refused:
        yes(alice, proposal, **changes)
    assert set(refused.value.errors) == {field}
    assert tickets() == []
    assert yes(alice, proposal).state == ProposalState.DONE


def test_no_is_no(alice: Member) -> None:
    proposal = proposed(alice)
    assert actions.decline(viewer_of(alice), proposal).state == ProposalState.DECLINED
    assert yes(alice, proposal).state == ProposalState.DECLINED
    assert tickets() == []


def test_no_after_yes_undoes_nothing(alice: Member) -> None:
    proposal = yes(alice, proposed(alice))
    assert actions.decline(viewer_of(alice), proposal).state == ProposalState.DONE


def test_one_waits_at_a_time(alice: Member) -> None:
    chat = chat_of(alice, "No clicks.")
    first, second = proposed(alice, chat), proposed(alice, chat)
    assert yes(alice, first).state == ProposalState.DECLINED
    assert yes(alice, second).state == ProposalState.DONE


def test_nobody_says_yes_for_another(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    proposal = proposed(alice)
    for somebody in (bob, carol, dora):
        for act in (
            partial(actions.confirm, viewer_of(somebody), proposal, proposal.arguments),
            partial(actions.decline, viewer_of(somebody), proposal),
        ):
            with pytest.raises(PermissionDenied):
                act()
    for viewer in (actions.ASSISTANT,):
        with pytest.raises(PermissionDenied):
            actions.confirm(viewer, proposal, proposal.arguments)
    assert tickets() == []
    assert Proposal.objects.get().state == ProposalState.OPEN
    assert not Proposal.objects.visible_to(viewer_of(bob)).exists()


def test_nobody_proposes_in_the_chat_of_another(alice: Member, bob: Member) -> None:
    chat = chat_of(alice, "No clicks.")
    with pytest.raises(PermissionDenied):
        proposed(bob, chat)
    with pytest.raises(PermissionDenied):
        actions.use_tool(viewer_of(bob), chat, "tickets.status")
    assert not Proposal.objects.exists()


def test_what_is_not_there_and_what_only_reads_is_not_proposed(alice: Member) -> None:
    chat = chat_of(alice, "No clicks.")
    for name in ("tickets.status", "tickets.delete", "people.promote", ""):
        with pytest.raises(NoSuchTool):
            actions.propose(viewer_of(alice), chat, name)
    for name in (OPEN, "nothing"):
        with pytest.raises(NoSuchTool):
            actions.use_tool(viewer_of(alice), chat, name)


def test_who_lost_the_right_meanwhile_has_it_said_and_nothing_done(alice: Member) -> None:
    proposal = proposed(alice)
    PlanEntitlement.objects.filter(key="tickets.open").delete()
    failed = yes(alice, proposal)
    assert failed.state == ProposalState.FAILED
    assert failed.result["text"] == "That did not work. Nothing was changed."
    assert tickets() == []


def test_in_a_chat_that_ended_nothing_is_done(alice: Member) -> None:
    chat = chat_of(alice, "No clicks.")
    proposal = proposed(alice, chat)
    actions.end(viewer_of(alice), chat)
    with pytest.raises(NotNow):
        yes(alice, proposal)
    with pytest.raises(NotNow):
        proposed(alice, chat)
    assert tickets() == []


def test_yes_counts_also_when_an_agent_has_come_meanwhile(alice: Member, dora: Agent) -> None:
    proposal = proposed(alice)
    chat = Chat.objects.select_related("conversation").get(pk=proposal.conversation_id)
    actions.accept(viewer_of(dora), chat)
    assert yes(alice, proposal).state == ProposalState.DONE


def test_with_an_agent_nothing_new_is_proposed(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora)
    with pytest.raises(NotNow):
        proposed(alice, chat)


def test_what_reads_is_done_at_once(alice: Member, carol: Member) -> None:
    ticket_of(carol, "Of Globex")
    ticket_of(alice, "Mine")
    message = actions.use_tool(viewer_of(alice), chat_of(alice, "Hello"), "tickets.status")
    assert message.member is None
    assert [thing["title"] for thing in message.detail["result"]["things"]] == ["Mine"]
    assert "Globex" not in str(message.detail)
    assert Message.objects.filter(detail__assistant=True).count() == 1
