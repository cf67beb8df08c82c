"""Does an administrator learn what suggested pages spare?"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from handrail.engines.activity.models import Activity
from handrail.engines.activity.ref import Ref
from handrail.hub import registry
from handrail.hub.medium import Command, Medium
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.console.spared import count_forms, most_opened
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer
from tests.making import ticket_of, viewer_of, words

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
SUGGESTED = "/console/tickets/settings/suggested-pages/"
PAGE, GONE = Ref("postcards", "payouts"), Ref("postcards", "gone")
LONG_AGO = timedelta(days=30)


@pytest.fixture
def ada(installation: None) -> Agent:
    return create_agent(email="ada@handrail.example", name="Ada", role="admin")


class Postcards(Medium):
    """A medium that suggests, and knows in the console what it suggested."""

    name = "postcards"
    label = "Postcards"

    def readable(self, viewer: Viewer, public_ids: Iterable[str]) -> set[str]:
        return {PAGE.public_id} & set(public_ids)

    def palette_seen(self, viewer: Viewer, public_ids: list[str]) -> list[Command]:
        return [Command("When <payouts> arrive", url=f"/{key}") for key in public_ids]


@pytest.fixture(autouse=True)
def postcards(installation: None) -> Iterator[None]:
    with registry.temporarily(Postcards()):
        yield


def forms(viewer: Viewer) -> dict[str, int]:
    return {part.name: part.count for part in count_forms(viewer, timezone.now() - LONG_AGO)}


def test_forms_are_counted_by_what_became_of_them(alice: Member, ada: Agent) -> None:
    writer = viewer_of(alice)
    ignored, opened_and_sent, spared = uuid4(), uuid4(), uuid4()
    for form in (ignored, opened_and_sent, spared, spared):
        actions.show_suggestions(writer, form)
    for form in (opened_and_sent, spared, spared):
        actions.follow_suggestion(writer, PAGE, form)
    for form in (ignored, opened_and_sent):
        ticket_of(alice, message=words(client_id=form))
    ticket_of(alice)
    actions.follow_suggestion(writer, GONE, ignored)
    assert forms(viewer_of(ada)) == {"shown": 3, "opened": 3, "unsent": 1, "spared": 1}
    (most,) = most_opened(viewer_of(ada), timezone.now() - LONG_AGO)
    assert (most.title, most.count) == ("When <payouts> arrive", 3)


def test_what_is_long_ago_counts_no_more(alice: Member, ada: Agent) -> None:
    actions.show_suggestions(viewer_of(alice), uuid4())
    actions.follow_suggestion(viewer_of(alice), PAGE, uuid4())
    Activity.objects.update(at=timezone.now() - LONG_AGO)
    assert forms(viewer_of(ada)) == {}
    assert most_opened(viewer_of(ada), timezone.now() - LONG_AGO) == []


def test_nobody_else_learns_it(alice: Member, dora: Agent) -> None:
    actions.show_suggestions(viewer_of(alice), uuid4())
    assert forms(viewer_of(alice)) == forms(viewer_of(dora)) == {}


def test_the_page_says_so_and_teaches_where_there_is_nothing(
    alice: Member, ada: Agent, browse: Browse
) -> None:
    assert "Nothing was suggested yet" in browse(ada).get(SUGGESTED).content.decode()
    form = uuid4()
    actions.show_suggestions(viewer_of(alice), form)
    actions.follow_suggestion(viewer_of(alice), PAGE, form)
    shown = browse(ada).get(SUGGESTED).content.decode()
    assert "When &lt;payouts&gt; arrive" in shown
    assert "Opened, no ticket" in shown
