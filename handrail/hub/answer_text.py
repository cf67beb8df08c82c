"""How does an answer read for programs? As Markdown, in which what pages say stands in quotes.

A page can say anything, also what a program could take for an order or for our words. So whatever
comes from a page, but its title, stands in a quote, and the only links are ours. English, like all
that is said to programs: it is the same whoever asks.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.encoding import iri_to_uri

from handrail.engines.ai.answers import Outcome, Piece
from handrail.engines.search.library.blocks import Kind, bare, begins_a_step, cells
from handrail.hub.asking import Cited, Reply
from handrail.hub.medium import Place

NOT_SURE = (
    "I am not sure that this answers the question. It is the nearest that the pages of this help "
    "centre say:"
)
NOTHING = "The pages of this help centre do not answer this question."
UNSUPPORTED = "(The pages that are named do not say this.)"

_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\[]<"})
"""What links, pictures and HTML begin with. Stars and underscores may stay: they harm nothing, and
`utm_source` is read as it is written."""


@dataclass(frozen=True)
class Way:
    """Where the links of an answer lead."""

    suffix: str = ".md"
    """After a page's address: to its Markdown; empty: to the page that people read."""
    ask_at: str = ""
    """The address that a further question is asked at; empty: it is only named."""
    index: str = ""
    """Where all pages are listed."""

    def page(self, place: Place) -> str:
        address = f"{place.public_url}{self.suffix}" if place.public_url else place.url
        return _address(address)

    def section(self, one: Cited) -> str:
        anchor = one.source.anchor
        return self.page(one.place) + (f"#{quote(anchor)}" if anchor else "")

    def question(self, question: str, goal: str) -> str:
        asked = {"ask": question} | ({"goal": goal} if goal else {})
        return f"[{plain(question)}]({self.ask_at}?{urlencode(asked)})"


def _address(path: str) -> str:
    whole: str = iri_to_uri(f"{settings.HANDRAIL_URL}{path}")
    return whole.replace("(", "%28").replace(")", "%29")


def as_markdown(reply: Reply, way: Way, *, goal: str = "") -> str:
    """The whole answer: question, answer with marks, excerpts, further questions, sources."""
    outcome = reply.answer.outcome
    parts = [f"# {plain(reply.question)}"]
    if outcome is Outcome.NOTHING:
        parts.append(NOTHING)
    else:
        parts += [NOT_SURE] if outcome is Outcome.CLOSEST else []
        parts += dict.fromkeys(_piece(piece, reply, way) for piece in reply.answer.pieces)
        parts += _excerpts(reply.sources, way)
    if outcome is not Outcome.ANSWERED:
        parts += _pages("# Nearest pages", reply.closest, way)
        parts += [f"All pages: {way.index}"] if way.index else []
    parts += _follow_ups(reply, way, goal)
    if outcome is not Outcome.NOTHING:
        parts += _pages("# Sources", reply.sources, way)
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """As text in Markdown: in one line, and nothing in it is a link, a picture or HTML."""
    shown = "".join(sign for sign in " ".join(text.split()) if unicodedata.category(sign) != "Cc")
    return shown.translate(_ESCAPED)


def _piece(piece: Piece, reply: Reply, way: Way) -> str:
    marks = [f"[{number}]({way.section(reply.sources[number - 1])})" for number in piece.sources]
    all_marks = " ".join(marks)
    lines = list(_lines(piece))
    lead = [plain(piece.lead), ""] if piece.lead else []
    if piece.kind is Kind.TEXT:
        lines = [f"{lines[0]} {all_marks}".rstrip()]
    elif piece.kind is Kind.STEPS and len(marks) == len(lines) > 1:
        lines = [f"{line} {mark}" for line, mark in zip(lines, marks, strict=True)]
    elif lead:
        lead[0] = f"{lead[0]} {all_marks}".rstrip()
    elif marks:
        lines += ["", all_marks]
    shown = [*lead, *lines] if piece.is_supported else [*lead, *lines, "", UNSUPPORTED]
    return _quoted(shown) if piece.is_quoted else "\n".join(shown)


def _lines(piece: Piece) -> Iterator[str]:
    """The lines of a piece as Markdown has them."""
    if piece.kind is Kind.TEXT:
        yield plain(" ".join(piece.lines))
    elif piece.kind is Kind.STEPS:
        for number, line in enumerate(piece.lines, start=1):
            yield plain(line) if begins_a_step(line) else f"{number}. {plain(line)}"
    elif piece.kind is Kind.LIST:
        yield from (f"- {plain(bare(line))}" for line in piece.lines)
    else:
        yield from _table(cells(piece.lines))


def _table(rows: list[list[str]]) -> Iterator[str]:
    """The first row names the columns; Markdown has no table without."""
    for number, row in enumerate(rows):
        said = [plain(cell).replace("|", "\\|") for cell in row]
        yield f"| {' | '.join(said)} |"
        if not number:
            yield f"|{' --- |' * len(row)}"


def _quoted(lines: Iterable[str]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _excerpts(sources: Iterable[Cited], way: Way) -> list[str]:
    """What stands in each section, under where it stands."""
    parts = []
    for number, one in enumerate(sources, start=1):
        if one.source.excerpt:
            path = " > ".join(map(plain, (one.place.title, *one.source.heading_path)))
            parts.append(f"{number}. [{path}]({way.section(one)})")
            parts.append("\n>\n".join(f"> {plain(line)}" for line in one.source.excerpt))
    return ["# Relevant excerpts", *parts] if parts else []


def _pages(title: str, cited: Iterable[Cited], way: Way) -> list[str]:
    """A list of pages, each once."""
    named = dict.fromkeys((plain(one.place.title), way.page(one.place)) for one in cited)
    return [title, "\n".join(f"- [{name}]({address})" for name, address in named)] if named else []


def _follow_ups(reply: Reply, way: Way, goal: str) -> list[str]:
    questions = reply.answer.follow_ups
    if not questions:
        return []
    lines = [way.question(one, goal) if way.ask_at else plain(one) for one in questions]
    return [
        "# Suggested Follow-up Questions:",
        "What may be worth asking next, each by itself:",
        "\n".join(f"- {line}" for line in lines),
    ]
