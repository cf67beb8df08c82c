"""Tests of who takes seconds over an answer."""

import pytest

from handrail.engines.ai import making
from handrail.engines.ai.answers import NOTHING, Answer, Outcome
from handrail.engines.ai.making import Steps
from handrail.engines.ai.models import Question
from handrail.hub import answerers
from handrail.people.models import Member
from handrail.people.viewer import Viewer
from tests.asking import asked_by
from tests.making import viewer_of


def test_nobody_thinks_on_where_there_is_no_answerer(alice: Member) -> None:
    assert not answerers.think_on(viewer_of(alice), asked_by(viewer_of(alice), NOTHING), "How?")


def test_the_answerer_gets_the_question_in_full(
    alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "IS_BEHIND", False)
    given = []

    def answer(viewer: Viewer, question: Question, asked: str, goal: str) -> Steps:
        given.append((viewer, question.pk, asked, goal))
        yield "done", Answer(Outcome.CLOSEST, 0.5)

    viewer, text = viewer_of(alice), "Where is 12345678?"
    question = asked_by(viewer, NOTHING, text)
    with answerers.temporarily(answer):
        assert answerers.think_on(viewer, question, text, "sell")
    assert given == [(viewer, question.pk, text, "sell")]
    question.refresh_from_db()
    assert (question.outcome, question.text) == ("closest", "Where is …?")
    assert not answerers.think_on(viewer, question, text)
