"""When do two wordings say the same? Words by their stems and a few that mean one act, numbers with
their units, and what turns a sentence round."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from handrail.engines.search.library.stems import base, is_stop_word, stem
from handrail.engines.search.words import is_unspaced, tokens, words

_EVEN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2192": ">",
    }
)

_ACTS: dict[str, tuple[str, ...]] = {
    "en": (
        "click select press tap choose chose chosen pick hit",
        "go open navigate visit",
        "find found see seen locate look view stand stood show shown appear display",
        "change edit update modify",
        "enter type write wrote written",
        "say state tell told",
        "contain include",
    ),
    "de": (
        "klicken wahlen auswahlen drucken tippen",
        "gehen offnen aufrufen",
        "finden sehen ansehen stehen anzeigen",
        "andern bearbeiten aktualisieren",
        "eingeben schreiben",
        "enthalten umfassen",
    ),
}
"""Words for one act on a screen or in a text."""

_ALIKE: dict[str, tuple[str, ...]] = {
    "en": (
        *_ACTS["en"],
        "picture image photo",
        "must require need necessary",
        "cost price",
        "minimum least",
        "maximum most",
        "immediate instant",
        "keep kept",
        "send sent",
        "pay paid",
        "begin began begun start",
        "take took taken accept",
        "make made",
        "hold held",
        "lose lost",
        "leave left",
        "buy bought",
        "give gave given",
    ),
    "de": (*_ACTS["de"], "bild foto", "mussen notig erforderlich", "kosten preis"),
}
"""The same, with words for one thing and forms that no stemmer knows. None that tell one thing,
role or amount from another: in many a program, to remove is not to delete."""

_SAYS_NOTHING: dict[str, str] = {
    "en": "yes following follow step way simply then next note example able use using used "
    "want make sure let there where if while however or like such via within called another"
    " here now their its that may under onto upon through across between per mean depend come came",
    "de": "ja folgende folgenden schritt so einfach dann danach beispiel nutzen verwenden"
    " mochten gehen dabei dazu dafur hierzu jedoch bzw sowie ihn sie man darf zwischen pro"
    " bedeutet",
}
"""Words that say nothing by themselves, beside the stop words."""

_NOT: dict[str, str] = {
    "en": "no not never none nobody nothing neither nor without cannot unable",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder",
    "fr": "ne n pas jamais aucun aucune sans rien",
    "es": "no nunca sin ningun ninguna nada",
    "it": "non mai senza nessun nessuno niente",
    "nl": "niet geen nooit zonder niets",
    "pt": "nao nunca sem nenhum nenhuma nada",
    "ar": "لا ليس ليست لم لن بدون دون غير",
}

_DIRECTIONS = re.compile(
    r"\b(turn|switch|sign|log|opt|zoom|scale|lock|move|scroll)(?:s|ed|ing|ged|ging|ted|ting|es)?\b"
    r"(?:\W+\w+){0,3}?\W+(on|off|in|out|up|down)\b"
    r"|\b(after|before|until|since|all|every|each|any|only|both|few"
    r"|nach|vor|bis|alle[rnms]?|jede[rnms]?|nur|beide[rn]?|more|less|fewer|most|least"
    r"|mehr|weniger|mindestens|h\u00f6chstens)\b"
    r"|\b(above|below|over|under|\u00fcber|unter)\b(?=\W*\d)",
    re.IGNORECASE,
)
_SAME = {"every": "all", "each": "all", "any": "all", "above": "over", "below": "under"}
_NUMBER_WORDS = {
    word: str(number)
    for line in (
        "two three four five six seven eight nine ten eleven twelve",
        "zwei drei vier funf sechs sieben acht neun zehn elf zwolf",
    )
    for number, word in enumerate(line.split(), start=2)
}
_TOKEN = re.compile(
    r"\d+(?:[.,:/'\u00a0\u202f]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?|[%\u2030\u00b0$\u20ac\u00a3\u00a5]"
)
_APART = re.compile(r"[;?!()|]|[.,:](?!\d)")
_PAIRING = frozenset({"or", "to", "and", "oder", "bis", "und"})
_BOUND = frozenset(
    "up to most least than maximum minimum zu hochstens mindestens over under".split()
)
_SYMBOLS = frozenset("%\u2030\u00b0$\u20ac\u00a3\u00a5")
_CLAUSE = re.compile(
    r"[;()]|:(?!\d)|\s-\s|,(?=\s*(?:and\s+|und\s+)?(?:not|nicht)\b)"
    r"|,(?=\s*(?:(?:and|so|then|or|und|dann|oder)\s+)?(?:you|it|they|we|this|that|these|those|which"
    r"|only|then|otherwise|please|sie|er|es|wir|man|dann|nur|der|die|das|sonst|bitte)\b)"
    r"|,(?=\s*(?:and|so|und)\s+(?:the|an?|de[rnm]|das|die|eine?)\b)"
    r"|\b(?:and|und)(?=\s+(?:can|cannot|do|does|is|are|will|must|never|kann|ist|sind|wird)\b)"
    r"|\b(?:but|however|although|unless|if|when|aber|sondern|jedoch|obwohl|wenn|falls)\b",
    re.IGNORECASE,
)
_STRUNG = re.compile(r",|>|\b(?:and|then|or|und|dann|oder)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"^\s*((?:if|when|once|unless|wenn|falls|sobald)\b(?:[^,]|,(?=\d))*),(?!\d)", re.IGNORECASE
)
"""A comma ends one of these, but parts the things of an enumeration elsewhere."""
_WORD = re.compile(r"\w[\w-]*")
_NOUNS_ARE_NAMES = frozenset({"de"})


@lru_cache(maxsize=1024)
def even(text: str) -> str:
    """With one kind of quotes, dashes and blanks, and composed letters."""
    return re.sub(r"[^\S\n]+", " ", unicodedata.normalize("NFKC", text).translate(_EVEN)).strip()


@lru_cache(maxsize=2048)
def content(text: str, language: str) -> frozenset[str]:
    """What its words mean: stems, the same for words of one act; without those that say nothing.

    Letters of scripts without blanks go in pairs. Numbers are not among them.
    """
    found: set[str] = set()
    before = ""
    for word in words(text):
        if is_unspaced(word):
            if before:
                found.add(before + word)
            before = word
            continue
        before = ""
        if not any(letter.isdigit() for letter in word) and word not in _NUMBER_WORDS:
            found.update(_meant(word, base(language)))
    return frozenset(found)


@lru_cache(maxsize=4096)
def _meant(word: str, language: str) -> tuple[str, ...]:
    if is_stop_word(word, language) or word in _listed(_NOT, language) or len(word) == 1:
        return ()
    stemmed = _stemmed(word, language)
    if stemmed in _stems(_SAYS_NOTHING.get(language, ""), language):
        return ()
    for group in _ALIKE.get(language, ()):
        if stemmed in _stems(group, language):
            return (min(_stems(group, language)),)
    return (stemmed,)


@lru_cache(maxsize=8)
def acts(language: str) -> frozenset[str]:
    """Among the stems of `content`, those of acts, which every page is full of."""
    groups = _ACTS.get(base(language), ())
    return frozenset(min(_stems(group, base(language))) for group in groups)


def _stemmed(word: str, language: str) -> str:
    """German's stemmer keeps the ending of `bleibt`, and takes that of `bleiben`."""
    stemmed = stem(word, language)
    return stemmed[:-1] if language == "de" and len(stemmed) > 5 and stemmed[-1] == "t" else stemmed


def names(sentence: str, language: str) -> Iterator[str]:
    """What must stand letter by letter: words with a capital inside of a sentence, and words of
    letters and digits. In German every noun has one, and its forms are left to `content`."""
    for found in _WORD.finditer(sentence):
        name, before = found.group(), sentence[: found.start()].rstrip()
        is_mixed = any(map(str.isdigit, name)) and not re.fullmatch(r"\d+[^\W\d_]*", name)
        capitals = sum(map(str.isupper, name))
        is_inside = bool(before) and (before[-1].isalnum() or before[-1] in ",(;/>")
        if base(language) in _NOUNS_ARE_NAMES:
            is_inside = capitals > 1
        if is_mixed or (capitals and is_inside):
            yield name


@dataclass(frozen=True)
class Number:
    """As it is written, with the words beside it, and the other one of `one or two`, `5 to 10`."""

    digits: str
    after: tuple[str, ...]
    before: tuple[str, ...]
    pair: str = ""
    is_bound: bool = False
    """`up to`, `at least` and the like stand before it: one end of a pair is enough then."""

    @property
    def unit(self) -> str:
        """The word or sign that it counts; empty: none stands beside it."""
        if self.before and self.before[-1] in _SYMBOLS:
            return self.before[-1]
        return self.after[0] if self.after and _is_unit(self.after[0]) else ""

    def own_words(self, language: str) -> frozenset[str]:
        return content(self.unit, language)

    def is_same(self, other: "Number", own: str, line: str, above: str) -> bool:
        """Whether `other`, which stands in this line, is this number of the same things; `own` is
        the clause that this one stands in."""
        if self.digits != other.digits or (other.pair != self.pair and not self.is_bound):
            return False
        unit = self.unit
        if not unit:
            return not other.unit or bool(_roots(other.unit) & _roots(own))
        if unit in _SYMBOLS:
            return unit in (*other.before[-1:], *other.after[:1])
        around = " ".join((*other.after, *other.before)) if other.unit else f"{line} {above}"
        return bool(_roots(unit) & _roots(around))


def numbers(text: str) -> list[Number]:
    """Every number, also in words (to twelve), with up to three words after it and two before, as
    far as no point or comma is between them."""
    found: list[Number] = []
    for part in _APART.split(text):
        tokens = _TOKEN.findall(part)
        plain = [words(token)[0] if words(token) else token for token in tokens]
        digits = [_digits(tokens, plain, at) for at in range(len(tokens))]
        for at, own in enumerate(digits):
            if not own:
                continue
            first, last = at, at
            if at + 2 < len(tokens) and digits[at + 2] and plain[at + 1] in _PAIRING:
                last = at + 2
            elif at + 1 < len(tokens) and digits[at + 1]:
                last = at + 1
            elif at > 1 and digits[at - 2] and plain[at - 1] in _PAIRING:
                first = at - 2
            elif at and digits[at - 1]:
                first = at - 1
            pair = digits[last] if last != at else digits[first] if first != at else ""
            before = tuple(plain[max(0, first - 2) : first])
            is_bound = bool(_BOUND.intersection(before))
            after = tuple(plain[last + 1 : last + 4])
            found.append(Number(own, after, before, pair, is_bound))
    return found


def _digits(tokens: list[str], plain: list[str], at: int) -> str:
    """Of a token that is a number; `one` is none where nothing is counted (`one of them`)."""
    if tokens[at][0].isdigit():
        return tokens[at]
    if plain[at] != "one":
        return _NUMBER_WORDS.get(plain[at], "")
    following = plain[at + 1] if at + 1 < len(plain) else ""
    pairs = following in _PAIRING and at + 2 < len(plain) and plain[at + 2] in _NUMBER_WORDS
    return "1" if pairs or _is_unit(following) else ""


def _is_unit(word: str) -> bool:
    return word in _SYMBOLS or bool(_roots(word))


@lru_cache(maxsize=1024)
def _roots(text: str) -> frozenset[str]:
    """Stems by English and by German rules, for units, whose language may be either."""
    return content(text, "en") | content(text, "de")


def clauses(text: str) -> list[str]:
    """The parts that may be turned round each for itself."""
    text = _CONDITION.sub(r"\1;", text)
    return [part for part in _CLAUSE.split(text) if part and part.strip()]


def is_strung(clause: str) -> bool:
    """Whether it strings acts or things together, which may stand in lines of their own."""
    return bool(_STRUNG.search(clause))


def before_the_not(clause: str, language: str) -> tuple[str, bool]:
    """What stands before its first not, in whatever word, and whether there is one. A no at the
    beginning answers, and says nothing else."""
    known = _listed(_NOT, base(language))
    spoken = re.sub(r"n't\b", " not", clause, flags=re.IGNORECASE)
    spoken = re.sub(r"^\W*(?:no|nein)\s*[,.:]", "", spoken, flags=re.IGNORECASE)
    for token in tokens(spoken):
        if token.word in known:
            return spoken[: token.start], True
    return spoken, False


def directions(text: str) -> frozenset[str]:
    """Small words that change everything: `turn off`, `after`, `only`, `all`."""
    found = set()
    for act, way, word, beside_a_number in _DIRECTIONS.findall(text):
        said = f"{act} {way}" if act else word or beside_a_number
        found.add(_SAME.get(said.lower(), said.lower()))
    return frozenset(found)


@lru_cache(maxsize=64)
def _stems(listed: str, language: str) -> frozenset[str]:
    return frozenset(_stemmed(word, language) for word in listed.split())


def _listed(table: dict[str, str], language: str) -> frozenset[str]:
    return frozenset(table.get(language, table["en"]).split())
