"""What does each viewer find behind the Help button?"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from handrail.hub import registry
from handrail.hub.medium import DeskItem, Lock, Medium, SettingsPart, Waiting
from handrail.hub.menu import (
    MOST_WAITING,
    account_menu,
    desk_menu,
    menu,
    navigation,
    unread,
    waiting,
)
from handrail.hub.models import MediumOffer
from handrail.people.models import AccountKind, Agent, Audience, Member, MemberRole
from handrail.people.viewer import Viewer, viewer_for_nobody
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


class Toy(Medium):
    """A medium with as much as a test needs."""

    def __init__(self, name: str, *, news: int = 0, waits: int = 0, **changes: object) -> None:
        vars(self).update(name=name, label=name.title(), blurb=f"What {name} is", **changes)
        self.news, self.waits = news, waits
        self.at_desk: QuerySet[Member] | None = None

    def menu_url(self) -> str:
        return f"/help/{self.name}/"

    def badge(self, viewer: Viewer) -> int:
        return self.news

    def waiting(self, viewer: Viewer) -> list[Waiting]:
        return [Waiting(f"{self.name} {n}", "why", "icon", "/") for n in range(self.waits)]

    def account_parts(self, viewer: Viewer) -> list[SettingsPart]:
        admin = viewer.member and viewer.member.is_account_admin
        return [SettingsPart(self.name, self.name.title(), "/")] if admin else []

    def desk_item(self, viewer: Viewer) -> DeskItem | None:
        return DeskItem(self.name, str(self.label), self.icon, "/") if viewer.agent else None

    def desk_waiting(self, viewer: Viewer) -> QuerySet[Member] | None:
        return self.at_desk


@pytest.fixture
def toys(installation: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Toy]]:
    """Three mediums instead of the real ones, offered in the order of an installation."""
    from handrail.config import urls  # addresses are read once: of the real ones

    assert urls.urlpatterns
    made = {
        "docs": Toy("docs", for_nobody=True, news=1),
        "chat": Toy("chat", entitlement="chat.open", news=2, waits=3),
        "booking": Toy("booking", entitlement="booking.book", news=4, waits=4),
    }
    monkeypatch.setattr(registry, "_mediums", {})
    with ExitStack() as stack:
        for toy in made.values():
            stack.enter_context(registry.temporarily(toy))
        yield made


def names(viewer: Viewer) -> list[str]:
    return [item.name for item in menu(viewer)]


def offer(name: str) -> MediumOffer:
    return MediumOffer.objects.get(medium=name)


def change(name: str, **fields: object) -> None:
    MediumOffer.objects.filter(medium=name).update(**fields)


# --- Which, and in which order ------------------------------------------------------------------


def test_mediums_stand_in_the_owners_order(toys: dict[str, Toy], alice: Member) -> None:
    assert names(viewer_of(alice)) == ["booking", "chat", "docs"]
    change("docs", position=0)
    assert names(viewer_of(alice)) == ["docs", "booking", "chat"]


def test_a_medium_that_is_not_installed_is_no_dead_link(
    toys: dict[str, Toy], alice: Member
) -> None:
    assert offer("academy").is_on
    assert "academy" not in names(viewer_of(alice))


def test_a_medium_that_is_switched_off_is_not_there(toys: dict[str, Toy], alice: Member) -> None:
    change("chat", is_on=False)
    assert names(viewer_of(alice)) == ["booking", "docs"]


def test_a_medium_is_for_its_audience(
    toys: dict[str, Toy], alice: Member, carol: Member, dora: Agent
) -> None:
    change("chat", audience=Audience.objects.get(key="partner"))
    assert Audience.objects.get(key="partner").kinds == [AccountKind.PARTNER]
    assert "chat" not in names(viewer_of(alice))
    assert "chat" in names(viewer_of(carol))
    assert "chat" in names(viewer_of(dora)), "who answers sees what members see"


def test_a_visitor_finds_what_visitors_can_use(toys: dict[str, Toy]) -> None:
    assert names(viewer_for_nobody()) == ["docs"]
    change("docs", audience=Audience.objects.get(key="members"))
    assert names(viewer_for_nobody()) == []


def test_the_owners_words_come_before_the_mediums_own(toys: dict[str, Toy], alice: Member) -> None:
    change("chat", label="Talk to us", icon="phone")
    item = next(item for item in menu(viewer_of(alice)) if item.name == "chat")
    assert (item.label, item.icon, item.blurb) == ("Talk to us", "phone", "What chat is")


# --- Locked and open ----------------------------------------------------------------------------


def test_a_medium_that_a_plan_does_not_hold_is_locked_and_says_why(
    toys: dict[str, Toy], alice: Member, carol: Member
) -> None:
    locks = {member.name: menu(viewer_of(member))[0].lock for member in (alice, carol)}
    assert locks == {"Alice": None, "Carol": Lock("Your plan does not include this.")}


def test_a_locked_medium_has_no_badge(toys: dict[str, Toy], alice: Member, carol: Member) -> None:
    badges = [[item.badge for item in menu(viewer_of(who))] for who in (alice, carol)]
    assert badges == [[4, 2, 1], [0, 2, 1]]


# --- Counts and what waits ----------------------------------------------------------------------


def test_the_button_counts_what_the_menu_counts(
    toys: dict[str, Toy], alice: Member, carol: Member
) -> None:
    assert [unread(viewer_of(alice)), unread(viewer_of(carol))] == [7, 3]
    change("docs", is_on=False)
    assert unread(viewer_of(alice)) == 6


def test_only_open_mediums_have_something_waiting(
    toys: dict[str, Toy], alice: Member, carol: Member
) -> None:
    def shown(viewer: Viewer) -> list[str]:
        return [item.title for item in waiting(viewer, menu(viewer))]

    assert shown(viewer_of(carol)) == ["chat 0", "chat 1", "chat 2"]
    assert shown(viewer_of(alice)) == ["booking 0", "booking 1", "booking 2", "booking 3", "chat 0"]
    assert len(shown(viewer_of(alice))) == MOST_WAITING
    change("booking", is_on=False)
    assert shown(viewer_of(alice)) == ["chat 0", "chat 1", "chat 2"]


def test_an_account_chooses_where_its_admin_may_and_the_medium_is_offered(
    toys: dict[str, Toy], alice: Member, bob: Member
) -> None:
    def shown(member: Member) -> list[str]:
        return [part.name for part in account_menu(viewer_of(member))]

    assert shown(bob) == []
    alice.role = MemberRole.ADMIN
    assert shown(alice) == ["booking", "chat", "docs"]
    change("chat", is_on=False)
    assert shown(alice) == ["booking", "docs"]


def test_who_may_choose_nothing_is_not_asked_for(toys: dict[str, Toy], bob: Member) -> None:
    with CaptureQueriesContext(connection) as queries:
        account_menu(viewer_of(bob))
    assert not queries.captured_queries


def test_the_console_shows_where_an_agent_works(
    toys: dict[str, Toy], alice: Member, dora: Agent
) -> None:
    assert [item.name for item in desk_menu(viewer_of(dora))] == ["docs", "chat", "booking"]
    assert desk_menu(viewer_of(alice)) == []


def test_all_badges_of_the_console_are_one_query(
    toys: dict[str, Toy], dora: Agent, alice: Member, bob: Member
) -> None:
    toys["chat"].at_desk = Member.objects.order_by("pk")[:10]
    toys["booking"].at_desk = Member.objects.order_by("pk")[:1]
    with CaptureQueriesContext(connection) as asked:
        shown = navigation(viewer_of(dora))
    assert [(item.name, item.badge) for item in shown.items] == [
        ("docs", 0),
        ("chat", 2),
        ("booking", 1),
    ]
    assert shown.unread_notices == 0
    assert len(asked) == 1
