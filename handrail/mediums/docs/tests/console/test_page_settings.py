"""Can an editor say whom a page is for, and where it is?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.mediums.docs.console.page_settings import in_words
from handrail.mediums.docs.models import Page, Redirect, Source
from handrail.people.models import Audience


def path(page: Page, tail: str = "settings") -> str:
    return f"/console/docs/{page.public_id}/{tail}"


def test_a_new_address_leaves_the_old_one_leading_on(desk: Client, page: Page) -> None:
    assert desk.post(path(page), {"slug": "Zähl & mehr"}).status_code == 302
    page.refresh_from_db()
    assert page.path == "zähl-mehr"
    assert Redirect.objects.get().path == "links"
    assert "<code>links</code>" in desk.get(path(page)).content.decode()


def test_everything_beside_the_words_is_kept(desk: Client, page: Page) -> None:
    audience = Audience.objects.filter(everyone=False)[0]
    given = {
        "slug": "links",
        "audience": audience.key,
        "is_hidden": "on",
        "icon": "link",
        "keywords": "url\n\n url \nreferral",
        "questions": "How long?",
    }
    desk.post(path(page), given)
    page.refresh_from_db()
    assert (page.audience, page.is_hidden, page.icon) == (audience, True, "link")
    assert (page.keywords, page.questions) == (["url", "referral"], ["How long?"])
    text = desk.get(path(page)).content.decode()
    assert ">\nurl\nreferral</textarea>" in text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("slug", "", "Give the page an address."),
        ("audience", "nobody", "valid choice"),
        ("icon", "no-such-icon", "valid choice"),
        ("keywords", "\n".join(f"word {n}" for n in range(41)), "more than 40 lines"),
        ("questions", "x" * 201, "longer than 200 letters"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_stays(
    desk: Client, page: Page, field: str, value: str, words: str
) -> None:
    answer = desk.post(path(page), {"slug": "other", "keywords": "kept", field: value})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert ">\nkept</textarea>" in text or value in text
    page.refresh_from_db()
    assert page.slug == "links"


def test_who_will_read_it_is_said_in_words() -> None:
    assert in_words(None, []).startswith("Everybody")
    assert in_words(Audience(agents=True), []) == "Your own agents alone."
    assert in_words(Audience(), []) == "Every member who is signed in."
    narrowed = in_words(Audience(kinds=["brand"], roles=["admin"]), ["Enterprise"])
    assert narrowed == (
        "Members whose account is: brand; whose plan is: Enterprise; whose role is: admin."
    )


def test_a_page_is_put_below_another_and_not_below_itself(
    desk: Client, make: Callable[..., Page]
) -> None:
    page, start = make("Links"), make("Start", is_group=True)
    desk.post(path(page, "place"), {"parent": start.public_id, "place": "first"})
    page.refresh_from_db()
    assert page.path == "start/links"
    answer = desk.post(path(start, "place"), {"parent": page.public_id, "place": "last"})
    assert answer.status_code == 422
    assert "Choose a page of this section." in answer.content.decode()


def test_a_page_from_a_repository_keeps_its_settings(desk: Client, page: Page) -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    Page.objects.filter(pk=page.pk).update(source=source, source_path="links.md")
    assert 'fieldset class="fields" disabled' in desk.get(path(page)).content.decode()
    assert desk.post(path(page), {"slug": "other"}).status_code == 422
    page.refresh_from_db()
    assert page.slug == "links"
