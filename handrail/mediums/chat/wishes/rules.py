"""How is a language's file read? Words become classes, shapes become patterns over them.

Every word (or phrase) of a class is written as one letter, every other word as `_`, so that a whole
message is a short string and a shape is a regular expression over it. In a shape,

    want talk|write          classes, one of them
    polite?  filler*         may be missing; as many as there are
    ~3                       at most three words of any kind, within a part between commas
    ~~9                      the same, across commas, within a sentence
    !who                     what comes next is not of this class
    ^  $                     where a part between commas begins, ends
    ^^  $$                   where a sentence begins, ends
"""

import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

from handrail.mediums.chat.wishes.folding import COMMA, STOP, folded

FOLDER = Path(__file__).parent / "languages"
LANGUAGES = ("en", "de", "fr", "es")

UNKNOWN = "_"
_LETTERS = string.ascii_letters + string.digits + "".join(map(chr, range(0xC0, 0xD7)))

PATIENT = 5
"""Words of so many letters are recognised with one slip of the finger, shorter ones only where two
letters changed places."""
MENDED = ("human", "someone", "staff", "talk", "hand", "want", "please")
"""Classes whose words are known with a slip. In others it harms: "passed" is not "pissed"."""
LONGEST = 24
"""No word of ours is longer, and what is costs its length squared."""


@dataclass(frozen=True)
class Rules:
    """What a language's file says."""

    language: str
    phrases: Mapping[tuple[str, ...], str]
    """The letter of every phrase."""
    lengths: Mapping[str, tuple[int, ...]]
    """By first word: how many words the phrases have that begin with it, most first."""
    common: frozenset[str]
    """Everyday words that tell the language, and all words of the classes."""
    shapes: Mapping[str, re.Pattern[str]]
    """By what they show, all that show it as one pattern."""
    needed: Mapping[str, frozenset[str]]
    """Without any of these letters no shape of the kind can be in a sentence: most have none."""
    slips: Mapping[str, str] = field(repr=False)
    """What is left of a word when one letter is left out, and the word."""

    def written(self, signs: list[str]) -> str:
        """The message with one letter a class."""
        letters = []
        place = 0
        while place < len(signs):
            sign = signs[place]
            length, letter = 1, sign if sign in (COMMA, STOP) else UNKNOWN
            for words in self.lengths.get(sign, ()):
                its_letter = self.phrases.get(tuple(signs[place : place + words]))
                if its_letter is not None:
                    length, letter = words, its_letter
                    break
            letters.append(letter)
            place += length
        return "".join(letters)

    def mended(self, word: str) -> str:
        """The word that was meant, where one letter is wrong, missing, doubled or out of place."""
        if not 4 <= len(word) <= LONGEST or word in self.common or word.isdigit():
            return word
        for shorter in shortened(word):
            meant = self.slips.get(shorter)
            if meant is not None and _is_one_slip(word, meant):
                return meant
        return word

    def shows(self, kind: str, written: str) -> bool:
        if self.needed[kind].isdisjoint(written):
            return False
        return self.shapes[kind].search(written) is not None


@cache
def rules_of(language: str) -> Rules:
    content = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    letters = dict(zip(content["words"], _LETTERS, strict=False))
    if len(letters) < len(content["words"]):
        raise ValueError(f"{language}: more classes than letters")
    classes = _classes(language, content["words"], letters)
    lengths: dict[str, set[int]] = {}
    for phrase in classes:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    known = {word for phrase in classes for word in phrase}
    common = known | set(folded(content["common"]).split())
    return Rules(
        language,
        classes,
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        frozenset(common),
        {
            kind: re.compile("|".join(pattern(shape, letters) for shape in shapes))
            for kind, shapes in content["shapes"].items()
        },
        {kind: needed_by(shapes, letters) for kind, shapes in content["shapes"].items()},
        _slips(classes, {letters[name] for name in MENDED if name in letters}),
    )


def _classes(
    language: str, words: Mapping[str, str], letters: Mapping[str, str]
) -> dict[tuple[str, ...], str]:
    """The letter of every phrase. In a file, `real/live agent` stands for two phrases."""
    found: dict[tuple[str, ...], str] = {}
    for name, listed in words.items():
        for phrase in folded(listed).split(","):
            for single in product(*(part.split("/") for part in phrase.split())):
                if found.setdefault(single, letters[name]) != letters[name]:
                    raise ValueError(f"{language}: “{' '.join(single)}” is in two classes")
    found.pop((), None)
    return found


def _slips(classes: Mapping[tuple[str, ...], str], mended: set[str]) -> dict[str, str]:
    words = {
        phrase[0] for phrase, letter in classes.items() if letter in mended and len(phrase) == 1
    }
    slips: dict[str, str] = {}
    for word in sorted(word for word in words if len(word) >= 4):
        slips.setdefault(word, word)
        for shorter in shortened(word):
            slips.setdefault(shorter, word)
    return slips


def shortened(word: str) -> Iterator[str]:
    """The word, and all that is left when one letter is left out."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _is_one_slip(word: str, meant: str) -> bool:
    """The first letter is hardly ever wrong; letting it stand keeps other words apart."""
    if word[0] != meant[0] or abs(len(word) - len(meant)) > 1:
        return False
    if sorted(word) == sorted(meant):
        differing = [place for place, letter in enumerate(word) if letter != meant[place]]
        return len(differing) == 2 and differing[1] - differing[0] == 1
    if min(len(word), len(meant)) < PATIENT:
        return False
    if len(word) == len(meant):
        return sum(one != other for one, other in zip(word, meant, strict=True)) == 1
    longer, shorter = sorted((word, meant), key=len, reverse=True)
    return shorter in shortened(longer) and not longer.startswith(shorter)  # a plural is no slip


def pattern(shape: str, letters: Mapping[str, str]) -> str:
    """The shape as a regular expression over the letters of classes."""
    return "".join(_part(part, letters) for part in shape.split())


def needed_by(shapes: Sequence[str], letters: Mapping[str, str]) -> frozenset[str]:
    """One part of each shape that may not be missing: of these, the ones that most shapes share."""
    parts = [
        [part for part in shape.split() if part[0].isalpha() and part[-1] not in "?*"]
        for shape in shapes
    ]
    often = Counter(part for chosen in parts for part in set(chosen))
    needed = {max(chosen, key=lambda part: (often[part], part)) for chosen in parts}
    return frozenset("".join(_named(part, letters) for part in needed))


_EDGES = {
    "^": rf"(?:^|(?<=[{COMMA}{STOP}]))",
    "$": rf"(?=[{COMMA}{STOP}]|$)",
    "^^": rf"(?:^|(?<=[{STOP}]))",
    "$$": rf"(?=[{STOP}]|$)",
    ",": f"[{COMMA}]",
}


def _part(part: str, letters: Mapping[str, str]) -> str:
    if part in _EDGES:
        return _EDGES[part]
    if part.startswith("~~"):
        return rf"[^{STOP}]{{0,{int(part[2:])}}}?"
    if part.startswith("~"):
        return rf"[^{COMMA}{STOP}]{{0,{int(part[1:])}}}?"
    if part.startswith("!"):
        return rf"(?![{_named(part[1:], letters)}])"
    often = part[-1] if part[-1] in "?*" else ""
    return f"[{_named(part.removesuffix(often), letters)}]{often}"


def _named(names: str, letters: Mapping[str, str]) -> str:
    return "".join(UNKNOWN if name == "other" else letters[name] for name in names.split("|"))
