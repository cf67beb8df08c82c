"""Do pages begin and end as an editor says?"""

from collections.abc import Callable

from django.test import Client

from handrail.mediums.docs.models import Page, Redirect, Section

NEW = "/console/docs/new"


def test_a_new_page_leads_to_its_editor_and_nobody_else_sees_it(
    desk: Client, section: Section
) -> None:
    answer = desk.post(NEW, {"title": "Links"})
    page = Page.objects.get()
    assert answer["Location"] == f"/console/docs/{page.public_id}/"
    assert (page.title, page.path, page.is_published) == ("Links", "links", False)


def test_it_begins_below_the_page_that_it_was_asked_for_at(
    desk: Client, make: Callable[..., Page]
) -> None:
    start = make("Start", is_group=True)
    text = desk.get(NEW, {"parent": start.public_id, "title": "how to pay"}).content.decode()
    assert f'value="{start.public_id}" selected' in text and 'value="how to pay"' in text
    desk.post(NEW, {"title": "Links", "parent": start.public_id})
    assert Page.objects.get(title="Links").path == "start/links"


def test_a_page_without_a_title_is_asked_for_one(desk: Client, section: Section) -> None:
    answer = desk.post(NEW, {"title": " "})
    assert answer.status_code == 422
    assert "Give the page a title." in answer.content.decode()


def test_without_a_section_there_is_one_to_make_first(desk: Client) -> None:
    assert desk.get(NEW)["Location"] == "/console/docs/sections/new"


def test_another_sections_page_is_no_parent(desk: Client, make: Callable[..., Page]) -> None:
    german = make("Deutsch", language="de")
    answer = desk.post(NEW, {"title": "Links", "parent": german.public_id})
    assert "Choose a page of this section." in answer.content.decode()


def test_a_withdrawn_page_is_a_draft_again(desk: Client, page: Page) -> None:
    desk.post(f"/console/docs/{page.public_id}/withdraw")
    page.refresh_from_db()
    assert not page.is_published


def test_a_deleted_pages_address_leads_on_where_it_is_told(
    desk: Client, make: Callable[..., Page]
) -> None:
    page, other = make("Links"), make("Better links")
    path = f"/console/docs/{page.public_id}/delete"
    assert "goes for good" in desk.get(path).content.decode()
    desk.post(path, {"lead_to": other.public_id})
    assert [one.public_id for one in Page.objects.all()] == [other.public_id]
    assert Redirect.objects.get(path="links").page == other


def test_a_page_with_pages_below_it_is_not_deleted(desk: Client, make: Callable[..., Page]) -> None:
    page = make("Links")
    make("Below", parent=page)
    path = f"/console/docs/{page.public_id}/delete"
    assert "There are pages below this one." in desk.get(path).content.decode()
    assert desk.post(path).status_code == 422
    assert Page.objects.count() == 2
