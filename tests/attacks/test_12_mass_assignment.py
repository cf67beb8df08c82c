"""Mass assignment: a form is sent with more than it has. Chatwoot CVE-2026-72719.

Every form names what it takes. An issue type's own fields are those of the type that was chosen,
offered to this account and shown now; what else is sent under such a name is not looked at.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.fields import PREFIX, name_of
from handrail.mediums.tickets.models import IssueType, IssueTypeField, Ticket
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import system_viewer

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
OWNER = system_viewer("test")


def asks(issue_type: IssueType, label: str, **more: Any) -> IssueTypeField:
    return actions.add_field(OWNER, issue_type, label=label, kind=more.pop("kind", "text"), **more)


@pytest.fixture
def ours(alice: Member) -> IssueType:
    return actions.add_issue_type(name="Ours", account_kind="brand")


@pytest.fixture
def theirs(alice: Member) -> IssueType:
    return actions.add_issue_type(name="Theirs", account_kind="partner")


def sent(browser: Client, issue_type: IssueType, **more: str) -> Any:
    given = {"subject": "No clicks", "issue_type": issue_type.public_id, "body": "None."}
    return browser.post("/help/tickets/new", {**given, **more})


def test_only_what_the_chosen_type_asks_for_is_kept(
    alice: Member, ours: IssueType, theirs: IssueType, browse: Browse
) -> None:
    mine, foreign = asks(ours, "Mine"), asks(theirs, "Foreign")
    retired, hidden = asks(ours, "Retired"), asks(ours, "Hidden", shown_when=mine, shown_value="x")
    actions.set_field_retired(OWNER, retired, True)
    planted = {name_of(field): "planted" for field in (foreign, retired, hidden)}
    more = {PREFIX: "planted", f"{PREFIX}x": "planted", PREFIX + "A" * 22: "planted"}
    answer = sent(browse(alice), ours, **planted, **more, **{name_of(mine): "said"})
    assert answer.status_code == 200
    assert Ticket.objects.get().answers == {mine.public_id: "said"}


def test_a_type_of_another_kind_of_account_asks_nothing_and_opens_nothing(
    alice: Member, theirs: IssueType, browse: Browse
) -> None:
    foreign = asks(theirs, "Foreign question")
    answer = sent(browse(alice), theirs, **{name_of(foreign): "planted"})
    assert answer.status_code == 422
    assert "Foreign question" not in answer.content.decode()
    part = browse(alice).get(f"/help/tickets/new/fields?issue_type={theirs.public_id}")
    assert "Foreign question" not in part.content.decode()
    assert not Ticket.objects.exists()


def test_columns_are_no_fields(
    alice: Member, carol: Member, dora: Agent, ours: IssueType, browse: Browse
) -> None:
    planted = {
        "account": str(carol.account_id),
        "creator": str(carol.pk),
        "assignee": str(dora.pk),
        "status": "closed",
        "priority": "40",
        "number": "1",
        "answers": '{"x": "planted"}',
        "came_from": '{"x": "planted"}',
    }
    sent(browse(alice), ours, **planted)
    conversation = Conversation.objects.get()
    assert (conversation.creator, conversation.account) == (alice, alice.account)
    assert (conversation.status, conversation.assignee) == ("open", None)
    assert conversation.number != 1
    assert (conversation.ticket.answers, conversation.ticket.came_from) == ({}, {})


def test_an_owners_form_moves_no_field_to_another_type(
    ours: IssueType, theirs: IssueType, browse: Browse
) -> None:
    ada = create_agent(email="ada@handrail.example", name="Ada", role="admin")
    mine, foreign = asks(ours, "Mine"), asks(theirs, "Where?", kind="choice", choices=["A", "B"])
    page = f"/console/tickets/settings/issue-types/{ours.public_id}/fields/{mine.public_id}/"
    given = {"label": "Mine", "kind": "text"}
    planted = {"issue_type": str(theirs.pk), "shown_when": str(foreign.pk), "position": "9"}
    assert browse(ada).post(page, {**given, **planted}).status_code == 302
    condition = {"condition": f"{foreign.public_id}:A"}
    assert browse(ada).post(page, {**given, **condition}).status_code == 422
    mine.refresh_from_db()
    assert (mine.issue_type, mine.shown_when, mine.position) == (ours, None, 1)
