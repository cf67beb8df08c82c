"""Tests of what readers say about a page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handrail.base.limits import Limit
from handrail.mediums.docs.models import Feedback, Page
from handrail.people.models import Member
from tests.help_pages import page_of, section_of

Browse = Callable[..., Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def page(installation: None) -> Page:
    return page_of(section_of("Brands"), "Links")


def site(page: Page) -> str:
    return f"/docs/-/feedback/{page.public_id}"


def panel(page: Page) -> str:
    return f"/help/docs/-/feedback/{page.public_id}"


def test_a_visitor_rates_a_page_and_adds_words(page: Page, browse: Browse) -> None:
    visitor = browse(None)
    answer = visitor.post(site(page), {"score": "bad"}, headers=HTMX)
    given = Feedback.objects.get()
    assert answer.status_code == 200
    assert f'value="{given.public_id}"' in answer.content.decode()
    words = {"rating": given.public_id, "comment": "The second step is missing."}
    answer = visitor.post(site(page), words, headers=HTMX)
    assert b"We read every word" in answer.content
    given.refresh_from_db()
    assert (given.score, given.comment, given.member) == ("bad", words["comment"], None)


def test_without_a_script_each_step_is_a_page(page: Page, browse: Browse) -> None:
    visitor = browse(None)
    answer = visitor.post(site(page), {"score": "ok"})
    assert answer.status_code == 303
    step = visitor.get(answer["Location"])
    assert b"What should we know?" in step.content
    rating = Feedback.objects.get().public_id
    done = visitor.post(site(page), {"rating": rating, "comment": "Fine so far."})
    assert done.status_code == 303
    assert b"We read every word" in visitor.get(done["Location"]).content
    assert b"Was this page helpful?" in visitor.get(site(page)).content


def test_a_member_has_one_word_a_page(page: Page, alice: Member, browse: Browse) -> None:
    browser = browse(alice)
    for score in ("bad", "good"):
        assert browser.post(panel(page), {"score": score}, headers=HTMX).status_code == 200
    given = Feedback.objects.get()
    assert (given.score, given.member) == ("good", alice)
    page.refresh_from_db()
    assert page.good == 1


@pytest.mark.parametrize("comment", ["", "no", "x" * 513, "nul\0nul"])
def test_words_that_cannot_be_kept_stay_in_the_form(
    page: Page, browse: Browse, comment: str
) -> None:
    visitor = browse(None)
    visitor.post(site(page), {"score": "bad"}, headers=HTMX)
    rating = Feedback.objects.get().public_id
    for headers in (HTMX, {}):
        answer = visitor.post(site(page), {"rating": rating, "comment": comment}, headers=headers)
        assert answer.status_code == 422
        assert comment.replace("\0", "").strip()[:3] in answer.content.decode()
        assert rating in answer.content.decode()
    assert Feedback.objects.get().comment == ""


@pytest.mark.parametrize("length", [3, 512])
def test_three_letters_are_enough_and_512_are_not_too_many(
    page: Page, browse: Browse, length: int
) -> None:
    visitor = browse(None)
    visitor.post(site(page), {"score": "bad"}, headers=HTMX)
    rating = Feedback.objects.get().public_id
    given = {"rating": rating, "comment": "x" * length}
    assert visitor.post(site(page), given, headers=HTMX).status_code == 200
    assert len(Feedback.objects.get().comment) == length


@pytest.mark.parametrize("given", [{}, {"score": "superb"}, {"score": "good'"}])
def test_a_score_that_there_is_not_is_refused(
    page: Page, browse: Browse, given: dict[str, Any]
) -> None:
    assert browse(None).post(site(page), given).status_code == 422
    assert not Feedback.objects.exists()


def test_a_visitor_who_rates_without_end_is_asked_to_wait(
    page: Page, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit("few", most=2, seconds=60)
    monkeypatch.setattr("handrail.mediums.docs.views.feedback.OF_VISITORS", few)
    visitor = browse(None)
    for _ in range(2):
        visitor.post(site(page), {"score": "good"}, headers=HTMX)
    given = {"rating": Feedback.objects.all()[0].public_id, "comment": "My long words."}
    answer = visitor.post(site(page), given, headers=HTMX)
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert b"My long words." in answer.content
    assert Feedback.objects.count() == 2


def test_nobody_rates_what_they_may_not_read(carol: Member, page: Page, browse: Browse) -> None:
    secret = page_of(page.section, "Secret", audience="brand")
    for browser in (browse(None), browse(carol)):
        assert browser.post(site(secret), {"score": "good"}).status_code == 404
        assert browser.get(site(secret)).status_code == 404
    assert not Feedback.objects.exists()


def test_another_site_rates_nothing(page: Page, client: Client) -> None:
    answer = client.post(site(page), {"score": "good"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert client.post(site(page), {"score": "good"}).status_code == 403
    assert not Feedback.objects.exists()


def test_a_rating_that_there_is_not_takes_no_words(page: Page, browse: Browse) -> None:
    for rating in ("A" * 22, "../../x", "x"):
        given = {"rating": rating, "comment": "Some words."}
        assert browse(None).post(site(page), given).status_code == 404


def test_feedback_is_kept_by_no_cache(page: Page, client: Client) -> None:
    assert client.get(site(page))["Cache-Control"] == "private, no-store"
