"""What can the owner do with issue types?"""

from typing import Any

import pytest

from handrail.engines.activity.models import Activity
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import IssueType
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled, Viewer, viewer_for_agent
from tests.making import ticket_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(installation: None) -> Viewer:
    from handrail.people.actions import create_agent

    return viewer_for_agent(
        create_agent(email="ada@handrail.example", name="Ada", role="admin"), via="console"
    )


def made(owner: Viewer, name: str = "Onboarding", **changes: Any) -> IssueType:
    given: dict[str, Any] = {
        "description": "",
        "account_kind": "",
        "team": None,
        "is_for_sign_in": False,
    }
    return actions.make_issue_type(owner, name=name, **{**given, **changes})


def offered(kind: str = "") -> list[str]:
    types = IssueType.objects.filter(account_kind=kind, retired_at=None)
    return list(types.order_by("position").values_list("name", flat=True))


def test_a_new_one_comes_last_and_moves_step_by_step(owner: Viewer) -> None:
    first = offered()
    new = made(owner)
    assert offered() == [*first, "Onboarding"]
    actions.move_issue_type(owner, new, is_up=True)
    assert offered() == [*first[:-1], "Onboarding", first[-1]]
    for _ in range(9):
        actions.move_issue_type(owner, new, is_up=True)
    assert offered()[0] == "Onboarding"
    actions.move_issue_type(owner, new, is_up=False)
    assert offered()[1] == "Onboarding"


def test_a_retired_one_is_in_nobodys_way(owner: Viewer) -> None:
    first, new = IssueType.objects.get(name="Question"), made(owner)
    for issue_type in IssueType.objects.exclude(pk__in=[first.pk, new.pk]):
        actions.set_issue_type_retired(owner, issue_type, True)
    actions.move_issue_type(owner, new, is_up=True)
    assert offered() == ["Onboarding", "Question"]


def test_an_order_is_that_of_one_kind_of_account(owner: Viewer) -> None:
    everyones = offered()
    one, two = (made(owner, name, account_kind="brand") for name in ("One", "Two"))
    actions.move_issue_type(owner, two, is_up=True)
    assert offered("brand") == ["Two", "One"]
    actions.move_issue_type(owner, one, is_up=False)
    assert offered("brand") == ["Two", "One"]
    assert offered() == everyones


def test_a_retired_one_is_chosen_by_nobody_stays_with_its_tickets_and_comes_back(
    owner: Viewer, alice: Member
) -> None:
    new = made(owner)
    ticket = ticket_of(alice, issue_type=new)
    actions.set_issue_type_retired(owner, new, True)
    assert "Onboarding" not in offered()
    ticket.refresh_from_db()
    assert ticket.issue_type == new
    actions.set_issue_type_retired(owner, new, False)
    assert "Onboarding" in offered()


def test_everything_is_written_down_and_only_the_owner_may(owner: Viewer, dora: Agent) -> None:
    new = made(owner)
    given: dict[str, Any] = {
        "description": "x",
        "account_kind": "",
        "team": None,
        "is_for_sign_in": True,
    }
    actions.change_issue_type(owner, new, name="Start", **given)
    actions.move_issue_type(owner, new, is_up=True)
    actions.set_issue_type_retired(owner, new, True)
    happened = Activity.objects.filter(public_id=new.public_id).order_by("pk")
    assert [activity.verb for activity in happened] == [
        "tickets.issue_type_made",
        "tickets.issue_type_changed",
        "tickets.issue_type_moved",
        "tickets.issue_type_retired",
    ]
    other = viewer_for_agent(dora, via="console")
    for act in (
        lambda: actions.make_issue_type(other, name="x", **given),
        lambda: actions.change_issue_type(other, new, name="x", **given),
        lambda: actions.move_issue_type(other, new, is_up=True),
        lambda: actions.set_issue_type_retired(other, new, False),
    ):
        with pytest.raises(NotEntitled):
            act()
