"""Are questions put together, and forgotten in time?"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from handrail.engines.ai import actions, tasks
from handrail.engines.ai.models import Question, QuestionGroup
from handrail.engines.tasks.worker import Worker
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM, viewer_for_nobody
from tests.asking import ask, group_of
from tests.making import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


def test_the_same_in_other_words_is_one_group() -> None:
    first, second = ask("How do I cancel my plan?"), ask("can I cancel the plan")
    other = ask("Which currencies are there?")
    assert first.group == second.group != other.group
    assert group_of(first).text == "How do I cancel my plan?"
    assert group_of(first).last_asked_at == second.asked_at


def test_each_language_has_groups_of_its_own() -> None:
    assert ask("Plan?", language="en").group != ask("Plan?", language="de").group


def test_the_model_sees_that_other_words_mean_the_same(settings: Any) -> None:
    settings.MEANING_MODEL = None
    first = ask("where's a pdf of last month's bill")
    second = ask("Where can I download last month's invoice as PDF?")
    other = ask("How do I invite a colleague?")
    assert first.group == second.group != other.group
    assert group_of(first).model


def test_many_are_put_together_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        ask(f"Question about thing{number}")
    Question.objects.update(group=None)
    QuestionGroup.objects.all().delete()
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    tasks.group_new.func()
    Worker().run_ready()
    assert not Question.objects.filter(group=None).exists()


def test_what_was_asked_long_ago_is_forgotten() -> None:
    old, new = ask("Old words"), ask("Newer things")
    long_ago = timezone.now() - actions.KEEP - timedelta(days=1)
    Question.objects.filter(pk=old.pk).update(asked_at=long_ago)
    QuestionGroup.objects.filter(pk=group_of(old).pk).update(last_asked_at=long_ago)
    tasks.forget_old.func()
    assert list(Question.objects.all()) == [new]
    assert list(QuestionGroup.objects.all()) == [new.group]


def test_what_is_forgotten_names_no_group_any_more(alice: Member) -> None:
    first, second = ask("How do I cancel my plan?"), ask("can I cancel the plan")
    other = ask("Which currencies are there?")
    actions.forget(viewer_of(alice), [first.public_id])
    assert Question.objects.count() == 3, "nobody forgets what they may not see"
    actions.forget(SYSTEM, [first.public_id, other.public_id])
    assert list(Question.objects.all()) == [second]
    assert [group.text for group in QuestionGroup.objects.all()] == ["can I cancel the plan"]


def test_only_editors_see_groups_and_what_others_asked(
    alice: Member, carol: Member, dora: Agent
) -> None:
    question = ask("What does Enterprise cost?", alice)
    for viewer in (viewer_of(alice), viewer_of(carol), viewer_of(dora), viewer_for_nobody()):
        assert not QuestionGroup.objects.visible_to(viewer).exists()
    assert list(Question.objects.visible_to(viewer_of(alice))) == [question]
    assert not Question.objects.visible_to(viewer_of(carol)).exists()
    assert not Question.objects.visible_to(viewer_of(dora)).exists()
    assert QuestionGroup.objects.visible_to(SYSTEM).exists()
