"""Tests of answers that are made behind the page."""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Any

import pytest

from handrail.engines.ai import making
from handrail.engines.ai.actions import remember
from handrail.engines.ai.answers import Answer, Outcome, Piece, from_json
from handrail.engines.ai.making import Steps
from handrail.engines.ai.models import Question, Surface
from handrail.engines.search.library.blocks import Kind
from handrail.people.models import Member
from handrail.people.viewer import viewer_for_member

QUOTED = Answer(Outcome.CLOSEST, 0.4, (Piece(Kind.TEXT, ("Quoted.",), ()),))
WRITTEN = Answer(Outcome.ANSWERED, 0.9, (Piece(Kind.TEXT, ("Written.",), ()),), engine="model")
FIRST, SECOND = Piece(Kind.TEXT, ("One.",), ()), Piece(Kind.LIST, ("Two", "Three"), (1,))


@pytest.fixture
def question(alice: Member, monkeypatch: pytest.MonkeyPatch) -> Question:
    monkeypatch.setattr(making, "IS_BEHIND", False)
    return remember(
        viewer_for_member(alice),
        "How?",
        QUOTED,
        surface=Surface.PANEL,
        language="en",
        milliseconds=5,
    )


def text_of(question: Question) -> str:
    question.refresh_from_db()
    return from_json(question.answer).pieces[0].lines[0]


def steps(look: Callable[[], Any] = lambda: None, end: Any = WRITTEN) -> Callable[[], Steps]:
    """Work that comes in two pieces; `look` is called after each of them was shown."""

    def work() -> Steps:
        for piece in (FIRST, SECOND):
            yield "piece", piece
            look()
        if isinstance(end, Exception):
            raise end
        yield "done", end

    return work


def test_pieces_are_seen_as_they_come_and_the_whole_is_kept(question: Question) -> None:
    seen: list[Any] = []
    assert making.begin(question, steps(lambda: seen.append(making.pieces_so_far(question))))
    assert seen == [(FIRST,), (FIRST, SECOND)]
    assert making.pieces_so_far(question) is None
    assert text_of(question) == "Written."
    assert (question.outcome, question.engine) == ("answered", "model")
    assert question.milliseconds >= 5


def test_who_read_the_row_before_the_answer_was_whole_gets_the_whole_one(
    question: Question,
) -> None:
    read_before = Question.objects.get(pk=question.pk)
    making.begin(question, steps())
    assert making.pieces_so_far(read_before) is None
    assert read_before.outcome == "answered"
    assert from_json(read_before.answer).pieces[0].lines == ("Written.",)


def test_before_the_first_piece_it_is_already_being_made(question: Question) -> None:
    seen: list[Any] = []

    def work() -> Steps:
        seen.append(making.pieces_so_far(question))
        yield "done", WRITTEN

    making.begin(question, work)
    assert seen == [()]


@pytest.mark.filterwarnings("ignore")
def test_what_fails_leaves_the_answer_that_was_there(question: Question) -> None:
    making.begin(question, steps(end=ValueError("cut off")))
    assert text_of(question) == "Quoted."
    assert making.pieces_so_far(question) is None


def test_what_is_stopped_shows_nothing_more_and_keeps_nothing(question: Question) -> None:
    closed = []

    def work() -> Steps:
        try:
            yield "piece", FIRST
            making.stop(question)
            assert making.pieces_so_far(question) is None
            yield "piece", SECOND
            raise AssertionError("went on")
        finally:
            closed.append(True)

    making.begin(question, work)
    assert closed == [True]
    assert text_of(question) == "Quoted."


def test_too_many_at_once_are_not_begun(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_free", BoundedSemaphore(1))
    begun = []
    making.begin(question, steps(lambda: begun.append(making.begin(question, steps()))))
    assert begun == [False, False]
    assert making.begin(question, steps())


def test_whoever_made_it_may_end_without_a_word(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache forgets by itself: here at once."""
    monkeypatch.setattr(making, "LONGEST_SILENCE", -1)
    making._show(question.public_id, [FIRST])
    assert making.pieces_so_far(question) is None
    assert text_of(question) == "Quoted."


def test_what_was_said_to_the_first_answer_is_not_said_to_the_second(question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(verdict="did-not", reason="wrong")
    making.begin(question, steps())
    question.refresh_from_db()
    assert (question.verdict, question.reason) == ("", "")
