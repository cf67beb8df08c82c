"""What does somebody see of what they asked? Their questions in a row, each with its answer now.

An answer is shown as it was given, once the database has said again that all it rests on is there
for this viewer; else a sentence stands in its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from handrail.base.ids import is_public_id
from handrail.engines.ai import making
from handrail.engines.ai.answers import Answer, Outcome, Piece, from_json
from handrail.engines.ai.models import Question
from handrail.engines.search.library.blocks import CELLS, Kind, bare
from handrail.hub.asking import Cited, Reply, shown_again
from handrail.mediums.docs.reading.passages import at_passage
from handrail.mediums.docs.reading.sides import Side, absolute
from handrail.people.viewer import Viewer

MOST_SHOWN = 30
"""Exchanges of a thread; what is older is not shown any more."""


@dataclass(frozen=True)
class ShownSource:
    """A place that an answer rests on."""

    number: int
    title: str
    headings: str
    """`Heading \u203a Heading below`; empty for the beginning of a page."""
    section: str
    url: str
    whole_url: str
    thing_id: str


@dataclass(frozen=True)
class Mark:
    """A citation: its number, and the address at which its words are marked."""

    number: int
    url: str
    says: str


@dataclass(frozen=True)
class ShownPiece:
    """A part of an answer as its kind is drawn. All of it is text."""

    kind: Kind
    lead: str
    lines: list[str]
    marks: list[Mark]
    is_quoted: bool
    is_supported: bool
    first: int = 1
    """Number of the first step."""
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    language: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.lines)


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
        pieces = [_piece(side, piece, ()) for piece in coming]
        return Exchange(question, answer.outcome, pieces, [], [], [], is_making=True)
    return Exchange(
        question=question,
        outcome=answer.outcome,
        pieces=[_piece(side, piece, reply.sources) for piece in answer.pieces],
        sources=_sources(side, reply.sources, answer.pieces),
        closest=_sources(side, reply.closest, ()),
        follow_ups=list(answer.follow_ups),
    )


def _piece(side: Side, piece: Piece, cited: Sequence[Cited]) -> ShownPiece:
    is_table = piece.kind is Kind.TABLE
    rows = [line.split(CELLS) for line in piece.lines] if is_table else []
    has_head = len(rows) > 1
    numbers = [number for number in piece.sources if 0 < number <= len(cited)]
    return ShownPiece(
        kind=piece.kind,
        lead=piece.lead,
        lines=[line if piece.kind is Kind.TEXT else bare(line) for line in piece.lines],
        marks=[_mark(side, number, cited[number - 1], piece) for number in numbers],
        is_quoted=piece.is_quoted,
        is_supported=piece.is_supported,
        first=_first_number(piece),
        head=rows[0] if has_head else [],
        rows=_even(rows[1:] if has_head else rows, len(rows[0]) if rows else 0),
        language=cited[numbers[0] - 1].source.language if numbers else "",
    )


def _first_number(piece: Piece) -> int:
    """Of a long procedure only some steps may be shown; they keep their numbers."""
    digits = piece.lines[0][:3] if piece.lines and piece.kind is Kind.STEPS else ""
    number = "".join(one for one in digits if one in "0123456789")
    return int(number) if number and digits.startswith(number) else 1


def _even(rows: list[list[str]], columns: int) -> list[list[str]]:
    return [row + [""] * (columns - len(row)) for row in rows]


def _mark(side: Side, number: int, cited: Cited, piece: Piece) -> Mark:
    url = at_passage(_address(side, cited), cited.source.anchor, _words_of(piece, number))
    says = _("Source %(number)d: %(title)s") % {"number": number, "title": _named(cited)}
    return Mark(number, url, says)


def _words_of(piece: Piece, number: int) -> Sequence[str]:
    """What of a piece stands in this source: each step of some procedures has one of its own."""
    if not piece.is_quoted:
        return ()
    has_one_each = len(piece.sources) == len(piece.lines) > 1
    return (piece.lines[piece.sources.index(number)],) if has_one_each else piece.lines


def _sources(side: Side, cited: Iterable[Cited], pieces: Iterable[Piece]) -> list[ShownSource]:
    pieces, found = list(pieces), []
    for number, one in enumerate(cited, start=1):
        resting = next((piece for piece in pieces if number in piece.sources), None)
        words = _words_of(resting, number) if resting else ()
        address = _address(side, one)
        anchor = f"#{one.source.anchor}" if one.source.anchor else ""
        found.append(
            ShownSource(
                number=number,
                title=one.place.title,
                headings=" \u203a ".join(one.source.heading_path),
                section=one.place.section,
                url=at_passage(address, one.source.anchor, words),
                whole_url=absolute((one.place.public_url or one.place.url) + anchor),
                thing_id=one.source.thing_id,
            )
        )
    return found


def _named(cited: Cited) -> str:
    return " \u203a ".join([cited.place.title, *cited.source.heading_path])


def _address(side: Side, cited: Cited) -> str:
    return (side.is_public and cited.place.public_url) or cited.place.url


def as_text(exchange: Exchange) -> str:
    """An answer with its sources, to be pasted somewhere."""
    parts = [_piece_as_text(piece) for piece in exchange.pieces]
    if exchange.sources:
        lines = [f"[{one.number}] {_full_name(one)}\n{one.whole_url}" for one in exchange.sources]
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
