"""Does the palette offer each agent what they may open, by words, number and place?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.engines.activity.ref import Ref
from handrail.hub.medium import Command
from handrail.hub.palette import Asked, matching, palette
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member
from handrail.people.viewer import NotSignedIn, Viewer, viewer_for_nobody
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]


@pytest.fixture
def editor(installation: None) -> Agent:
    return create_agent(email="eva@handrail.example", name="Eva", role=AgentRole.EDITOR)


@pytest.fixture
def admin(installation: None) -> Agent:
    return create_agent(email="ada@handrail.example", name="Ada", role=AgentRole.ADMIN)


def offered(viewer: Viewer, text: str = "", **changes: object) -> dict[str, list[str]]:
    groups = palette(viewer, Asked(text, **changes))  # type: ignore[arg-type]
    return {group.title: [command.label for command in group.commands] for group in groups}


def test_words_match_beginnings_without_diacritics() -> None:
    commands = [Command("Geschäftszeiten", hint="Einstellungen"), Command("Two-step sign-in")]
    assert matching(commands, "geschaf einst") == commands[:1]
    assert matching(commands, "STEP si") == commands[1:]
    assert matching(commands, "tep") == []
    assert matching(commands, "…") == commands


def test_every_page_that_is_offered_opens(
    dora: Agent, editor: Agent, admin: Agent, browse: Browse
) -> None:
    for agent in (dora, editor, admin):
        browser = browse(agent)
        for text in ("", "settings"):
            for group in palette(viewer_of(agent), Asked(text)):
                for command in group.commands:
                    if command.url:
                        assert browser.get(command.url).status_code == 200, command.url


def test_editors_and_agents_are_not_offered_what_they_may_not_open(
    dora: Agent, editor: Agent, admin: Agent
) -> None:
    places = {
        name: offered(viewer_of(agent), "")["Go to"]
        for name, agent in (("dora", dora), ("editor", editor))
    }
    assert "Tickets" in places["dora"]
    assert "Canned replies" in places["dora"]
    assert not {"Agents", "Platforms", "Teams"} & set(places["dora"])
    assert not {"Tickets", "Canned replies", "Agents"} & set(places["editor"])
    assert {"Agents", "Platforms", "Teams"} <= set(offered(viewer_of(admin), "settings")["Go to"])


def test_a_number_comes_before_everything_else(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, "Postback").conversation
    viewer = viewer_of(dora)
    assert list(offered(viewer, f"#{ticket.number}")) == ["Found"]
    here = Ref("tickets", ticket.public_id)
    assert list(offered(viewer, "post", here=here)) == ["Found"]
    assert list(offered(viewer, "", here=here)) == ["Here", "Go to"]


def test_what_was_seen_is_there_until_something_is_typed(alice: Member, dora: Agent) -> None:
    seen = (Ref("tickets", ticket_of(alice, "Postback").conversation.public_id), Ref("gone", "x"))
    viewer = viewer_of(dora)
    assert offered(viewer, "", seen=seen)["Seen lately"] == ["Postback"]
    assert "Seen lately" not in offered(viewer, "profile", seen=seen)


def test_a_medium_that_is_not_there_offers_nothing(dora: Agent) -> None:
    assert "Here" not in offered(viewer_of(dora), "", here=Ref("gone", "x"))


def test_who_is_nobody_is_offered_nothing() -> None:
    with pytest.raises(NotSignedIn):
        palette(viewer_for_nobody(), Asked())


@pytest.mark.parametrize(
    "query",
    ["q=" + "x" * 201, "here=nonsense", "here=../x", "seen=a/b c/d", "seen=%00", "q=%00", "q=…"],
)
def test_nonsense_is_answered(dora: Agent, browse: Browse, query: str) -> None:
    assert browse(dora).get(f"/console/palette?{query}").status_code == 200
