"""What does somebody ask for? Words, phrases, a last word that may go on, and what was meant.

Only words that nothing in sight holds are put right, and only by words in sight: what a viewer may
not read is never offered to them.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from handrail.engines.search.library.shelf import Shelf, Sight
from handrail.engines.search.library.stems import is_stop_word
from handrail.engines.search.words import Token, quoted, tokens

MOST_LETTERS = 4_000
"""Of a question; what follows is not read. Ten lines of a ticket are a thousand."""
MOST_WORDS = 400
MOST_CORRECTED = 8
"""Each costs a millisecond."""
SHORTEST_CORRECTED = 4
ONE_SLIP = 7
"""Words of so many letters have one slip at most, longer ones two."""
MOST_PHRASES = 5
MOST_FORMS = 500
MOST_COMPLETIONS = 5
SHORTEST_PREFIX = 2

SYNONYM = 0.5
"""What a synonym weighs beside the word that was asked for."""

Synonyms = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(frozen=True)
class Question:
    """What was asked, before any shelf is looked at."""

    text: str
    tokens: tuple[Token, ...]
    phrases: tuple[tuple[str, ...], ...]
    is_open: bool
    """The last word may be the beginning of one: nothing was typed after it."""

    @property
    def means_phrases(self) -> bool:
        """Whether quotes ask for exactly that. Where most is outside of them, as in a ticket that
        quotes a message, they do not: as a filter they lost .003 of nDCG on real titles."""
        return sum(map(len, self.phrases)) * 2 >= max(len(self.tokens), 1)


@dataclass(frozen=True)
class Understood:
    """The question in the words of one shelf."""

    terms: dict[int, float]
    """What each term weighs."""
    missing: int
    """How many of its words nothing in sight holds, nor anything like them."""
    corrections: dict[int, str]
    """By the place of the token: the word that was meant."""


def question(text: str) -> Question:
    """Bounded, whatever comes in: NUL, quotes, operators are blanks between words."""
    text = text[:MOST_LETTERS]
    found = tuple(tokens(text))[:MOST_WORDS]
    is_open = bool(found) and found[-1].end == len(text) and len(found) < MOST_WORDS
    phrases = tuple(quoted(text)[:MOST_PHRASES])
    return Question(text, found, phrases, is_open)


def understand(
    asked: Question, shelf: Shelf, sight: Sight, synonyms: Synonyms, known: frozenset[str]
) -> Understood:
    """`known`: words that another shelf, asked as well, has in sight, so they are no slips."""
    their_words = [token.word for token in asked.tokens]
    weights: dict[int, float] = {}
    counts = Counter(term for term, _word in shelf.vocabulary.terms_of(their_words))
    for term, count in counts.items():
        weights[term] = 1 + math.log(count)
    corrections = {}
    meant: dict[str, list[str]] = {}
    for place, word in _unknown(asked, shelf, sight, known):
        if word not in meant:
            is_last = asked.is_open and place == len(asked.tokens) - 1
            completions = completed(shelf, sight, word, MOST_COMPLETIONS) if is_last else []
            meant[word] = completions or nearest(shelf, sight, word)
            if meant[word] and not completions:
                corrections[place] = meant[word][0]
            _add(weights, shelf, meant[word], 1.0)
        elif meant[word]:
            corrections[place] = meant[word][0]
    for also in _also(their_words, synonyms):
        _add(weights, shelf, also, SYNONYM)
    missing = _missing(their_words, shelf, sight, {word for word in meant if meant[word]})
    return Understood(weights, missing, corrections)


def completed(shelf: Shelf, sight: Sight, prefix: str, most: int) -> list[str]:
    """The most frequent words in sight that begin so and go on; no stop words."""
    if len(prefix) < SHORTEST_PREFIX:
        return []
    found, numbers = shelf.vocabulary.beginning(prefix)
    frequencies = sight.word_frequencies[numbers]
    best = np.argsort(-frequencies, kind="stable")
    completions: list[str] = []
    for at in best:
        if not frequencies[at] or len(completions) == most:
            break
        if found[at] != prefix and not is_stop_word(found[at], shelf.language):
            completions.append(found[at])
    return completions


def nearest(shelf: Shelf, sight: Sight, word: str) -> list[str]:
    """The two words in sight that it most likely should be: by slips, then by frequency."""
    if len(word) < SHORTEST_CORRECTED or not word.isalpha():
        return []
    most = 1 if len(word) <= ONE_SLIP else 2
    choices, numbers = shelf.vocabulary.beginning(word[0])
    near = process.extract(
        word,
        choices,
        scorer=DamerauLevenshtein.distance,
        processor=None,
        score_cutoff=most,
        limit=None,
    )
    seen = [
        (distance, -int(sight.word_frequencies[numbers[at]]), choice)
        for choice, distance, at in near
        if sight.word_frequencies[numbers[at]] and distance
    ]
    return [choice for _distance, _frequency, choice in sorted(seen)[:2]]


def forms(asked: Question, shelf: Shelf, understood: Understood) -> dict[str, int]:
    """Every word of the shelf that counts as one of the question's, with the number of its term.

    The last word, when it may go on, also stands for words that begin with it.
    """
    vocabulary = shelf.vocabulary
    found = {
        vocabulary.words[number]: int(vocabulary.term_of[number])
        for number in np.flatnonzero(np.isin(vocabulary.term_of, list(understood.terms)))
    }
    last = asked.tokens[-1].word
    if asked.is_open and len(last) >= SHORTEST_PREFIX and not is_stop_word(last, shelf.language):
        for word in vocabulary.beginning(last)[0][:MOST_FORMS]:
            found.setdefault(word, -1)
    return found


def corrected_text(asked: Question, corrections: dict[int, str]) -> str:
    """The question with the words that were meant in place of the slips."""
    parts, position = [], 0
    for place in sorted(corrections):
        token = asked.tokens[place]
        parts += [asked.text[position : token.start], corrections[place]]
        position = token.end
    return "".join([*parts, asked.text[position:]])


def _unknown(
    asked: Question, shelf: Shelf, sight: Sight, known: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """The words that nothing in sight holds, in any form."""
    distinct: set[str] = set()
    for place, token in enumerate(asked.tokens):
        if token.word in known or is_known(shelf, sight, token.word):
            continue
        distinct.add(token.word)
        if len(distinct) > MOST_CORRECTED:
            return
        yield place, token.word


def _missing(asked: list[str], shelf: Shelf, sight: Sight, put_right: set[str]) -> int:
    held = {word for term, word in shelf.vocabulary.terms_of(asked) if sight.pages.frequency(term)}
    others = set(asked) - held - put_right
    return sum(not is_stop_word(word, shelf.language) for word in others)


def is_known(shelf: Shelf, sight: Sight, word: str) -> bool:
    """Whether the word, or another form of it, is in sight. Stop words always are."""
    if is_stop_word(word, shelf.language) or sight.knows(shelf.vocabulary.number(word)):
        return True
    return any(sight.pages.frequency(term) for term, _word in shelf.vocabulary.terms_of([word]))


def _add(weights: dict[int, float], shelf: Shelf, added: Sequence[str], weight: float) -> None:
    for term, _word in shelf.vocabulary.terms_of(added):
        weights[term] = max(weights.get(term, 0.0), weight)


def _also(asked: list[str], synonyms: Synonyms) -> Iterator[tuple[str, ...]]:
    """What the hub's table says that somebody also means. Looks at each word once."""
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for pair in synonyms:
        by_first.setdefault(pair[0][0], []).append(pair)
    for place, word in enumerate(asked):
        for said, means in by_first.get(word, ()):
            if tuple(asked[place : place + len(said)]) == said:
                yield means
