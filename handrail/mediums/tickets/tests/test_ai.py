"""What does an assistant do with tickets, for whom?"""

from uuid import uuid4

import pytest

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Attachment, Conversation, Message
from handrail.hub import tools
from handrail.hub.tools import Occasion, Refused, Result
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.states import Act
from handrail.people.models import Agent, Member
from handrail.people.viewer import system_viewer
from tests.making import picture, reply, ticket_of, upload, viewer_of, words

pytestmark = pytest.mark.django_db

GIVEN = {"subject": "No clicks", "body": "Since Monday."}


def open_as(member: Member, **given: str) -> tuple[Result, Ticket]:
    result = tools.do(viewer_of(member), "tickets.open", GIVEN | given, Occasion(once=uuid4()))
    assert result.ref
    return result, Ticket.objects.get(conversation__public_id=result.ref.public_id)


def status_for(member: Member, number: object = "") -> Result:
    return tools.do(viewer_of(member), "tickets.status", {"number": str(number)})


def test_a_ticket_is_opened_as_the_member(alice: Member) -> None:
    result, ticket = open_as(alice)
    assert str(ticket.conversation.number) in result.text
    assert ticket.conversation.creator == alice
    assert not ticket.conversation.is_shared
    assert ticket.issue_type.name == "Other"
    message = Message.objects.get(conversation=ticket.conversation)
    assert (message.member, message.body) == (alice, "Since Monday.")


def test_the_type_is_one_that_is_offered_to_the_viewer(alice: Member, carol: Member) -> None:
    mine = actions.add_issue_type(name="For brands", account_kind="brand", position=1)
    assert open_as(alice, issue_type=mine.public_id)[1].issue_type == mine
    with pytest.raises(Refused) as refused:
        open_as(carol, issue_type=mine.public_id)
    assert set(refused.value.errors) == {"issue_type"}
    actions.retire_issue_type(mine)
    with pytest.raises(Refused):
        open_as(alice, issue_type=mine.public_id)


def test_types_that_ask_for_more_have_their_form(alice: Member) -> None:
    other = IssueType.objects.get(name="Other")
    actions.add_field(system_viewer("test"), other, label="Link", kind="text", is_required=True)
    assert open_as(alice)[1].issue_type.name == "Billing"
    for each in IssueType.objects.exclude(pk=other.pk):
        actions.retire_issue_type(each)
    assert open_as(alice)[1].issue_type == other  # rather without than no ticket


def test_done_twice_it_is_one_ticket_with_its_files_once(alice: Member) -> None:
    ticket = ticket_of(alice, message=words(attachment_ids=[upload(alice).public_id]))
    file = Attachment.objects.get(message__conversation=ticket.conversation)
    occasion = Occasion(ticket.conversation.ref, uuid4(), [file.public_id])
    for _time in range(2):
        result = tools.do(viewer_of(alice), "tickets.open", GIVEN, occasion)
    assert Conversation.objects.count() == 2
    assert Attachment.objects.count() == 2
    opened = Activity.objects.filter(verb="tickets.opened").latest("pk")
    assert opened.detail["source"] == str(ticket.conversation.ref)
    assert result.ref == opened.ref


def test_files_come_along_as_copies(alice: Member) -> None:
    sent = upload(alice, "shot.png", picture())
    ticket = ticket_of(alice, message=words(attachment_ids=[sent.public_id]))
    occasion = Occasion(once=uuid4(), files=[sent.public_id, "A" * 22])
    tools.do(viewer_of(alice), "tickets.open", GIVEN, occasion)
    first, copy = Attachment.objects.order_by("pk")
    assert copy.message
    assert copy.message.conversation != ticket.conversation
    assert (copy.name, copy.sha256, copy.size) == (first.name, first.sha256, first.size)
    assert copy.file.name != first.file.name
    assert bytes_of(copy) == bytes_of(first)
    assert copy.preview


def bytes_of(file: Attachment) -> bytes:
    with file.file.open("rb") as opened:
        return bytes(opened.read())


def test_files_that_the_viewer_may_not_read_stay_where_they_are(
    alice: Member, carol: Member
) -> None:
    file = upload(alice)
    ticket = ticket_of(alice, message=words(attachment_ids=[file.public_id]))
    occasion = Occasion(ticket.conversation.ref, uuid4(), [file.public_id])
    tools.do(viewer_of(carol), "tickets.open", GIVEN, occasion)
    assert Attachment.objects.count() == 1
    assert "source" not in Activity.objects.filter(verb="tickets.opened").latest("pk").detail


def test_a_file_whose_bytes_are_gone_keeps_no_ticket_back(alice: Member) -> None:
    file = upload(alice)
    file.file.storage.delete(str(file.file.name))
    occasion = Occasion(once=uuid4(), files=[file.public_id])
    tools.do(viewer_of(alice), "tickets.open", GIVEN, occasion)
    assert Attachment.objects.count() == 1


def test_the_status_is_told_in_words(alice: Member, bob: Member, dora: Agent) -> None:
    first, second = ticket_of(alice, "First"), ticket_of(alice, "Second")
    reply(dora, first, act=Act.ASK)
    told = status_for(alice)
    assert [thing.title for thing in told.things] == ["First", "Second"]
    assert "need a word from you" in told.things[0].hint
    actions.move(viewer_of(alice), first, Act.CLOSE)
    assert [thing.title for thing in status_for(alice).things] == ["Second"]
    closed = status_for(alice, f"#{first.conversation.number}")
    assert [thing.title for thing in closed.things] == ["First"]
    assert second.conversation.number
    assert "You have no open tickets." in status_for(bob).text


def test_a_ticket_of_others_is_as_one_that_never_was(alice: Member, carol: Member) -> None:
    number = ticket_of(alice).conversation.number
    assert number
    for wrong in (number, number + 5, "x", "9" * 19, "\u0664\u0662"):
        told = status_for(carol, wrong)
        assert told.things == ()
        assert told.text == "I find no ticket of yours with this number."
