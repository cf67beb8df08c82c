"""Can an editor make, name, order and remove sections?"""

from collections.abc import Callable

from django.test import Client

from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Page, Section
from handrail.people.models import Agent
from tests.making import viewer_of

NEW = "/console/docs/sections/new"


def test_a_section_is_made_with_an_address_of_its_title(desk: Client) -> None:
    desk.post(NEW, {"title": "For brands", "language": "de", "icon": "megaphone"})
    section = Section.objects.get()
    assert (section.slug, section.language, section.icon) == ("for-brands", "de", "megaphone")


def test_an_address_that_is_taken_is_refused_and_the_words_stay(
    desk: Client, section: Section
) -> None:
    answer = desk.post(NEW, {"title": "Other", "slug": "brand", "language": "en"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "There is a section with this address already." in text and 'value="Other"' in text


def test_a_section_is_called_otherwise_and_keeps_its_address(
    desk: Client, section: Section
) -> None:
    desk.post(f"/console/docs/sections/{section.public_id}/", {"title": "Brands and shops"})
    section.refresh_from_db()
    assert (section.title, section.slug) == ("Brands and shops", "brand")


def test_sections_change_places(desk: Client, section: Section, eva: Agent) -> None:
    other = actions.make_section(viewer_of(eva), title="Partner")
    path = f"/console/docs/sections/{other.public_id}/move"
    for _ in range(2):  # the second has nowhere to go
        desk.post(path, {"move": "up"})
    assert [one.slug for one in Section.objects.all()] == ["partner", "brand"]


def test_only_an_empty_section_is_deleted(
    desk: Client, section: Section, make: Callable[..., Page]
) -> None:
    page = make()
    path = f"/console/docs/sections/{section.public_id}/delete"
    answer = desk.post(path, follow=True)
    assert "There are pages in this section." in answer.content.decode()
    actions.delete_page(viewer_of(page.revisions.get().agent), page)  # type: ignore[arg-type]
    desk.post(path)
    assert not Section.objects.exists()
