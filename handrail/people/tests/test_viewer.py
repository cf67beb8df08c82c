"""What does a viewer see and may?"""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from handrail.people.actions import change_role, create_agent, deactivate_agent, end_membership
from handrail.people.models import (
    Agent,
    AgentRole,
    Audience,
    AudiencePlan,
    Member,
    Plan,
    PlanEntitlement,
)
from handrail.people.viewer import (
    AGENT_ENTITLEMENTS,
    ROLE_ENTITLEMENTS,
    SYSTEM,
    NotEntitled,
    NotSignedIn,
    Viewer,
    viewer_for_agent,
    viewer_for_member,
    viewer_for_nobody,
)


def audiences_of(viewer: Viewer) -> set[str]:
    found = Audience.objects.filter(pk__in=viewer.audience_ids)
    return set(found.values_list("key", flat=True))


def test_the_cast_is_in_its_audiences(alice: Member, bob: Member, carol: Member) -> None:
    assert audiences_of(viewer_for_member(alice)) == {
        "everyone",
        "members",
        "brand",
        "account-admins",
    }
    assert audiences_of(viewer_for_member(bob)) == {"everyone", "members", "brand"}
    assert audiences_of(viewer_for_member(carol)) == {
        "everyone",
        "members",
        "partner",
        "account-admins",
    }


def test_nobody_is_in_the_audience_of_everyone_alone(installation: None) -> None:
    assert audiences_of(viewer_for_nobody()) == {"everyone"}


def test_an_agent_is_in_every_audience(dora: Agent) -> None:
    assert viewer_for_agent(dora).audience_ids == set(Audience.objects.values_list("pk", flat=True))


def test_all_that_narrows_an_audience_must_match(alice: Member, bob: Member) -> None:
    audience = Audience.objects.create(
        key="big-brand-admins", name="x", kinds=["brand", "agency"], roles=["admin"]
    )
    AudiencePlan.objects.create(audience=audience, plan=Plan.objects.get(key="enterprise"))
    assert audience.pk in viewer_for_member(alice).audience_ids
    assert audience.pk not in viewer_for_member(bob).audience_ids
    Plan.objects.filter(key="enterprise").update(key="renamed")
    assert audience.pk in viewer_for_member(alice).audience_ids
    AudiencePlan.objects.update(plan=Plan.objects.get(key="free"))
    assert audience.pk not in viewer_for_member(alice).audience_ids


def test_a_plan_that_narrows_an_audience_cannot_vanish(installation: None) -> None:
    plan = Plan.objects.get(key="enterprise")
    AudiencePlan.objects.create(audience=Audience.objects.get(key="brand"), plan=plan)
    with pytest.raises(ProtectedError):
        plan.delete()


def test_a_plan_opens_acts(alice: Member, carol: Member) -> None:
    assert viewer_for_member(alice).may("booking.book")
    assert not viewer_for_member(carol).may("booking.book")
    PlanEntitlement.objects.create(plan=carol.account.plan, key="booking.book")
    assert viewer_for_member(carol).may("booking.book")


def test_require_tells_nobody_from_somebody_who_may_not(
    carol: Member, dora: Agent, nobody: Viewer
) -> None:
    with pytest.raises(NotSignedIn):
        nobody.require("booking.book")
    for viewer in (viewer_for_member(carol), viewer_for_agent(dora)):
        with pytest.raises(NotEntitled) as refused:
            viewer.require("booking.book")
        assert refused.value.key == "booking.book"


def test_a_member_or_an_agent_can_be_required(alice: Member, dora: Agent, nobody: Viewer) -> None:
    assert viewer_for_member(alice).require_member() == alice
    assert viewer_for_agent(dora).require_agent() == dora
    for required in (nobody.require_member, nobody.require_agent):
        with pytest.raises(NotSignedIn):
            required()
    for required in (viewer_for_member(alice).require_agent, viewer_for_agent(dora).require_member):
        with pytest.raises(PermissionDenied) as refused:
            required()
        assert not isinstance(refused.value, NotSignedIn)


def test_a_viewer_is_never_two(alice: Member, dora: Agent) -> None:
    with pytest.raises(ValueError, match="one of"):
        Viewer(member=alice, agent=dora)
    with pytest.raises(ValueError, match="one of"):
        Viewer(member=alice, system="ai")


def test_the_system_may_everything_under_its_name() -> None:
    SYSTEM.require("anything.at-all")
    assert (SYSTEM.name, SYSTEM.is_nobody, SYSTEM.is_system) == ("system", False, True)


def test_the_viewer_of_a_past_membership_cannot_be_made(alice: Member) -> None:
    end_membership(alice)
    with pytest.raises(PermissionDenied):
        viewer_for_member(Member.objects.get(pk=alice.pk))


def test_the_viewer_of_a_deactivated_agent_cannot_be_made(dora: Agent) -> None:
    deactivate_agent(dora)
    with pytest.raises(PermissionDenied):
        viewer_for_agent(Agent.objects.get(pk=dora.pk))


def test_every_role_has_acts_and_an_administrator_has_all(dora: Agent) -> None:
    assert set(ROLE_ENTITLEMENTS) == set(AgentRole.values)
    for acts in ROLE_ENTITLEMENTS.values():
        assert acts <= set(AGENT_ENTITLEMENTS)
    change_role(dora, AgentRole.ADMIN)
    assert viewer_for_agent(dora).entitlements == set(AGENT_ENTITLEMENTS)


def test_an_agents_acts_are_not_a_members(dora: Agent, alice: Member) -> None:
    assert not viewer_for_agent(dora).may("tickets.open")
    assert not viewer_for_member(alice).may("conversations.work")


def test_times_are_read_in_the_persons_zone_then_the_accounts(alice: Member, dora: Agent) -> None:
    assert str(viewer_for_member(alice).zone) == "Europe/Berlin"
    alice.person.zoneinfo = ""
    alice.account.zoneinfo = "Asia/Tokyo"
    assert str(viewer_for_member(alice).zone) == "Asia/Tokyo"
    assert str(viewer_for_agent(dora).zone) == "UTC"


def test_a_viewer_costs_the_same_whatever_there_is(alice: Member) -> None:
    member = Member.objects.with_facts().get(pk=alice.pk)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            viewer = viewer_for_member(member)
            assert viewer.account and viewer.zone and viewer.name
            assert not queries
            assert viewer.may("tickets.open") and viewer.may("tickets.reply")
            assert viewer.audience_ids and viewer.audience_ids
        return len(queries)

    with_few = cost()
    for number in range(20):
        audience = Audience.objects.create(key=f"a{number}", name="x", kinds=["brand"])
        AudiencePlan.objects.create(audience=audience, plan=member.account.plan)
        PlanEntitlement.objects.create(plan=member.account.plan, key=f"act.{number}")
    assert cost() == with_few == 2


def test_an_agents_address_is_kept_in_lower_case(installation: None) -> None:
    agent = create_agent(email=" Eve@Example.COM ", name="Eve")
    assert agent.email == "eve@example.com"
    assert Agent.objects.get_by_natural_key("EVE@example.com") == agent
    assert not agent.has_usable_password()
