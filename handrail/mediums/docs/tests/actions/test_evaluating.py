"""Is it noticed when the pages answer worse than before?"""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from handrail.engines.ai.models import EvaluationQuestion, EvaluationRun
from handrail.engines.tasks.worker import Worker
from handrail.hub import asking
from handrail.mediums.docs import actions, tasks
from handrail.mediums.docs.actions import evaluating
from handrail.mediums.docs.actions.evaluating import Grade, got_worse, keep_question, run_now
from handrail.mediums.docs.models import Page, Section
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.asking import PAYOUTS
from tests.help_pages import EDITOR, page_of, rewritten, section_of
from tests.making import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

ANSWER = "The payout arrives on the third working day of the month."


@pytest.fixture
def section() -> Section:
    return section_of("Money")


@pytest.fixture
def page(section: Section) -> Page:
    body = f"# Payouts\n\nAbout money.\n\n## Arrival\n\n{ANSWER}\n\n## Other\n\nSomething else."
    return page_of(section, "Payouts", body)


def grades(run: EvaluationRun) -> list[str]:
    return [one["grade"] for one in run.results.values()]


def test_the_right_section_and_a_right_silence_are_right(page: Page) -> None:
    keep_question(EDITOR, PAYOUTS, "en", page, "arrival")
    keep_question(EDITOR, "Which colour has the moon?", "en", None)
    run = run_now(EDITOR)
    assert grades(run) == [Grade.RIGHT, Grade.RIGHT]
    assert (run.right, run.total, run.worse) == (2, 2, 0)


def test_another_section_is_near_and_another_page_is_not(section: Section, page: Page) -> None:
    keep_question(EDITOR, PAYOUTS, "en", page, "other")
    keep_question(EDITOR, "When does a payout arrive?", "en", page_of(section, "Colours"), "")
    assert grades(run_now(EDITOR)) == [Grade.NEAR, Grade.WRONG]


def test_an_answer_where_there_should_be_none_is_wrong(page: Page) -> None:
    keep_question(EDITOR, PAYOUTS, "en", None)
    assert grades(run_now(EDITOR)) == [Grade.WRONG]


def test_what_got_worse_is_told_against_the_run_before(page: Page) -> None:
    kept = keep_question(EDITOR, PAYOUTS, "en", page, "arrival")
    before = run_now(EDITOR)
    rewritten(page, "We moved this.")
    after = run_now(EDITOR)
    [worse] = got_worse(before, after)
    assert (worse.question_id, worse.before) == (kept.public_id, Grade.RIGHT)
    assert after.worse == 1
    assert got_worse(None, after) == []


def test_every_publish_has_them_asked_once(section: Section, page: Page) -> None:
    Worker().run_ready()
    keep_question(EDITOR, PAYOUTS, "en", page, "arrival")
    more = [page_of(section, title).public_id for title in ("One", "Two")]
    [run] = EvaluationRun.objects.all()
    assert (run.pages, run.began_at) == (more, None)
    tasks.measure.func()
    tasks.measure.func()
    [run] = EvaluationRun.objects.all()
    assert (run.right, run.pages) == (1, more)


def test_by_hand_it_does_not_wait(page: Page) -> None:
    keep_question(EDITOR, PAYOUTS, "en", page)
    actions.want_run_by_hand(EDITOR)
    Worker().run_ready()
    assert EvaluationRun.objects.get().right == 1


def test_where_nothing_is_kept_nothing_runs(page: Page) -> None:
    rewritten(page, ANSWER)
    assert not EvaluationRun.objects.exists()


def test_the_same_words_are_one_question(page: Page) -> None:
    keep_question(EDITOR, PAYOUTS, "en", None)
    keep_question(EDITOR, f"  {PAYOUTS}\0 ", "en", page, "arrival")
    kept = EvaluationQuestion.objects.get()
    assert (kept.page, kept.anchor) == (page.public_id, "arrival")


@pytest.mark.parametrize("text", ["", " \0 ", "x" * 2_001])
def test_no_words_and_too_many_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        keep_question(EDITOR, text, "en", None)


def test_there_is_an_end_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "MOST_QUESTIONS", 1)
    keep_question(EDITOR, "One?", "en", None)
    with pytest.raises(ValidationError):
        keep_question(EDITOR, "Two?", "en", None)


def test_old_runs_go(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "MOST_RUNS", 2)
    keep_question(EDITOR, PAYOUTS, "en", page)
    for _ in range(4):
        run_now(EDITOR)
    assert EvaluationRun.objects.count() == 2


def test_one_that_fails_counts_as_missed(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    real = asking.ask

    def failing(viewer: Any, text: str, **choices: Any) -> Any:
        if text == "Fails?":
            raise RuntimeError
        return real(viewer, text, **choices)

    monkeypatch.setattr(asking, "ask", failing)
    keep_question(EDITOR, "Fails?", "en", page)
    keep_question(EDITOR, PAYOUTS, "en", page)
    assert grades(run_now(EDITOR)) == [Grade.MISSED, Grade.RIGHT]


def test_only_editors_keep_and_run(alice: Member, dora: Agent, page: Page) -> None:
    for who in (alice, dora):
        viewer = viewer_of(who)
        with pytest.raises(NotEntitled):
            keep_question(viewer, PAYOUTS, "en", page)
        with pytest.raises(NotEntitled):
            actions.want_run_by_hand(viewer)
        with pytest.raises(NotEntitled):
            actions.drop_question(viewer, "x")
        assert not EvaluationQuestion.objects.visible_to(viewer).exists()
        assert not EvaluationRun.objects.visible_to(viewer).exists()
