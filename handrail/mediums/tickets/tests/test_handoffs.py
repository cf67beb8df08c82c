"""What does another medium fill in, and what does the ticket remember of it?"""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from handrail.engines.activity.models import Activity
from handrail.engines.activity.ref import Ref
from handrail.hub.handoff import handoff
from handrail.hub.medium import Handoff
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.fields import name_of
from handrail.mediums.tickets.handoffs import source_of
from handrail.mediums.tickets.models import IssueType
from handrail.people.models import Member
from handrail.people.viewer import system_viewer
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]


def test_the_own_fields_of_an_issue_type_come_filled_in(alice: Member, browse: Browse) -> None:
    issue_type = IssueType.objects.all()[0]
    link = actions.add_field(system_viewer("test"), issue_type, label="Link", kind="text")
    draft = Handoff(
        title="No clicks",
        fields={"issue_type": issue_type.public_id, name_of(link): "LK-1", "is_shared": "on"},
        source=Ref("chat", "c" * 22),
    )
    address = handoff("tickets", viewer_of(alice), draft)
    assert parse_qs(urlsplit(address).query) == {
        "createTicket": ["true"],
        "subject": ["No clicks"],
        "issue_type": [issue_type.public_id],
        name_of(link): ["LK-1"],
        "source": ["chat/" + "c" * 22],
    }
    page = browse(alice).get(address).content.decode()
    assert 'value="LK-1"' in page
    assert f'name="source" value="chat/{"c" * 22}"' in page


def test_a_ticket_remembers_what_it_came_from(alice: Member, browse: Browse) -> None:
    earlier = ticket_of(alice).conversation.ref
    given = {
        "subject": "Once more",
        "issue_type": IssueType.objects.all()[0].public_id,
        "body": "Please.",
        "source": str(earlier),
    }
    assert browse(alice).post("/help/tickets/new", given).status_code == 200
    opened = Activity.objects.filter(verb="tickets.opened").latest("pk")
    assert opened.detail["source"] == str(earlier)


def test_what_one_may_not_read_nothing_came_from(alice: Member, carol: Member) -> None:
    of_alice = str(ticket_of(alice).conversation.ref)
    assert source_of(viewer_of(alice), of_alice)
    for viewer, text in (
        (viewer_of(carol), of_alice),
        (viewer_of(alice), "tickets/" + "A" * 22),
        (viewer_of(alice), of_alice.replace("tickets", "nothing")),
        (viewer_of(alice), "tickets"),
        (viewer_of(alice), "\0/" + "A" * 22),
        (viewer_of(alice), ""),
    ):
        assert source_of(viewer, text) is None
