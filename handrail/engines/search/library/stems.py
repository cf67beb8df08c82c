"""Which words count as one? Words of one stem; and words that say nothing do not count at all."""

import threading
from functools import cache

import Stemmer

ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Snowball's algorithm of each language; words of others are their own stems."""

STOP_WORDS = {
    "en": frozenset(
        "a an and are as at be been but by can could did do does doing for from get had has have "
        "he her him his how i if in into is it its just me my no not of on or our out she should "
        "so some than that the their them then there these they this those to too up us was we "
        "were what when where which who why will with would you your am any about after all also "
        "because being both each few hi hello please thanks thank help s t m d ll re ve".split()
    ),
    "de": frozenset(
        "aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bitte bzw "
        "da damit dann das dass dein deine dem den denn der des dessen die dies diese diesem "
        "diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euch "
        "euer eure fur gegen gibt habe haben hallo hat hatte hier hilfe ich ihm ihn ihnen ihr ihre "
        "ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes kann kannst kein keine "
        "keinen konnen konnte machen man mehr mein meine meinem meinen meiner mich mir mit mochte "
        "muss mussen nach nicht noch nun nur ob oder ohne schon sein seine sich sie sind so soll "
        "sollte uber um und uns unser unsere unter vom von vor war warum was weil welche welchem "
        "welchen welcher welches wenn wer werde werden wie wieso will wir wird wo wofur worden "
        "wurde zu zum zur danke".split()
    ),
}
"""As `words` writes them: in lower case and without dots. In other languages rarity alone tells."""

_own = threading.local()


def base(language: str) -> str:
    """`de` of `de-AT` and `de_AT`."""
    return language.replace("_", "-").partition("-")[0].lower()


def stem(word: str, language: str) -> str:
    """What is the same for all forms of a word."""
    stemmer = _stemmer(base(language))
    return str(stemmer.stemWord(word)) if stemmer else word


def is_stop_word(word: str, language: str) -> bool:
    return word in STOP_WORDS.get(base(language), ())


def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    """One for each thread: they keep what they did last."""
    mine: dict[str, Stemmer.Stemmer | None] = vars(_own).setdefault("stemmers", {})
    if language not in mine:
        name = ALGORITHMS.get(language)
        mine[language] = Stemmer.Stemmer(name) if name in _known() else None
    return mine[language]


@cache
def _known() -> frozenset[str]:
    return frozenset(Stemmer.algorithms())
