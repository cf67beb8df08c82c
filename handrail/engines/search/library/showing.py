"""Which words of a passage are shown, and which of them are marked?"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from handrail.engines.search.excerpts import Part
from handrail.engines.search.words import RUN, Token, tokens

LENGTH = 32
"""Words of an excerpt, about two lines."""
BEFORE = 4
"""Words before the first match, where there is room."""

SHORT = 32
LONGEST = 20_000
"""Letters of a text that are looked at: a passage has some thousand."""

_MARK = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_UNMARKED_RUN = re.compile(r"[^\W_]+")
"""What RUN finds where no letter has a mark of its own, in half the time."""


class Marker:
    """Knows the words of one question in all their forms: each with what it counts as."""

    def __init__(self, forms: Mapping[str, int]) -> None:
        self._forms = forms

    def whole(self, text: str) -> tuple[Part, ...]:
        """All of a short text, such as a title."""
        text = text[:LONGEST]
        places = [place for place, _what in self._matches(_words(text))]
        spans = _spans(text, places[-1] + 1) if places else []
        return tuple(_parts(text, [spans[place] for place in places], 0, len(text)))

    def excerpt(self, text: str) -> tuple[Part, ...]:
        """The piece with the most different words of the question; without any, the beginning."""
        text = text[:LONGEST]
        found = _words(text)
        matches = self._matches(found)
        first = max(0, min(_best(matches) - BEFORE, len(found) - LENGTH))
        last = min(first + LENGTH, len(found))
        spans = _spans(text, last)
        begin = spans[first][0] if first else 0
        end = spans[last - 1][1] if last < len(found) else len(text)
        marked = [spans[place] for place, _what in matches if first <= place < last]
        return (
            *((Part("… "),) if begin else ()),
            *_parts(text, marked, begin, end),
            *((Part(" …"),) if end < len(text) else ()),
        )

    def _matches(self, found: list[str]) -> list[tuple[int, int]]:
        """The number of each word that is marked, and what it counts as."""
        forms = self._forms
        return [(place, forms[word]) for place, word in enumerate(found) if word in forms]


def _words(text: str) -> list[str]:
    """As `words.words`, at a tenth of its time: most texts are plain, and odd words come again."""
    runs = _runs(text).findall(text)
    joined = " ".join(runs)
    if joined.isascii():
        return joined.lower().split()
    found: list[str] = []
    for run in runs:
        if run.isascii():
            found.append(run.lower())
        else:
            found += [token.word for token in _pieces(run)]
    return found


def _spans(text: str, until: int) -> list[tuple[int, int]]:
    """Where the first so many words begin and end."""
    pattern = _runs(text)
    runs = list(islice(pattern.finditer(text), until))
    if " ".join([run.group() for run in runs]).isascii():
        return [run.span() for run in runs]
    spans = [run.span() for run in pattern.finditer(text)]
    found: list[tuple[int, int]] = []
    for begin, end in spans:
        if (piece := text[begin:end]).isascii():
            found.append((begin, end))
        else:
            found += [(begin + token.start, begin + token.end) for token in _pieces(piece)]
    return found


def _runs(text: str) -> re.Pattern[str]:
    return RUN if _MARK.search(text) else _UNMARKED_RUN


def _pieces(run: str) -> tuple[Token, ...]:
    """The words of a run that is not plain."""
    return _remembered(run) if len(run) <= SHORT else tuple(tokens(run))


@lru_cache(maxsize=8192)
def _remembered(run: str) -> tuple[Token, ...]:
    """Words with dots and accents come again and again; lines without blanks do not."""
    return tuple(tokens(run))


def _best(matches: list[tuple[int, int]]) -> int:
    """The word to begin with: one pass over the matches, however many there are."""
    best, best_first, left = (0, 0), 0, 0
    counts: dict[int, int] = {}
    for right, (place, what) in enumerate(matches):
        counts[what] = counts.get(what, 0) + 1
        while matches[left][0] <= place - (LENGTH - BEFORE):
            gone = matches[left][1]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            left += 1
        worth = (len(counts), right - left)
        if worth > best:
            best, best_first = worth, matches[left][0]
    return best_first if best > (0, 0) else (matches[0][0] if matches else 0)


def _parts(text: str, marked: list[tuple[int, int]], begin: int, end: int) -> list[Part]:
    parts: list[Part] = []
    position = begin
    for start, stop in marked:
        if start > position:
            parts.append(Part(text[position:start]))
        parts.append(Part(text[start:stop], is_marked=True))
        position = stop
    if position < end:
        parts.append(Part(text[position:end]))
    return parts
