"""How does one medium pass a person on to another?"""

import pytest

from handrail.engines.conversations.models import Conversation
from handrail.hub import registry
from handrail.hub.handoff import NoSuchMedium, handoff
from handrail.hub.medium import Handoff, Medium
from handrail.people.models import Member
from handrail.people.viewer import Viewer
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
