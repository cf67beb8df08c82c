"""Is nothing lost that an editor writes, and does nobody write over anybody?"""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handrail.mediums.docs.models import Draft, Page, Source
from handrail.people.models import Agent

WORDS = {"title": "Links", "summary": "In a sentence.", "body": "New words.\n"}


def path(page: Page, tail: str = "") -> str:
    return f"/console/docs/{page.public_id}/{tail}"


def opened(browser: Client, page: Page) -> dict[str, str]:
    """What the editor's form knows when it is opened: the draft and the revision under it."""
    text = browser.get(path(page)).content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', text)[1]  # type: ignore[index]
        for name in ("seen", "based_on")
    }


def save(browser: Client, page: Page, known: dict[str, str], **words: str) -> Any:
    return browser.post(path(page, "draft"), {**WORDS, **known, **words})


def publish(browser: Client, page: Page, known: dict[str, str], **words: str) -> Any:
    return browser.post(path(page, "publish"), {**WORDS, **known, **words})


@pytest.fixture
def adas(browse: Callable[..., Client], ada: Agent) -> Client:
    """The browser of another editor."""
    return browse(ada)


def test_what_is_typed_is_kept_and_there_again(desk: Client, page: Page) -> None:
    answer = save(desk, page, opened(desk, page), body="Half a sent")
    assert answer.status_code == 200 and "Saved" in answer.content.decode()
    text = desk.get(path(page)).content.decode()
    assert "Half a sent</textarea>" in text
    assert "Unpublished changes" in text
    page.refresh_from_db()
    assert "Half a sent" not in page.html


def test_a_draft_may_have_no_title_yet_and_a_published_page_may_not(
    desk: Client, page: Page
) -> None:
    known = opened(desk, page)
    assert save(desk, page, known, title="").status_code == 200
    answer = publish(desk, page, known, title="", body="Kept all the same.")
    assert answer.status_code == 422
    assert "Give the page a title." in answer.content.decode()
    assert "Kept all the same." in answer.content.decode()


def test_what_says_the_same_as_the_page_begins_no_draft(desk: Client, page: Page) -> None:
    answer = save(desk, page, opened(desk, page), summary="", body=page.body)
    assert "No changes" in answer.content.decode()
    assert not Draft.objects.exists()


def test_ends_of_lines_are_as_every_program_writes_them(desk: Client, page: Page) -> None:
    save(desk, page, opened(desk, page), body="One\r\nTwo\rThree")
    assert Draft.objects.get().body == "One\nTwo\nThree"


def test_publishing_shows_the_words_to_readers_with_a_note_for_colleagues(
    desk: Client, page: Page
) -> None:
    publish(desk, page, opened(desk, page), note="Said better")
    page.refresh_from_db()
    assert "New words." in page.html
    revision = page.revisions.get(number=2)
    assert (revision.note, revision.agent and revision.agent.name) == ("Said better", "Eva")
    assert not Draft.objects.exists()


def test_nothing_new_is_not_published_again(desk: Client, page: Page) -> None:
    known = opened(desk, page)
    answer = publish(desk, page, known, title=page.title, summary="", body=page.body)
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.number == 1


def test_too_long_a_text_is_refused_in_words(desk: Client, page: Page) -> None:
    answer = save(desk, page, opened(desk, page), summary="x" * 501)
    assert answer.status_code == 422
    assert "500" in answer.content.decode()


def test_nul_is_refused_or_left_out(desk: Client, page: Page) -> None:
    answer = save(desk, page, opened(desk, page), title="a\0b")
    assert answer.status_code == 422


# --- Two windows ---------------------------------------------------------------------------------


def test_another_window_of_the_same_editor_is_not_written_over(desk: Client, page: Page) -> None:
    first, second = opened(desk, page), opened(desk, page)
    assert save(desk, page, first, body="Of the first.").status_code == 200
    for sent in (save, publish):
        answer = sent(desk, page, second, body="Of the second.")
        assert answer.status_code == 409
        text = answer.content.decode()
        assert "in another window too" in text
        assert "Of the second." in text or "second" in text
    assert Draft.objects.get().body == "Of the first."
    assert save(desk, page, second, body="Mine.", over_draft="yes").status_code == 200
    assert Draft.objects.get().body == "Mine."


def test_a_window_whose_answer_was_lost_goes_on(desk: Client, page: Page) -> None:
    known = opened(desk, page)
    save(desk, page, known, body="Sent, and not heard of.\n")
    sent = [
        {"title": "Links", "body": "Never came."},
        {**WORDS, "body": "Sent, and not heard of.\n"},
    ]
    lost = json.dumps(sent)
    assert save(desk, page, known, body="More.", sent=lost).status_code == 200
    assert Draft.objects.get().body == "More."
    assert save(desk, page, known, body="Most.", sent=lost).status_code == 409


@pytest.mark.parametrize(
    "sent", ["", "x", "1", "null", "[1]", "{}", "[[]]", '[{"body": {"a": 1}}]', "[" * 99_999, "\0"]
)
def test_what_was_never_sent_makes_nothing_known(desk: Client, page: Page, sent: str) -> None:
    known = opened(desk, page)
    save(desk, page, known)
    assert save(desk, page, known, body="Other.", sent=sent).status_code == 409


# --- Two editors ---------------------------------------------------------------------------------


def test_a_page_that_was_published_meanwhile_is_not_written_over(
    desk: Client, adas: Client, page: Page
) -> None:
    known = opened(desk, page)
    publish(adas, page, opened(adas, page), body="What Ada says.")
    assert save(desk, page, known, body="What Eva says.").status_code == 200
    answer = publish(desk, page, known, body="What Eva says.", note="Mine")
    assert answer["Location"] == path(page, "overtaken") + "?note=Mine"
    page.refresh_from_db()
    assert "What Ada says." in page.html
    shown = desk.get(answer["Location"]).content.decode()
    assert "Ada published it after your draft began" in shown
    assert "<ins>" in shown and "Ada" in shown and "Eva" in shown
    assert "What Eva says." in desk.get(path(page)).content.decode()


def test_an_overtaken_draft_is_published_all_the_same(
    desk: Client, adas: Client, page: Page
) -> None:
    known = opened(desk, page)
    publish(adas, page, opened(adas, page), body="What Ada says.")
    publish(desk, page, known, body="What Eva says.")
    desk.post(path(page, "go-on"), {"how": "publish", "note": "Mine"})
    page.refresh_from_db()
    assert page.number == 3 and "What Eva says." in page.html
    assert page.revisions.get(number=3).note == "Mine"


def test_an_overtaken_draft_goes_on_from_the_newer_page(
    desk: Client, adas: Client, page: Page
) -> None:
    known = opened(desk, page)
    publish(adas, page, opened(adas, page), body="What Ada says.")
    publish(desk, page, known, body="What Eva says.")
    desk.post(path(page, "go-on"), {"how": "write"})
    answer = publish(desk, page, opened(desk, page), body="What both say.")
    assert answer["Location"] == path(page)
    page.refresh_from_db()
    assert "What both say." in page.html


def test_who_was_not_overtaken_finds_the_editor(desk: Client, page: Page) -> None:
    assert desk.get(path(page, "overtaken"))["Location"] == path(page)


def test_two_who_write_at_once_are_told_of_each_other(
    desk: Client, adas: Client, page: Page
) -> None:
    evas, hers = opened(desk, page), opened(adas, page)
    save(adas, page, hers, body="What Ada writes.")
    answer = save(desk, page, evas, body="What Eva writes.")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Ada is writing on this page too" in text
    assert Draft.objects.get().body == "What Ada writes."
    assert save(desk, page, {**evas, "over_draft": "yes"}, body="Eva's.").status_code == 200
    assert Draft.objects.get().body == "Eva's."


def test_publishing_over_a_colleagues_draft_is_stopped_with_the_words_kept(
    desk: Client, adas: Client, page: Page
) -> None:
    evas, hers = opened(desk, page), opened(adas, page)
    save(adas, page, hers, body="What Ada writes.")
    answer = publish(desk, page, evas, body="What Eva writes.")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Not published: Ada is writing on this page too" in text
    assert "What Eva writes.</textarea>" in text
    page.refresh_from_db()
    assert page.number == 1
    publish(desk, page, {**evas, "over_draft": "yes"}, body="What Eva writes.")
    page.refresh_from_db()
    assert "What Eva writes." in page.html


def test_a_draft_of_somebody_else_is_named_as_theirs(
    desk: Client, adas: Client, page: Page
) -> None:
    save(adas, page, opened(adas, page))
    text = desk.get(path(page)).content.decode()
    assert "This draft is Ada's." in text
    assert save(desk, page, opened(desk, page), body="Both know.").status_code == 200


# --- Throwing away, and what comes from elsewhere ------------------------------------------------


def test_a_discarded_draft_leaves_the_page_as_readers_know_it(desk: Client, page: Page) -> None:
    save(desk, page, opened(desk, page))
    desk.post(path(page, "discard"))
    assert "First line." in desk.get(path(page)).content.decode()
    assert not Draft.objects.exists()


def test_a_page_from_a_repository_is_read_only_and_says_why(desk: Client, page: Page) -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    Page.objects.filter(pk=page.pk).update(source=source, source_path="guides/links.md")
    text = desk.get(path(page)).content.decode()
    assert "https://git.example/help.git" in text and "guides/links.md" in text
    assert 'id="page-form"' not in text
    for tail in ("draft", "publish"):
        answer = desk.post(path(page, tail), WORDS)
        assert answer.status_code == 422, tail
    page.refresh_from_db()
    assert page.number == 1 and not Draft.objects.exists()


def test_an_imported_page_says_that_its_file_comes_back(desk: Client, page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(source_path="guides/links.md")
    assert "This page was imported from “guides/links.md”" in desk.get(path(page)).content.decode()


def test_a_category_has_a_name_and_no_text(desk: Client, make: Callable[..., Page]) -> None:
    group = make("Start", is_group=True)
    text = desk.get(path(group)).content.decode()
    assert 'name="title"' in text and 'name="body"' not in text
    publish(desk, group, opened(desk, group), title="Begin", body="")
    group.refresh_from_db()
    assert group.title == "Begin"


@pytest.mark.parametrize(
    "tail", ["", "draft", "publish", "discard", "go-on", "overtaken", "preview", "files"]
)
def test_agents_who_do_not_edit_are_turned_away(
    browse: Callable[..., Client], dora: Agent, page: Page, tail: str
) -> None:
    browser = browse(dora)
    ask = browser.get if tail in {"", "overtaken"} else browser.post
    assert ask(path(page, tail)).status_code == 403
