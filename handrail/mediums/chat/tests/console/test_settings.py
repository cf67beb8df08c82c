"""Does the owner decide about chats?"""

from handrail.mediums.chat import actions
from handrail.mediums.chat.models import AssistantDefault
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member
from tests.browsing import client_for
from tests.making import viewer_of

RULES = {"left_minutes": 7, "idle_minutes": 30, "failures_until_person": 3, "keep_days": 90}


def owner() -> Agent:
    return create_agent(
        email="ada@handrail.example", name="Ada", role=AgentRole.ADMIN, password="a long word"
    )


def test_rules_are_kept(installation: None) -> None:
    browser = client_for(owner())
    assert browser.post("/console/chat/settings/rules/", RULES).status_code == 302
    policy = actions.current_policy()
    assert {name: getattr(policy, name) for name in RULES} == RULES
    assert not policy.routes_by_itself
    assert policy.hours is None


def test_rules_that_make_no_sense_are_refused_in_words(installation: None) -> None:
    before = actions.current_policy().idle_minutes
    for name, value in (("left_minutes", 0), ("idle_minutes", "long"), ("keep_days", -1)):
        answer = client_for(owner_or_again()).post(
            "/console/chat/settings/rules/", {**RULES, name: value}
        )
        assert answer.status_code == 422
    assert actions.current_policy().idle_minutes == before


def owner_or_again() -> Agent:
    return Agent.objects.filter(email="ada@handrail.example").first() or owner()


def test_defaults_of_each_kind_are_switched(installation: None) -> None:
    browser = client_for(owner())
    browser.post("/console/chat/settings/assistant/", {"partner": "on"})
    on = AssistantDefault.objects.filter(is_on=True).values_list("account_kind", flat=True)
    assert list(on) == ["partner"]


def test_what_an_account_chose_is_shown_with_who_and_why(alice: Member) -> None:
    actions.switch_assistant(viewer_of(alice), False, why="We like <people>.")
    page = client_for(owner()).get("/console/chat/settings/assistant/").content.decode()
    assert "Acme" in page
    assert "Alice" in page
    assert "We like &lt;people&gt;." in page
