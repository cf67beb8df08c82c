"""Does a page come into another language with its original beside it?"""

from django.test import Client

from handrail.mediums.docs import actions
from handrail.mediums.docs.console.languages import tongues
from handrail.mediums.docs.models import Page
from handrail.people.models import Agent
from tests.making import viewer_of


def test_a_translation_is_made_once_and_shows_its_original(desk: Client, page: Page) -> None:
    for _ in range(2):
        answer = desk.post(f"/console/docs/{page.public_id}/translate", {"language": "de"})
    german = Page.objects.get(language="de")
    assert answer["Location"] == f"/console/docs/{german.public_id}/"
    text = desk.get(answer["Location"]).content.decode()
    assert 'class="docs-pane original"' in text
    assert text.count("First line.") == 2  # in the draft, and in the original beside it
    assert german.translated_number == 1 and not german.is_published


def test_the_languages_of_a_page_are_named_by_their_speakers(eva: Agent, page: Page) -> None:
    german = actions.translate(viewer_of(eva), page, "de")
    found = tongues(viewer_of(eva), german)
    assert [(one.tag, one.name, one.is_here) for one in found] == [
        ("en", "English", False),
        ("de", "Deutsch", True),
        ("ar", "العربيّة", False),
    ]


def test_a_stale_translation_says_so_until_it_is_brought_up_to_date(
    desk: Client, eva: Agent, page: Page
) -> None:
    german = actions.translate(viewer_of(eva), page, "de")
    actions.publish(viewer_of(eva), page)
    path = f"/console/docs/{german.public_id}/"
    assert "The original has been published anew" in desk.get(path).content.decode()
    given = {"title": "Verweise", "body": "Neu.", "seen": actions.stamp_of(german.draft)}
    desk.post(f"{path}publish", {**given, "is_up_to_date": "yes"})
    assert "The original has been published anew" not in desk.get(path).content.decode()


def test_what_is_no_language_is_refused(desk: Client, page: Page) -> None:
    for tag in ("", "no language", "../de", "x" * 80):
        desk.post(f"/console/docs/{page.public_id}/translate", {"language": tag})
    assert Page.objects.count() == 1
