"""Is a message only polite? Then it gets a friendly word, and nothing is looked for."""

import re
from enum import StrEnum


class Polite(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"


_WORDS: dict[Polite, str] = {
    Polite.GREETING: (
        "hi hello hey hiya howdy hallo moin servus hola bonjour salut coucou bonsoir gruezi"
        " good_morning good_afternoon good_evening good_day guten_morgen guten_tag guten_abend"
        " gr\u00fc\u00df_gott gr\u00fcezi buenos_dias buenos_d\u00edas buenas_tardes buenas_noches"
        " buenas ciao buongiorno buonasera ol\u00e1 ola bom_dia \u0645\u0631\u062d\u0628\u0627"
        " \u0627\u0644\u0633\u0644\u0627\u0645_\u0639\u0644\u064a\u0643\u0645"
    ),
    Polite.THANKS: (
        "thanks thank_you thank_u thx ty cheers danke dank dankesch\u00f6n danke_sch\u00f6n merci"
        " gracias muchas_gracias grazie obrigado obrigada \u0634\u0643\u0631\u0627"
        " \u0634\u0643\u0631\u0627\u064b that_helped that_helps that_worked it_works_now"
        " das_hat_geholfen perfect great awesome wonderful perfekt super prima parfait g\u00e9nial"
        " perfecto genial"
    ),
    Polite.GOODBYE: (
        "bye goodbye bye_bye see_you tsch\u00fcss tschuess tsch\u00fc\u00df auf_wiedersehen"
        " au_revoir"
        " adi\u00f3s adios hasta_luego good_night gute_nacht have_a_nice_day have_a_good_day"
        " sch\u00f6nen_tag bonne_journ\u00e9e"
        " \u0645\u0639_\u0627\u0644\u0633\u0644\u0627\u0645\u0629"
    ),
}
_FILLING = frozenset(
    "a so very much many lot lots ok okay oh ah well there again all everyone team you and for your"
    " help vielen vielmals sehr herzlichen besten schon auch euch ihnen dir f\u00fcr die hilfe"
    " beaucoup bien pour votre aide et muy bien por su tu ayuda y the it is everything".split()
)
"""Words that say nothing beside one of those."""

_SAID = re.compile(r"[^\W_]+", re.UNICODE)
_MOST_WORDS = 8


def politeness(text: str) -> Polite | None:
    """What kind of word it is; None: something is said, or asked."""
    said = [word.casefold() for word in _SAID.findall(text)]
    if not 0 < len(said) <= _MOST_WORDS or "?" in text:
        return None
    whole = f" {' '.join(said)} "
    found: list[Polite] = []
    for kind, known in _BY_LENGTH:
        if f" {known} " in whole:
            found.append(kind)
            whole = whole.replace(f" {known} ", " ")
    if not found or not set(whole.split()) <= _FILLING:
        return None
    last = (Polite.GOODBYE, Polite.THANKS, Polite.GREETING)
    return next(kind for kind in last if kind in found)


_BY_LENGTH = sorted(
    (
        (kind, phrase.replace("_", " "))
        for kind, phrases in _WORDS.items()
        for phrase in phrases.split()
    ),
    key=lambda one: -len(one[1]),
)
