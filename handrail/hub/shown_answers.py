"""What of an answer does a page draw? Its parts and its sources, as text, each with an address.

Ask and chat draw the same: `hub/_answer.html` with what is made here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from handrail.base.languages import direction_of
from handrail.engines.ai.answers import Outcome, Piece
from handrail.engines.search.library.blocks import Kind, bare, cells
from handrail.hub.asking import Cited, Reply
from handrail.hub.passages import at_passage

AddressOf = Callable[[Cited], str]
"""Where the reader of a page finds what is cited."""


@dataclass(frozen=True)
class ShownSource:
    """A place that an answer rests on."""

    number: int
    title: str
    headings: str
    """`Heading \u203a Heading below`; empty for the beginning of a page."""
    section: str
    url: str
    whole_path: str
    """Where it stands for everybody who may read it, at its section."""
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

    @property
    def direction(self) -> str:
        """As HTML's `dir` has it."""
        return direction_of(self.language) if self.language else "auto"


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as `hub/_answer.html` draws it."""

    outcome: Outcome
    pieces: list[ShownPiece]
    sources: list[ShownSource]
    closest: list[ShownSource]


def in_panel(cited: Cited) -> str:
    """The address of members and agents: their own side's page."""
    return cited.place.url


def shown(reply: Reply, address_of: AddressOf = in_panel) -> ShownAnswer:
    """All of a reply."""
    answer = reply.answer
    return ShownAnswer(
        outcome=answer.outcome,
        pieces=[shown_piece(piece, reply.sources, address_of) for piece in answer.pieces],
        sources=shown_sources(reply.sources, answer.pieces, address_of),
        closest=shown_sources(reply.closest, (), address_of),
    )


def shown_piece(piece: Piece, cited: Sequence[Cited], address_of: AddressOf) -> ShownPiece:
    is_table = piece.kind is Kind.TABLE
    rows = cells(piece.lines) if is_table else []
    has_head = len(rows) > 1
    numbers = [number for number in piece.sources if 0 < number <= len(cited)]
    return ShownPiece(
        kind=piece.kind,
        lead=piece.lead,
        lines=[line if piece.kind is Kind.TEXT else bare(line) for line in piece.lines],
        marks=[_mark(number, cited[number - 1], piece, address_of) for number in numbers],
        is_quoted=piece.is_quoted,
        is_supported=piece.is_supported,
        first=_first_number(piece),
        head=rows[0] if has_head else [],
        rows=rows[1:] if has_head else rows,
        language=cited[numbers[0] - 1].source.language if numbers else "",
    )


def shown_sources(
    cited: Iterable[Cited], pieces: Iterable[Piece], address_of: AddressOf
) -> list[ShownSource]:
    pieces, found = list(pieces), []
    for number, one in enumerate(cited, start=1):
        resting = next((piece for piece in pieces if number in piece.sources), None)
        words = _words_of(resting, number) if resting else ()
        anchor = f"#{one.source.anchor}" if one.source.anchor else ""
        found.append(
            ShownSource(
                number=number,
                title=one.place.title,
                headings=" \u203a ".join(one.source.heading_path),
                section=one.place.section,
                url=at_passage(address_of(one), one.source.anchor, words),
                whole_path=(one.place.public_url or one.place.url) + anchor,
                thing_id=one.source.thing_id,
            )
        )
    return found


def _first_number(piece: Piece) -> int:
    """Of a long procedure only some steps may be shown; they keep their numbers."""
    digits = piece.lines[0][:3] if piece.lines and piece.kind is Kind.STEPS else ""
    number = "".join(one for one in digits if one in "0123456789")
    return int(number) if number and digits.startswith(number) else 1


def _mark(number: int, cited: Cited, piece: Piece, address_of: AddressOf) -> Mark:
    url = at_passage(address_of(cited), cited.source.anchor, _words_of(piece, number))
    says = _("Source %(number)d: %(title)s") % {"number": number, "title": _named(cited)}
    return Mark(number, url, says)


def _words_of(piece: Piece, number: int) -> Sequence[str]:
    """What of a piece stands in this source: each step of some procedures has one of its own."""
    if not piece.is_quoted:
        return ()
    has_one_each = len(piece.sources) == len(piece.lines) > 1
    return (piece.lines[piece.sources.index(number)],) if has_one_each else piece.lines


def _named(cited: Cited) -> str:
    return " \u203a ".join([cited.place.title, *cited.source.heading_path])
