"""How do pages put a ticket into words?"""

import pytest
import time_machine

from handrail.mediums.tickets.states import Act, Status
from handrail.mediums.tickets.templatetags import tickets as tags
from handrail.mediums.tickets.threads import thread
from handrail.people.models import Agent, Member
from tests.making import picture, ticket_of, upload, viewer_of, words

pytestmark = pytest.mark.django_db


def test_a_number_is_said_with_its_mark(alice: Member) -> None:
    conversation = ticket_of(alice).conversation
    assert tags.number(conversation) == f"#{conversation.number}"


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_name_and_a_sentence(status: Status) -> None:
    assert tags.status_label(status.value) == str(status.label)
    assert tags.status_explanation(status.value).endswith(".")


def test_files_lead_to_the_viewers_own_side(alice: Member, dora: Agent) -> None:
    ids = [upload(alice, "a.txt").public_id, upload(alice, "b.png", picture()).public_id]
    ticket = ticket_of(alice, message=words(attachment_ids=ids))
    for who, side in [(alice, "help"), (dora, "console")]:
        viewer = viewer_of(who)  # type: ignore[arg-type]
        [line] = thread(viewer, ticket)
        text, screen = sorted(tags.line_files(line, viewer), key=lambda file: str(file["name"]))
        assert text["url"] == f"/{side}/tickets/files/{ids[0]}/"
        assert (text["thumbnail_url"], text["is_image"]) == ("", False)
        assert screen["thumbnail_url"] == f"/{side}/tickets/files/{ids[1]}/preview"
        assert (screen["is_image"], screen["size"]) == (True, len(picture()))


def test_a_page_asks_for_acts_by_their_words() -> None:
    assert tags.has_act([Act.CLOSE], "close")
    assert not tags.has_act([Act.CLOSE], "reopen")


def test_agents_see_what_the_clock_says_where_the_member_is(alice: Member) -> None:
    with time_machine.travel("2026-07-01T22:30:00+00:00", tick=False):
        assert tags.local_time(alice) == "00:30 (Europe/Berlin)"
