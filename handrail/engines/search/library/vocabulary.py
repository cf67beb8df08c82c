"""Which words does a language of the library have? Each has a number, and that of its stem."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handrail.engines.search.library.stems import is_stop_word, stem
from handrail.engines.search.words import is_unspaced

Numbers = NDArray[np.int32]

BREAK = "¶"
"""Between the parts of a row's tokens; no word holds it."""
END = -1
"""The number of BREAK."""


class Vocabulary:
    """Grows while a snapshot is made, never after; the next snapshot goes on with a copy.

    Words keep their numbers, so rows that were numbered once need not be read again. A word that
    stands nowhere any more stays with nobody who could see it, until the process ends.
    """

    def __init__(self, language: str, known: "Vocabulary | None" = None) -> None:
        self.language = language
        self.words: list[str] = list(known.words) if known else []
        self._numbers: dict[str, int] = dict(known._numbers) if known else {BREAK: END}
        self._terms: dict[str, int] = dict(known._terms) if known else {}
        self._term_of: list[int] = list(known._term_of) if known else []
        self._is_stop: list[bool] = list(known._is_stop) if known else []
        self._is_unspaced: list[bool] = list(known._is_unspaced) if known else []

    def numbered(self, tokens: str) -> Numbers:
        """The numbers of a row's tokens, with END after each part."""
        found = tokens.split()
        try:
            numbers = [self._numbers[word] for word in found]
        except KeyError:
            numbers = [self._number(word) for word in found]
        return np.array([*numbers, END], dtype=np.int32)

    def pair(self, first: int, second: int) -> int:
        """The term of two neighbours in a script without blanks, where one letter says little."""
        return self._term(self.words[first] + self.words[second])

    def terms_of(self, words: Sequence[str]) -> list[tuple[int, str]]:
        """The terms of a question's words that the library has, each with the word it came from.

        Stop words are left out, unless there is nothing else.
        """
        telling = [word for word in words if not is_stop_word(word, self.language)] or list(words)
        found = [(self._terms.get(self._key(word)), word) for word in telling]
        for first, second in pairwise(words):
            if is_unspaced(first) and is_unspaced(second):
                found.append((self._terms.get(first + second), first))
        return [(term, word) for term, word in found if term is not None]

    def number(self, word: str) -> int | None:
        return self._numbers.get(word)

    def stem_of(self, word: str) -> str:
        return self._key(word)

    @property
    def size(self) -> int:
        return len(self.words)

    @property
    def terms(self) -> int:
        return len(self._terms)

    @cached_property
    def term_of(self) -> Numbers:
        return np.array(self._term_of, dtype=np.int32)

    @cached_property
    def is_stop(self) -> NDArray[np.bool_]:
        return np.array(self._is_stop, dtype=np.bool_)

    @cached_property
    def is_unspaced(self) -> NDArray[np.bool_]:
        return np.array(self._is_unspaced, dtype=np.bool_)

    @cached_property
    def alphabet(self) -> tuple[list[str], Numbers]:
        """All words in order, and their numbers."""
        order = sorted(range(self.size), key=self.words.__getitem__)
        return [self.words[number] for number in order], np.array(order, dtype=np.int32)

    def beginning(self, prefix: str) -> tuple[Sequence[str], Numbers]:
        """The words that begin so, in order, and their numbers."""
        words, numbers = self.alphabet
        first = bisect_left(words, prefix)
        last = bisect_left(words, prefix + "\U0010ffff")
        return words[first:last], numbers[first:last]

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = len(self.words)
            self._numbers[word] = number
            self.words.append(word)
            self._is_stop.append(is_stop_word(word, self.language))
            self._is_unspaced.append(is_unspaced(word))
            self._term_of.append(self._term(self._key(word)))
        return number

    def _term(self, key: str) -> int:
        return self._terms.setdefault(key, len(self._terms))

    def _key(self, word: str) -> str:
        """Stop words are terms of their own: "have" must not count for "having"."""
        if is_stop_word(word, self.language):
            return f"{BREAK}{word}"
        return stem(word, self.language)
