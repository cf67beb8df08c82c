"""Who may see which ticket and which issue type?"""

import pytest

from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.people.actions import create_agent, end_membership
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM, Viewer, viewer_for_nobody
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db


def seen(viewer: Viewer) -> set[str]:
    return {ticket.conversation.subject for ticket in Ticket.objects.visible_to(viewer)}


def test_a_ticket_is_seen_where_its_conversation_is(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    ticket_of(alice, "shared", is_shared=True)
    ticket_of(bob, "Bob's own")
    ticket_of(carol, "Globex's")
    assert seen(viewer_of(alice)) == {"shared"}, "not even the account's admin sees a private one"
    assert seen(viewer_of(bob)) == {"shared", "Bob's own"}
    assert seen(viewer_of(carol)) == {"Globex's"}
    assert seen(viewer_of(dora)) == seen(SYSTEM) == {"shared", "Bob's own", "Globex's"}
    assert seen(viewer_for_nobody()) == set()
    editor = create_agent(email="eva@handrail.example", name="Eva", role="editor")
    assert seen(viewer_of(editor)) == set()


def test_what_a_former_member_shared_stays_the_accounts(alice: Member, bob: Member) -> None:
    ticket_of(bob, "shared", is_shared=True)
    end_membership(bob)
    assert seen(viewer_of(alice)) == {"shared"}


def test_issue_types_are_for_kinds_of_account(alice: Member, carol: Member, dora: Agent) -> None:
    for kind in ("brand", "partner", "agency"):
        actions.add_issue_type(name=f"For a {kind}", account_kind=kind)

    def offered(viewer: Viewer) -> set[str]:
        rows = IssueType.objects.visible_to(viewer).exclude(account_kind="")
        return {row.name for row in rows}

    assert offered(viewer_of(alice)) == {"For a brand"}
    assert offered(viewer_of(carol)) == {"For a partner"}
    assert len(offered(viewer_of(dora))) == len(offered(SYSTEM)) == 3
    assert not IssueType.objects.visible_to(viewer_for_nobody()).exists()
