"""Who has the assistant, and who says so?"""

import pytest
from django.core.exceptions import PermissionDenied

from handrail.engines.activity.models import Activity
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import AssistantDefault, AssistantSwitch
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member
from handrail.people.viewer import NotEntitled
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


def test_until_somebody_chooses_brands_have_it_and_others_have_not(
    alice: Member, carol: Member
) -> None:
    assert actions.assistant_state(alice.account) == (True, None, None, True)
    assert actions.assistant_state(carol.account) == (False, None, None, True)
    rows = dict(AssistantDefault.objects.values_list("account_kind", "is_on"))
    assert rows == {"brand": True, "partner": False, "agency": False}


def test_an_account_admin_switches_it_for_the_account_and_that_is_on_record(
    alice: Member, carol: Member
) -> None:
    state = actions.switch_assistant(viewer_of(alice), False, why="  It was wrong.\0 ")
    assert (state.is_on, state.by, state.is_default) == (False, alice, False)
    assert state.at
    assert AssistantSwitch.objects.get().why_off == "It was wrong."
    assert actions.assistant_state(carol.account).is_default
    [activity] = Activity.objects.filter(verb="chat.assistant_switched_off")
    assert (activity.member, activity.account, activity.detail) == (alice, alice.account, {})
    actions.switch_assistant(viewer_of(alice), True, why="x")
    assert AssistantSwitch.objects.get().why_off == ""


def test_nobody_else_switches_it(bob: Member, dora: Agent) -> None:
    with pytest.raises(PermissionDenied):
        actions.switch_assistant(viewer_of(bob), False)
    with pytest.raises(NotEntitled):
        actions.switch_assistant(viewer_of(dora), False)
    assert not AssistantSwitch.objects.exists()


def test_what_an_account_chose_is_its_members_to_see(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    actions.switch_assistant(viewer_of(alice), False)
    seen = {
        who.name: AssistantSwitch.objects.visible_to(viewer_of(who)).count()
        for who in (alice, bob, carol, dora)
    }
    assert seen == {"Alice": 1, "Bob": 1, "Carol": 0, "Dora": 1}


def test_the_owner_changes_what_holds_for_a_kind_of_account(carol: Member, dora: Agent) -> None:
    with pytest.raises(NotEntitled):
        actions.set_default(viewer_of(dora), "partner", True)
    owner = create_agent(
        email="owner@handrail.example",
        name="Olga",
        password="correct horse battery staple",
        role=AgentRole.ADMIN,
    )
    actions.set_default(viewer_of(owner), "partner", True)
    assert actions.assistant_state(carol.account).is_on
    with pytest.raises(ValueError, match="nonsense"):
        actions.set_default(viewer_of(owner), "nonsense", True)


def test_the_notice_is_accepted_once_by_each(alice: Member, bob: Member) -> None:
    assert not actions.has_accepted(viewer_of(alice))
    for _ in range(2):
        actions.accept_notice(viewer_of(alice))
    assert actions.has_accepted(viewer_of(alice))
    assert not actions.has_accepted(viewer_of(bob))
    assert Activity.objects.filter(verb="chat.notice_accepted").count() == 1
