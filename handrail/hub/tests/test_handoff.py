"""How does one medium pass a person on to another?"""

import pytest

from handrail.engines.conversations.models import Conversation
from handrail.hub import registry
from handrail.hub.handoff import NoSuchMedium, handoff, ways_on
from handrail.hub.medium import Handoff, Lock, Medium
from handrail.hub.models import MediumOffer
from handrail.people.models import Audience, Member
from handrail.people.viewer import Viewer, viewer_for_nobody
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


class Taker(Medium):
    """Takes over, and remembers what it was given."""

    name = "taker"

    def __init__(self) -> None:
        self.taken: list[tuple[Viewer, Handoff]] = []

    def accept(self, viewer: Viewer, draft: Handoff) -> str:
        self.taken.append((viewer, draft))
        return "/help/taker/"


def test_a_draft_reaches_the_medium_as_this_viewer(alice: Member) -> None:
    viewer, draft = viewer_of(alice), Handoff(title="Hello", body="It broke.")
    with registry.temporarily(Taker()) as taker:
        assert handoff("taker", viewer, draft) == "/help/taker/"
        assert isinstance(taker, Taker)
        assert taker.taken == [(viewer, draft)]


def test_a_medium_that_is_not_installed_takes_nothing(alice: Member) -> None:
    with pytest.raises(NoSuchMedium):
        handoff("taker", viewer_of(alice), Handoff())


def test_a_medium_that_takes_no_handoffs_says_so(alice: Member) -> None:
    class Refuser(Medium):
        name = "refuser"

    with registry.temporarily(Refuser()), pytest.raises(NotImplementedError, match="refuser"):
        handoff("refuser", viewer_of(alice), Handoff())


def test_a_handoff_to_tickets_makes_no_ticket_yet(alice: Member) -> None:
    address = handoff("tickets", viewer_of(alice), Handoff(title="No clicks"))
    assert address == "/help/tickets/?createTicket=true&subject=No+clicks"
    assert not Conversation.objects.exists()


def test_the_ways_on_are_the_open_mediums_that_take_over(alice: Member) -> None:
    def names(viewer: Viewer) -> list[str]:
        return [way.name for way in ways_on(viewer)]

    everyone = Audience.objects.get(key="everyone")
    MediumOffer.objects.create(medium="taker", position=0, audience=everyone, label="Take it")
    assert names(viewer_of(alice)) == ["tickets"]
    with registry.temporarily(Taker()):
        assert names(viewer_of(alice)) == ["taker", "tickets"]
        assert ways_on(viewer_of(alice))[0].label == "Take it"
        MediumOffer.objects.filter(medium="taker").update(is_on=False)
        assert names(viewer_of(alice)) == ["tickets"]


def test_a_way_that_is_locked_is_none_and_a_visitor_may_be_a_member(alice: Member) -> None:
    class Locked(Taker):
        def lock(self, viewer: Viewer) -> Lock | None:
            return Lock("Not in your plan.")

    everyone = Audience.objects.get(key="everyone")
    MediumOffer.objects.create(medium="taker", position=0, audience=everyone)
    with registry.temporarily(Locked()):
        assert "taker" not in [way.name for way in ways_on(viewer_of(alice))]
        assert "taker" in [way.name for way in ways_on(viewer_for_nobody())]
