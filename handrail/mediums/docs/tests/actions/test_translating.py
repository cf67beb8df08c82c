"""Does a translation know its original, and stand where that stands?"""

import pytest
from django.core.exceptions import ValidationError

from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Page
from handrail.people.models import Agent, AgentRole
from handrail.people.viewer import NotEntitled, Viewer
from tests.making import viewer_of


@pytest.fixture
def viewer(dora: Agent) -> Viewer:
    dora.role = AgentRole.EDITOR
    return viewer_of(dora)


@pytest.fixture
def page(viewer: Viewer) -> Page:
    section = actions.make_section(viewer, title="Brand")
    start = actions.make_page(viewer, section, title="Start", is_group=True)
    made = actions.make_page(viewer, section, title="Links", parent=start, icon="link")
    actions.save_draft(viewer, made, title="Links", summary="Short.", body="Words.")
    return actions.publish(viewer, made)


def test_it_stands_below_the_translation_of_its_parent(viewer: Viewer, page: Page) -> None:
    assert page.parent is not None
    start = actions.translate(viewer, page.parent, "de")
    german = actions.translate(viewer, page, "de")
    assert (german.parent, german.path, german.icon) == (start, "start/links", "link")
    assert (german.original, german.translated_number) == (page, 1)
    assert german.draft.body == "Words."


def test_without_one_it_stands_on_the_highest_level(viewer: Viewer, page: Page) -> None:
    assert actions.translate(viewer, page, "de").path == "links"


def test_a_translation_of_a_translation_is_one_of_the_original(viewer: Viewer, page: Page) -> None:
    german = actions.translate(viewer, page, "de")
    arabic = actions.translate(viewer, german, "ar")
    assert arabic.original == page
    assert actions.translate(viewer, arabic, "en") == page
    assert actions.translate(viewer, arabic, "de") == german


def test_it_is_up_to_date_when_its_editor_says_so(viewer: Viewer, page: Page) -> None:
    german = actions.translate(viewer, page, "de")
    actions.publish(viewer, page)
    german = Page.objects.get(pk=german.pk)
    actions.mark_translated(viewer, german)
    german.refresh_from_db()
    assert german.translated_number == 2


def test_what_is_no_language_and_who_does_not_edit_are_refused(
    viewer: Viewer, page: Page, dora: Agent
) -> None:
    for tag in ("", "German, please", "x" * 40):
        with pytest.raises(ValidationError):
            actions.translate(viewer, page, tag)
    dora.role = AgentRole.AGENT
    with pytest.raises(NotEntitled):
        actions.translate(viewer_of(dora), page, "de")
