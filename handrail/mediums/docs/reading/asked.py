"""What does somebody see of what they asked? Their questions in a row, each with its answer now.

An answer is shown as it was given, once the database has said again that all it rests on is there
for this viewer; else a sentence stands in its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from handrail.base.ids import is_public_id
from handrail.engines.ai import making
from handrail.engines.ai.answers import Answer, Outcome, Piece, from_json
from handrail.engines.ai.models import Question
from handrail.engines.search.library.blocks import Kind
from handrail.hub.asking import Cited, Reply, shown_again
from handrail.hub.shown_answers import ShownPiece, ShownSource, in_panel, shown, shown_piece
from handrail.mediums.docs.reading.sides import Side, absolute
from handrail.people.viewer import Viewer

MOST_SHOWN = 30
"""Exchanges of a thread; what is older is not shown any more."""


@dataclass(frozen=True)
class Exchange:
    """A question with its answer."""

    question: Question
    outcome: Outcome
    pieces: list[ShownPiece]
    sources: list[ShownSource]
    closest: list[ShownSource]
    follow_ups: list[str]
    is_gone: bool = False
    """Of what it rested on, something is not there for this viewer any more."""
    is_making: bool = False
    """A better answer is on its way: these are the pieces that came so far."""

    @property
    def said(self) -> str:
        """What is heard when it has come."""
        if self.is_gone:
            return _("The page that answered this is gone.")
        return {
            Outcome.ANSWERED: _("Here is the answer."),
            Outcome.CLOSEST: _("Not sure, but this is closest."),
            Outcome.NOTHING: _("The pages do not say."),
        }[self.outcome]

    @property
    def cited_pages(self) -> list[str]:
        return list(dict.fromkeys(one.thing_id for one in (*self.sources, *self.closest)))


def thread_of(viewer: Viewer, thread: str) -> list[Question]:
    """One asker's questions, oldest first; none for anybody else, and none where none was asked."""
    if not is_public_id(thread):
        return []
    return list(Question.objects.of_thread(viewer, thread).reverse()[:MOST_SHOWN])[::-1]


def asked_in(viewer: Viewer, thread: str) -> list[str]:
    """The questions of a thread, for what need not be asked again."""
    asked = Question.objects.of_thread(viewer, thread).reverse()
    return list(asked.values_list("text", flat=True)[:MOST_SHOWN])


def exchanges(viewer: Viewer, side: Side, questions: Sequence[Question]) -> list[Exchange]:
    """As this viewer may read them now. Two queries, however many there are; and one more for each
    whose answer became whole in the last minute."""
    coming = [making.pieces_so_far(question) for question in questions]
    kept = [_answer_of(question) for question in questions]
    given = [(question.text, answer) for question, answer in zip(questions, kept, strict=True)]
    replies = shown_again(viewer, given)
    each = zip(questions, replies, coming, strict=True)
    return [_exchange(side, question, reply, pieces) for question, reply, pieces in each]


def _answer_of(question: Question) -> Answer:
    return from_json(question.answer)


def _exchange(
    side: Side, question: Question, reply: Reply | None, coming: tuple[Piece, ...] | None
) -> Exchange:
    if reply is None:
        return Exchange(question, Outcome.NOTHING, [], [], [], [], is_gone=True)
    answer = reply.answer
    if coming is not None:
        pieces = [shown_piece(piece, (), in_panel) for piece in coming]
        return Exchange(question, answer.outcome, pieces, [], [], [], is_making=True)
    drawn = shown(reply, partial(_address, side))
    return Exchange(
        question=question,
        outcome=drawn.outcome,
        pieces=drawn.pieces,
        sources=drawn.sources,
        closest=drawn.closest,
        follow_ups=list(answer.follow_ups),
    )


def _address(side: Side, cited: Cited) -> str:
    return (side.is_public and cited.place.public_url) or cited.place.url


def as_text(exchange: Exchange) -> str:
    """An answer with its sources, to be pasted somewhere."""
    parts = [_piece_as_text(piece) for piece in exchange.pieces]
    if exchange.sources:
        lines = [
            f"[{one.number}] {_full_name(one)}\n{absolute(one.whole_path)}"
            for one in exchange.sources
        ]
        parts.append("\n".join([_("Sources:"), *lines]))
    return "\n\n".join(filter(None, parts))


def _full_name(source: ShownSource) -> str:
    return f"{source.title} \u203a {source.headings}" if source.headings else source.title


def _piece_as_text(piece: ShownPiece) -> str:
    marks = "".join(f" [{mark.number}]" for mark in piece.marks)
    lines = {
        Kind.STEPS: [f"{number}. {one}" for number, one in enumerate(piece.lines, piece.first)],
        Kind.LIST: [f"- {one}" for one in piece.lines],
        Kind.TABLE: piece.lines,
        Kind.TEXT: [piece.text],
    }[piece.kind]
    return "\n".join(filter(None, [piece.lead, *lines])) + marks


def address_of(side: Side, thread: str, question: str = "") -> str:
    """Where a thread is read again, at one of its questions."""
    place = f"#q-{question}" if question else ""
    return f"{side.ask_address}?{urlencode({'thread': thread})}{place}"
