"""Tests of what can be done with an answer."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from handrail.engines.ai import making
from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.making import Steps
from handrail.engines.ai.models import Question
from handrail.hub import answerers
from handrail.hub.models import MediumOffer
from handrail.mediums.docs.models import Page
from handrail.people.models import Audience, Member
from handrail.people.viewer import Viewer, viewer_for_member, viewer_for_nobody
from tests.asking import answer_of, answer_path, asked_by, nothing, piece_of
from tests.help_pages import changed, page_of, section_of

Browse = Callable[..., Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def page(installation: None) -> Page:
    return page_of(section_of("Brands"), "Links", "## Limits\n\nAt most 100 links are open.")


@pytest.fixture
def asked(page: Page, alice: Member) -> Question:
    return asked_by(viewer_for_member(alice), answer_of(page))


# --- Whether it helped --------------------------------------------------------------------------


def test_a_thumb_down_asks_for_a_reason_and_takes_words(
    asked: Question, alice: Member, browse: Browse
) -> None:
    browser, path = browse(alice), answer_path(asked, "/verdict")
    step = browser.post(path, {"verdict": "did-not"}, headers=HTMX)
    assert b"What is wrong with it?" in step.content
    without = browser.post(path, {"verdict": "did-not", "note": "Old."}, headers=HTMX)
    assert without.status_code == 422
    assert b"Choose what comes nearest." in without.content
    assert b"Old." in without.content
    sent = {"verdict": "did-not", "reason": "wrong", "note": "It says\0 99."}
    done = browser.post(path, sent, headers=HTMX)
    assert b"We read every word" in done.content
    asked.refresh_from_db()
    assert (asked.verdict, asked.reason, asked.note) == ("did-not", "wrong", "It says  99.")
    better = browser.post(path, {"verdict": "helped"}, headers=HTMX)
    assert b'aria-pressed="true" aria-label="It helped"' in better.content
    asked.refresh_from_db()
    assert (asked.verdict, asked.reason, asked.note) == ("helped", "", "")


def test_without_a_script_the_thread_follows(page: Page, browse: Browse) -> None:
    asked = asked_by(viewer_for_nobody(), answer_of(page))
    path = answer_path(asked, "/verdict", is_public=True)
    answer = browse(None).post(path, {"verdict": "did-not"})
    assert answer.status_code == 303
    assert b"What is wrong with it?" in browse(None).get(answer["Location"]).content
    wrong = browse(None).post(path, {"verdict": "did-not", "reason": "made-up"})
    assert wrong.status_code == 422
    assert b"Back to the answer" in wrong.content
    assert browse(None).post(path, {"verdict": "great"}).status_code == 404


ACTS = ["/stop", "/verdict", "/tell-me"]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_does_anything_with_a_members_answer(
    asked: Question, bob: Member, carol: Member, browse: Browse, act: str
) -> None:
    for who in (bob, carol):
        for is_public in (True, False):
            path = answer_path(asked, act, is_public=is_public)
            assert browse(who).post(path, {"verdict": "helped"}).status_code == 404
            assert browse(who).get(answer_path(asked)).status_code == 404
            assert browse(who).get(answer_path(asked, "/to/tickets")).status_code == 404
    path = answer_path(asked, act)
    expected = 401 if act == "/tell-me" else 404
    assert browse(None).post(path, {"verdict": "helped"}).status_code == expected
    asked.refresh_from_db()
    assert (asked.verdict, asked.wants_to_hear) == ("", False)


# --- Being told ---------------------------------------------------------------------------------


def test_a_member_is_told_once_the_pages_answer(page: Page, alice: Member, browse: Browse) -> None:
    asked = asked_by(viewer_for_member(alice), nothing(page))
    thread = f"/help/docs/ask?thread={asked.thread}"
    assert b"Tell me when the pages answer this" in browse(alice).get(thread).content
    done = browse(alice).post(answer_path(asked, "/tell-me"), headers=HTMX)
    assert b"We tell you when the pages answer this" in done.content
    asked.refresh_from_db()
    assert asked.wants_to_hear
    assert browse(alice).post(answer_path(asked, "/tell-me")).status_code == 303


def test_what_is_answered_or_asked_by_nobody_waits_for_nothing(
    page: Page, alice: Member, browse: Browse
) -> None:
    answered = asked_by(viewer_for_member(alice), answer_of(page))
    assert browse(alice).post(answer_path(answered, "/tell-me")).status_code == 404
    visitors = asked_by(viewer_for_nobody(), nothing(page))
    shown = browse(None).get(f"/docs/ask?thread={visitors.thread}")
    assert b"Tell me when" not in shown.content


# --- Still stuck --------------------------------------------------------------------------------


def test_a_ticket_brings_the_question_and_the_answer_along(
    asked: Question, page: Page, alice: Member, browse: Browse
) -> None:
    assert b"/to/tickets" in browse(alice).get(f"/help/docs/ask?thread={asked.thread}").content
    answer = browse(alice).get(answer_path(asked, "/to/tickets"))
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer["Location"]).query)
    assert query["subject"] == ["How many links?"]
    assert "At most 100 links are open at once." in query["body"][0]
    assert "/docs/brands/links" in query["body"][0]
    assert query["source"] == [f"docs/{page.public_id}"]
    form = browse(alice).get(answer["Location"])
    assert "How many links?" in form.content.decode()


def test_a_ticket_brings_nothing_of_a_page_that_is_gone(
    asked: Question, page: Page, alice: Member, browse: Browse
) -> None:
    changed(page, is_hidden=True)
    query = parse_qs(
        urlsplit(browse(alice).get(answer_path(asked, "/to/tickets"))["Location"]).query
    )
    assert "At most 100" not in query["body"][0]
    assert "source" not in query


def test_what_was_asked_before_signing_in_goes_along(
    page: Page, alice: Member, browse: Browse
) -> None:
    visitors = asked_by(viewer_for_nobody(), answer_of(page))
    path = answer_path(visitors, "/to/tickets")
    assert browse(None).get(path).status_code == 401
    assert "How+many+links" in browse(alice).get(path)["Location"]


@pytest.mark.parametrize("medium", ["chat", "booking", "docs", "made-up"])
def test_what_is_not_there_or_takes_nothing_over_leads_nowhere(
    asked: Question, alice: Member, browse: Browse, medium: str
) -> None:
    assert browse(alice).get(answer_path(asked, f"/to/{medium}")).status_code == 404
    shown = browse(alice).get(f"/help/docs/ask?thread={asked.thread}").content.decode()
    assert f"/to/{medium}" not in shown


def test_a_medium_that_is_closed_to_them_is_not_offered(
    asked: Question, alice: Member, browse: Browse
) -> None:
    others = Audience.objects.get(key="partner")
    MediumOffer.objects.filter(medium="tickets").update(audience=others)
    assert browse(alice).get(answer_path(asked, "/to/tickets")).status_code == 404
    shown = browse(alice).get(f"/help/docs/ask?thread={asked.thread}")
    assert b"Still stuck?" not in shown.content


# --- While an answer is being made --------------------------------------------------------------


class Slow:
    """An answerer whose reader looks at the page after each piece."""

    def __init__(self, browser: Client, page: Page) -> None:
        self.browser, self.page = browser, page
        self.seen: list[Any] = []
        self.act = ""
        self.asked: tuple[Viewer, str, str] | None = None

    def look(self, act: str = "", **headers: str) -> Any:
        question = Question.objects.latest("pk")
        path = answer_path(question, act, is_public=True)
        ask = self.browser.post if act else self.browser.get
        return ask(path, headers=headers)

    def __call__(self, viewer: Viewer, kept: Question, question: str, goal: str) -> Steps:
        self.asked = (viewer, question, goal)
        for words in ("First words.", "<b>Second</b> words."):
            yield "piece", piece_of(words, is_quoted=False, sources=())
            self.seen.append(self.look(**HTMX))
            if self.act:
                self.seen.append(self.look(self.act, **HTMX))
        written = piece_of("First words.", "Second words.", is_quoted=False)
        yield "done", answer_of(self.page, written, engine="model")


@pytest.fixture
def slow(page: Page, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    monkeypatch.setattr(making, "IS_BEHIND", False)
    answerer = Slow(browse(None), page)
    with answerers.temporarily(answerer):
        yield answerer


def ask(browser: Client, **headers: str) -> Any:
    sent = {"question": "How many links are open, 12345678?", "goal": "sell"}
    return browser.post("/docs/ask", sent, headers=headers)


def test_pieces_arrive_while_an_answer_is_made_and_then_the_whole(slow: Slow) -> None:
    ask(slow.browser, **HTMX)
    first, second = (seen.content.decode() for seen in slow.seen)
    assert "First words." in first
    assert "Second" not in first
    assert "&lt;b&gt;Second&lt;/b&gt; words." in second
    assert 'hx-trigger="load delay:300ms' in second
    assert "HX-Retarget" not in slow.seen[1]
    done = slow.look(**HTMX)
    asked = Question.objects.get()
    assert done["HX-Retarget"] == f"#q-{asked.public_id}"
    assert 'data-said="Here is the answer."' in done.content.decode()
    assert (asked.engine, asked.outcome) == ("model", "answered")
    assert slow.asked
    assert slow.asked[1:] == ("How many links are open, 12345678?", "sell")
    assert "12345678" not in asked.text


def test_a_reload_in_between_goes_on_with_it(slow: Slow) -> None:
    seen: list[str] = []

    def look(**headers: str) -> Any:
        thread = Question.objects.get().thread
        seen.append(slow.browser.get(f"/docs/ask?thread={thread}").content.decode())

    slow.look = look  # type: ignore[method-assign, assignment]
    ask(slow.browser, **HTMX)
    assert "First words." in seen[0]
    assert "data-making" in seen[0]
    assert "Stop" in seen[0]


def test_stopped_the_words_of_the_pages_take_its_place(slow: Slow) -> None:
    slow.act = "/stop"
    ask(slow.browser, **HTMX)
    stopped = slow.seen[1]
    assert len(slow.seen) == 2
    assert "HX-Retarget" in stopped
    assert "First words." not in stopped.content.decode()
    assert "data-making" not in stopped.content.decode()
    assert Question.objects.get().engine == "built-in"


def test_without_a_script_the_built_in_answer_is_the_answer(slow: Slow) -> None:
    ask(slow.browser)
    assert slow.seen == []
    assert Question.objects.get().engine == "built-in"


def test_without_an_answerer_the_answer_is_in_the_first_response(
    page: Page, browse: Browse
) -> None:
    answer = ask(browse(None), **HTMX).content.decode()
    assert "data-said=" in answer
    assert "data-making" not in answer


def test_a_page_that_was_taken_away_meanwhile_takes_the_pieces_away(slow: Slow) -> None:
    """Nobody waits for the end of an answer that is not theirs any more."""

    def hide(*args: Any, **headers: str) -> Any:
        changed(slow.page, is_hidden=True)
        return None

    slow.look = hide  # type: ignore[method-assign]
    ask(slow.browser, **HTMX)
    del slow.look
    assert "is gone" in slow.look(**HTMX).content.decode()


def test_whoever_has_no_script_is_led_from_an_answer_to_its_thread(
    page: Page, browse: Browse
) -> None:
    asked = asked_by(viewer_for_nobody(), answer_of(page, outcome=Outcome.CLOSEST))
    answer = browse(None).get(answer_path(asked, is_public=True))
    assert answer["Location"] == f"/docs/ask?thread={asked.thread}#q-{asked.public_id}"
