"""What does this message wish? The rules of the languages that it may be in, asked one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from handrail.mediums.chat.wishes.folding import COMMA, STOP, signs_of
from handrail.mediums.chat.wishes.rules import LANGUAGES, Rules, rules_of


class Kind(StrEnum):
    """In the order of what is done about it."""

    PERSON = "person"
    """Hand over now."""
    PERHAPS = "perhaps"
    """Offer a person."""
    FRUSTRATION = "frustration"
    """Patience is running out; no person is asked for."""
    NONE = "none"


@dataclass(frozen=True)
class Wish:
    """`language` is the first part of a BCP 47 tag; empty where the words do not tell."""

    kind: Kind
    language: str


_STRENGTH = (Kind.PERSON, Kind.PERHAPS, Kind.FRUSTRATION, Kind.NONE)
_NEARLY = 0.6
"""A language that knows so large a part of the words that the best one knows is asked as well."""
_LONG = 60
"""Of so many words, two languages at most are asked: it bounds the time, and the best is clear."""
_LOOKED_BACK = 2


def wish_in(text: str, before: Sequence[str] = ()) -> Wish:
    """The wish of a message. `before`: what the same member wrote before, oldest first.

    Earlier messages tell the language of one that does not ("agent!"). And who asks for the second
    time whether somebody is there, or complains for the second time, is taken at the next step.
    """
    kind, languages = _alone(text)
    earlier = [_alone(words) for words in before[-_LOOKED_BACK:]]
    if any(kind is its_kind for its_kind, _ in earlier):
        kind = {Kind.PERHAPS: Kind.PERSON, Kind.FRUSTRATION: Kind.PERHAPS}.get(kind, kind)
    return Wish(kind, _language(languages, [told for _, told in reversed(earlier)]))


def _language(told: tuple[str, ...], earlier: list[tuple[str, ...]]) -> str:
    """One that stands alone, or one of several that an earlier message settles."""
    for others in earlier:
        if len(told) == 1:
            break
        told = tuple(one for one in told or others if one in others) or told
    return told[0] if len(told) == 1 else ""


def _alone(text: str) -> tuple[Kind, tuple[str, ...]]:
    """The wish of the message by itself, and the languages that it may be in, best ones only."""
    signs = signs_of(text)
    known = {language: _known(rules_of(language), signs) for language in LANGUAGES}
    most = max(known.values())
    if not most:
        return Kind.NONE, ()
    asked = [language for language in LANGUAGES if known[language] >= most * _NEARLY]
    if len(signs) > _LONG:
        asked = sorted(asked, key=lambda language: -known[language])[:2]
    kinds = {language: _kind(rules_of(language), signs) for language in asked}
    kind = min(kinds.values(), key=_STRENGTH.index)
    best = tuple(language for language in asked if known[language] == most)
    return kind, best


def _known(rules: Rules, signs: list[str]) -> int:
    return sum(sign in rules.common for sign in signs)


def _kind(rules: Rules, signs: list[str]) -> Kind:
    mended = [sign if sign in (COMMA, STOP) else _mended(rules.language, sign) for sign in signs]
    written = rules.written(mended)
    strongest = Kind.NONE
    for sentence in filter(None, written.split(STOP)):
        strongest = min(strongest, _of_sentence(rules, sentence), key=_STRENGTH.index)
        if strongest is Kind.PERSON:
            break
    return strongest


def _of_sentence(rules: Rules, written: str) -> Kind:
    """A wish counts unless its own sentence takes it back, or makes it depend on something."""
    if rules.shows("whatever_if", written):
        return Kind.PERSON
    if rules.shows("person", written) and not rules.shows("not_person", written):
        return Kind.PERHAPS if rules.shows("depends", written) else Kind.PERSON
    if rules.shows("perhaps", written) and not rules.shows("not_perhaps", written):
        return Kind.PERHAPS
    if rules.shows("frustration", written) and not rules.shows("not_frustration", written):
        return Kind.FRUSTRATION
    return Kind.NONE


@lru_cache(maxsize=8192)
def _mended(language: str, word: str) -> str:
    return rules_of(language).mended(word)
