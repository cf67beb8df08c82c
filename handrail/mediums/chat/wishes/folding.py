"""Which words does a text have, however it is written?

A word is folded: without case, accents and width, so that "KÖNNTE", "könnte" and "konnte" are one.
Commas and ends of sentences stay as signs of their own, since a wish does not reach beyond them.
"""

import re
import unicodedata

COMMA, STOP = ",", "."

BEGINNING, END = 1200, 800
"""Of a longer text, so many letters at each end are looked at: that is where people say what they
want, and the time stays bounded."""

_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`"), "'")
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_JOINED = re.compile(r"(?<=[a-z])'(?=(?:t|d|m|ll|re|ve)\b)")
_SIGNS = re.compile(
    r"[^\W_]+|[,()\u060c\u3001]|[.!?;\n\u2026\u00bf\u00a1\u3002]|\s[-\u2013\u2014]+\s"
)
_COMMAS = frozenset(",()\u060c\u3001")
_QUOTED = re.compile(
    r'"[^"\n]{2,}"'
    r"|\u201c[^\u201d\n]{2,}\u201d|\u201e[^\u201c\u201d\n]{2,}[\u201c\u201d]"
    r"|\u00ab[^\u00bb\n]{2,}\u00bb|\u00bb[^\u00ab\n]{2,}\u00ab"
    r"|(?<!\S)['\u2018][^'\u2019\n]{6,}['\u2019](?!\w)"
    r"|```.*?```|`[^`\n]{2,}`"
    r"|^[ \t]*>.*$",
    re.DOTALL | re.MULTILINE,
)
_FEWEST_WORDS_AROUND = 3


def signs_of(text: str) -> list[str]:
    """Folded words, commas and stops, in order. What is quoted from others is left out."""
    if len(text) > BEGINNING + END:
        text = f"{text[:BEGINNING]}\n{text[-END:]}"
    found = _SIGNS.findall(folded(_without_quotations(text)))
    return [sign if sign[0].isalnum() else COMMA if sign[0] in _COMMAS else STOP for sign in found]


def folded(text: str) -> str:
    """Without case, accents and width; "don't" becomes "dont", in every kind of apostrophe."""
    straight = text.translate(_APOSTROPHES).upper().casefold()
    if not straight.isascii():
        straight = unicodedata.normalize("NFKD", straight).translate(_ACCENTS).casefold()
    return _JOINED.sub("", straight)


def _without_quotations(text: str) -> str:
    """Somebody else's words, or an example. Who puts all that they say in quotes means it."""
    rest = _QUOTED.sub(" ", text)
    if rest is text or len(rest) == len(text):
        return text
    words = sum(sign[0].isalnum() for sign in _SIGNS.findall(rest))
    return rest if words >= _FEWEST_WORDS_AROUND else text
