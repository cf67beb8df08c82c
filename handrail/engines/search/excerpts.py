"""Where in a text is what was asked for? The text as parts, some of them marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handrail.engines.search.words import Clause, Token, tokens

BEFORE = 40
LENGTH = 160
LONGEST_TEXT = 50_000


@dataclass(frozen=True)
class Part:
    """A piece of text; pages escape it, and draw what is marked as a <mark>."""

    text: str
    is_marked: bool = False


def marked(text: str, question: Sequence[Clause]) -> list[Part]:
    """The whole text, with every match marked."""
    return _parts(text, 0, len(text), _spans(text, question))


def excerpt(text: str, question: Sequence[Clause]) -> list[Part]:
    """Some words around the first match; empty where nothing matches."""
    text = text[:LONGEST_TEXT]
    spans = _spans(text, question)
    if not spans:
        return []
    begin = max(0, spans[0][0] - BEFORE)
    if begin:
        begin = text.find(" ", begin, spans[0][0]) + 1 or begin
    end = min(len(text), begin + LENGTH)
    parts = _parts(text, begin, end, spans)
    return [
        *([Part("… ")] if begin else []),
        *parts,
        *([Part(" …")] if end < len(text) else []),
    ]


def _spans(text: str, question: Sequence[Clause]) -> list[tuple[int, int]]:
    """Beginning and end of every match, in order and without overlaps."""
    if not _may_hold(text, question):
        return []
    found = list(tokens(text))
    spans = sorted(span for clause in question for span in _of_clause(found, clause))
    merged: list[tuple[int, int]] = []
    for begin, end in spans:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _may_hold(text: str, question: Sequence[Clause]) -> bool:
    """A quick no for most of a thread: cutting a text into words costs fifty times as much.

    Only for ASCII, which has nothing to normalise but its case.
    """
    if not text.isascii():
        return True
    plain = text.casefold()
    return any(all(word in plain for word in clause.words) for clause in question)


def _of_clause(found: list[Token], clause: Clause) -> Iterator[tuple[int, int]]:
    length = len(clause.words)
    for place in range(len(found) - length + 1):
        window = found[place : place + length]
        if all(
            _is(token.word, word, clause.is_prefix and number == length - 1)
            for number, (token, word) in enumerate(zip(window, clause.words, strict=True))
        ):
            yield window[0].start, window[-1].end


def _is(word: str, wanted: str, is_prefix: bool) -> bool:
    return word.startswith(wanted) if is_prefix else word == wanted


def _parts(text: str, begin: int, end: int, spans: list[tuple[int, int]]) -> list[Part]:
    parts: list[Part] = []
    position = begin
    for start, stop in spans:
        if start < begin or start >= end:
            continue
        stop = min(stop, end)
        parts += [Part(text[position:start]), Part(text[start:stop], is_marked=True)]
        position = stop
    return [part for part in [*parts, Part(text[position:end])] if part.text]
