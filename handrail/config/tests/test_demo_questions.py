"""Have the demo's people asked, once, what its editors then read?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tomllib import loads
from typing import Any

import pytest
from django.utils import timezone

from handrail.config.demo import people
from handrail.config.demo import questions as demo
from handrail.config.demo.help_centre import load_help_centre
from handrail.config.installation import install_defaults
from handrail.engines.ai.models import EvaluationQuestion, EvaluationRun, Question, QuestionGroup
from handrail.engines.tasks.worker import Worker
from handrail.mediums.docs.models import Page
from handrail.people.models import Member
from handrail.people.viewer import SYSTEM
from tests.making import viewer_of

CONTENT = demo.FOLDER.parent


@pytest.fixture
def asked(db: None, tmp_path: Path, settings: Any) -> None:
    """The demo's people and pages, and its questions."""
    settings.ENV = replace(settings.ENV, data=tmp_path)
    install_defaults()
    content = loads((CONTENT / "people.toml").read_text(encoding="utf-8"))
    people.load_plans(loads((CONTENT / "plans.toml").read_text(encoding="utf-8"))["plan"])
    people.load_agents(content["agent"])
    people.load_members(people.load_host(), content)
    load_help_centre(CONTENT)
    demo.load_questions()
    Worker().run_ready()


def test_dozens_were_asked_over_the_last_weeks_by_members_and_others(asked: None) -> None:
    questions = Question.objects.visible_to(SYSTEM)
    assert 40 <= questions.count() <= 90
    assert {one.surface for one in questions} == {"panel", "site", "markdown", "mcp"}
    assert questions.filter(member=None).exists()
    assert questions.filter(wants_to_hear=True).exists()
    assert not questions.filter(group=None).exists()
    assert QuestionGroup.objects.visible_to(SYSTEM).count() < questions.count()
    now = timezone.now()
    assert not questions.filter(asked_at__gt=now).exists()
    assert questions.filter(asked_at__lt=now - timedelta(days=40)).exists()


def test_nobody_was_told_what_they_may_not_read(asked: None) -> None:
    for question in Question.objects.visible_to(SYSTEM).exclude(member=None):
        member = Member.objects.with_facts().get(pk=question.member_id or 0)
        cited = {one["thing_id"] for one in question.answer["sources"]}
        readable = Page.objects.visible_to(viewer_of(member)).filter(public_id__in=cited)
        assert readable.count() == len(cited)


def test_editors_measure_by_a_dozen_and_nothing_is_asked_twice(asked: None) -> None:
    assert EvaluationQuestion.objects.count() == demo.KEPT
    assert EvaluationRun.objects.get().total == demo.KEPT
    count = Question.objects.count()
    demo.load_questions()
    demo.ask_all.func()
    assert Question.objects.count() == count
