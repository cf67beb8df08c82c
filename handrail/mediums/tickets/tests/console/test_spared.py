"""Does an administrator learn what suggested pages spare?"""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from handrail.engines.activity.models import Activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.docs.models import Page
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.console.spared import count_forms, most_opened
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer
from tests.help_pages import page_of, section_of
from tests.making import ticket_of, viewer_of, words

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
SUGGESTED = "/console/tickets/settings/suggested-pages/"
LONG_AGO = timedelta(days=30)


@pytest.fixture
def ada(installation: None) -> Agent:
    return create_agent(email="ada@handrail.example", name="Ada", role="admin")


@pytest.fixture
def page(installation: None) -> Page:
    return page_of(section_of("Brands"), "When <payouts> arrive", "In two days.")


def forms(viewer: Viewer) -> dict[str, int]:
    return {part.name: part.count for part in count_forms(viewer, timezone.now() - LONG_AGO)}


def test_forms_are_counted_by_what_became_of_them(alice: Member, ada: Agent, page: Page) -> None:
    writer = viewer_of(alice)
    ignored, opened_and_sent, spared = uuid4(), uuid4(), uuid4()
    for form in (ignored, opened_and_sent, spared, spared):
        actions.show_suggestions(writer, form)
    for form in (opened_and_sent, spared, spared):
        actions.follow_suggestion(writer, Ref("docs", page.public_id), form)
    for form in (ignored, opened_and_sent):
        ticket_of(alice, message=words(client_id=form))
    ticket_of(alice)
    assert forms(viewer_of(ada)) == {"shown": 3, "opened": 2, "unsent": 1, "spared": 1}
    (most,) = most_opened(viewer_of(ada), timezone.now() - LONG_AGO)
    assert (most.title, most.count) == ("When <payouts> arrive", 3)


def test_what_is_long_ago_counts_no_more(alice: Member, ada: Agent, page: Page) -> None:
    actions.show_suggestions(viewer_of(alice), uuid4())
    actions.follow_suggestion(viewer_of(alice), Ref("docs", page.public_id), uuid4())
    Activity.objects.update(at=timezone.now() - LONG_AGO)
    assert forms(viewer_of(ada)) == {}
    assert most_opened(viewer_of(ada), timezone.now() - LONG_AGO) == []


def test_nobody_else_learns_it(alice: Member, dora: Agent, page: Page) -> None:
    actions.show_suggestions(viewer_of(alice), uuid4())
    assert forms(viewer_of(alice)) == forms(viewer_of(dora)) == {}


def test_the_page_says_so_and_teaches_where_there_is_nothing(
    alice: Member, ada: Agent, page: Page, browse: Browse
) -> None:
    assert "Nothing was suggested yet" in browse(ada).get(SUGGESTED).content.decode()
    form = uuid4()
    actions.show_suggestions(viewer_of(alice), form)
    actions.follow_suggestion(viewer_of(alice), Ref("docs", page.public_id), form)
    shown = browse(ada).get(SUGGESTED).content.decode()
    assert "When &lt;payouts&gt; arrive" in shown
    assert "Opened, no ticket" in shown
