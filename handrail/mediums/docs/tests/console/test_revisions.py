"""Can an editor see who changed what, and bring it back?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.mediums.docs import actions
from handrail.mediums.docs.console.revisions import MOST_LISTED
from handrail.mediums.docs.models import Draft, Page
from handrail.people.models import Agent
from tests.making import viewer_of


@pytest.fixture
def changed(eva: Agent, page: Page) -> Page:
    """A page in its second revision."""
    viewer = viewer_of(eva)
    actions.save_draft(
        viewer, page, title="Links", summary="", body="First line.\n\nAnother one.\n"
    )
    return actions.publish(viewer, page, note="One line better")


def path(page: Page, tail: str = "") -> str:
    return f"/console/docs/{page.public_id}/revisions{tail}"


def test_revisions_are_listed_with_who_and_why(desk: Client, changed: Page) -> None:
    text = desk.get(path(changed)).content.decode()
    assert text.index("One line better") < text.index("Revision 1")
    assert "Eva" in text and "What readers see" in text


def test_a_page_that_was_never_published_has_none(desk: Client, make: Callable[..., Page]) -> None:
    assert "Not published yet" in desk.get(path(make(publish=False))).content.decode()


def test_older_ones_are_behind_the_list(desk: Client, eva: Agent, page: Page) -> None:
    for _ in range(MOST_LISTED):
        actions.publish(viewer_of(eva), page)
    first = desk.get(path(page)).content.decode()
    assert "?before=2" in first
    assert "Revision 1<" in desk.get(path(page), {"before": "2"}).content.decode()
    assert desk.get(path(page), {"before": "9" * 40}).status_code == 200


def test_a_change_is_shown_and_read_out(desk: Client, changed: Page) -> None:
    text = desk.get(path(changed, "/2")).content.decode()
    assert "Removed: </span>Second" in text and "Added: </span>Another" in text
    assert "The one before" in text and "The next one" not in text


def test_what_is_written_in_a_page_stays_text_in_its_changes(
    desk: Client, eva: Agent, page: Page
) -> None:
    actions.save_draft(
        viewer_of(eva), page, title="<b>x</b>", summary="", body="<script>1</script>"
    )
    actions.publish(viewer_of(eva), page)
    assert "<script>1" not in desk.get(path(page, "/2")).content.decode()


def test_an_old_revision_comes_back_as_a_draft(desk: Client, changed: Page) -> None:
    desk.post(path(changed, "/1/restore"))
    assert "Second line." in Draft.objects.get().body
    changed.refresh_from_db()
    assert "Another one." in changed.html


def test_a_draft_is_not_restored_over_before_it_is_asked(
    desk: Client, changed: Page, ada: Agent
) -> None:
    actions.save_draft(viewer_of(ada), changed, title="Links", summary="", body="Ada's words.")
    answer = desk.post(path(changed, "/1/restore"))
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Ada wrote on it" in text and "Removed: </span>Ada" in text
    assert Draft.objects.get().body == "Ada's words."
    desk.post(path(changed, "/1/restore"), {"over_draft": "yes"})
    assert "Second line." in Draft.objects.get().body


def test_a_revision_that_is_not_there_is_not_found(desk: Client, page: Page) -> None:
    assert desk.get(path(page, "/7")).status_code == 404
    assert desk.get(path(page, "/" + "9" * 30)).status_code == 404
    assert desk.post(path(page, "/7/restore")).status_code == 404
