"""Do editors say what must be answered, and see what got worse?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.engines.ai.models import EvaluationQuestion
from handrail.engines.tasks.worker import Worker
from handrail.mediums.docs import actions, tasks
from handrail.mediums.docs.actions.evaluating import keep_question, run_now
from handrail.mediums.docs.models import Page
from tests.asking import PAYOUTS
from tests.help_pages import EDITOR, rewritten

PATH = "/console/docs/questions/evaluation/"


@pytest.fixture
def payouts(make: Callable[..., Page]) -> Page:
    body = "About money.\n\n## When the payout arrives\n\nThe payout arrives on the third day.\n"
    return make("Payouts", body=body)


def seen(desk: Client, path: str = PATH) -> str:
    answer = desk.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_where_nothing_is_kept_it_says_how_to_begin(desk: Client) -> None:
    assert "No question yet" in seen(desk)


def test_a_question_is_added_with_what_answers_it_now(desk: Client, payouts: Page) -> None:
    leads_to = desk.post(PATH, {"text": PAYOUTS, "language": "en"})["Location"]
    kept = EvaluationQuestion.objects.get()
    assert (kept.page, kept.anchor) == (payouts.public_id, "when-the-payout-arrives")
    text = seen(desk, leads_to)
    assert f'value="{payouts.public_id}#when-the-payout-arrives" checked' in text
    assert "Should be answered by" in seen(desk)


def test_no_words_are_refused(desk: Client) -> None:
    answer = desk.post(PATH, {"text": " ", "language": "en"})
    assert answer.status_code == 422
    assert "Write the question as a reader would." in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [
        ({"place": "none"}, ("", "")),
        ({"place": "address", "address": "/docs/brand/payouts#x"}, ("PAGE", "x")),
        (
            {"place": "address", "address": "http://our.example/help/docs/brand/payouts"},
            ("PAGE", ""),
        ),
        ({"place": "address", "address": "/docs/brand/nowhere"}, None),
        ({"place": "address", "address": "http://[\0"}, None),
        ({"place": "made-up#x"}, None),
        ({}, None),
    ],
)
def test_the_section_is_chosen(
    desk: Client, payouts: Page, given: dict[str, str], kept_as: tuple[str, str] | None
) -> None:
    kept = keep_question(EDITOR, PAYOUTS, "en", payouts, "old")
    answer = desk.post(f"{PATH}{kept.public_id}/", given)
    kept.refresh_from_db()
    if kept_as is None:
        assert answer.status_code == 422
        assert kept.anchor == "old"
    else:
        page, anchor = kept_as
        assert (kept.page, kept.anchor) == (page and payouts.public_id, anchor)


def test_what_got_worse_is_shown_with_the_page_that_did_it(desk: Client, payouts: Page) -> None:
    keep_question(EDITOR, PAYOUTS, "en", payouts)
    assert "Not asked yet" in seen(desk)
    desk.post(f"{PATH}run")
    assert "They are about to be asked" in seen(desk)
    Worker().run_ready()
    assert "1 of 1 right" in seen(desk)
    assert "What got worse" not in seen(desk)
    rewritten(payouts, "Nothing.")
    run_now(EDITOR)
    text = seen(desk)
    assert "What got worse" in text
    assert "0 of 1 right" in text
    assert "<caption>Right, by run</caption>" in text


def test_a_run_names_the_pages_that_changed(desk: Client, payouts: Page) -> None:
    keep_question(EDITOR, PAYOUTS, "en", payouts)
    rewritten(payouts, "The payout arrives.")
    tasks.measure.func()
    assert f"/console/docs/{payouts.public_id}/revisions" in seen(desk)


def test_a_question_is_taken_out(desk: Client) -> None:
    kept = keep_question(EDITOR, PAYOUTS, "en", None)
    desk.post(f"{PATH}{kept.public_id}/drop")
    assert not EvaluationQuestion.objects.exists()


def test_a_page_that_is_gone_is_said_to_be(desk: Client, payouts: Page) -> None:
    kept = keep_question(EDITOR, PAYOUTS, "en", payouts)
    actions.delete_page(EDITOR, payouts)
    assert "Its page is deleted" in seen(desk)
    assert "A page that is gone" in seen(desk, f"{PATH}{kept.public_id}/")
