"""Is a message nothing but a yes or a no? Whole messages of this list; all else is said as it is.

What is missing here costs a press on a button. What is wrong here would be done without a yes.
"""

from handrail.mediums.chat.wishes.folding import folded

_YES = {
    "en": (
        "yes, yeah, yep, yup, y, yes please, yes do, yes do it, yes do that, yes go ahead,"
        " do it, please do, please do it, go ahead, yes thanks, yes thank you, yes of course,"
        " of course, sure, sure thing, ok, okay, ok do it, okay do it, ok go ahead,"
        " ok please, okay please, ok yes, okay yes, yes ok, yes okay, yes sure, i agree,"
        " agreed, confirm, confirmed, i confirm, yes i confirm, yes i do, yes you can,"
        " yes you may, absolutely, definitely, sounds good, yes sounds good"
    ),
    "de": (
        "ja, jo, jep, ja bitte, ja gerne, ja gern, gerne, gern, bitte, bitte ja, ja danke,"
        " ja klar, klar, ja mach das, mach das, mach es, ja mach es, mach mal,"
        " machen sie das, bitte machen, ja machen sie das, ja bitte machen,"
        " ja bitte machen sie das, ja okay, ja ok, okay ja, ok ja, einverstanden,"
        " ja einverstanden, in ordnung, ja in ordnung, nat\u00fcrlich, ja nat\u00fcrlich,"
        " selbstverst\u00e4ndlich, auf jeden fall, ja auf jeden fall, jawohl, best\u00e4tigt,"
        " ich best\u00e4tige, passt, ja passt"
    ),
    "fr": (
        "oui, ouais, oui merci, oui s'il vous plait, oui s'il te plait, s'il vous plait,"
        " s'il te plait, oui svp, oui stp, svp, oui volontiers, volontiers, oui bien sur,"
        " bien sur, oui allez-y, allez-y, vas-y, oui vas-y, faites-le, fais-le,"
        " oui faites-le, oui fais-le, d'accord, oui d'accord, entendu, c'est d'accord,"
        " je confirme, oui je confirme, oui ok, ok oui, oui je veux bien, je veux bien,"
        " avec plaisir, oui avec plaisir, absolument, tout a fait"
    ),
    "es": (
        "s\u00ed, s\u00ed por favor, por favor, s\u00ed gracias, s\u00ed claro, claro,"
        " claro que s\u00ed, por supuesto, s\u00ed por supuesto, hazlo, h\u00e1galo,"
        " s\u00ed hazlo, s\u00ed h\u00e1galo, adelante, s\u00ed adelante, vale, s\u00ed vale,"
        " vale s\u00ed, de acuerdo, s\u00ed de acuerdo, est\u00e1 bien,"
        " s\u00ed est\u00e1 bien, s\u00ed ok, ok s\u00ed, confirmo, s\u00ed confirmo,"
        " s\u00ed quiero, con gusto"
    ),
    "ar": (
        "\u0646\u0639\u0645, \u0623\u062c\u0644,"
        " \u0646\u0639\u0645 \u0645\u0646 \u0641\u0636\u0644\u0643"
    ),
}
_NO = {
    "en": (
        "no, nope, nah, n, no thanks, no thank you, no don't, don't, do not, no please don't,"
        " please don't, don't do it, don't do that, no don't do it, no don't do that,"
        " not now, no not now, no not yet, not yet, no need, no it's ok, no it's fine,"
        " no that's ok, cancel, cancel it, cancel that, no cancel, never mind, nevermind,"
        " no never mind, stop, better not, no better not, i don't want that,"
        " no i don't want that, leave it, no leave it"
    ),
    "de": (
        "nein, n\u00f6, nee, ne, nein danke, danke nein, nein bitte nicht, bitte nicht,"
        " lieber nicht, nein lieber nicht, jetzt nicht, nein jetzt nicht, noch nicht,"
        " nein noch nicht, lass es, nein lass es, lassen sie es, nein lassen sie es,"
        " lass das, nicht n\u00f6tig, nein nicht n\u00f6tig, abbrechen, nein abbrechen,"
        " stopp, auf keinen fall, nein auf keinen fall, das m\u00f6chte ich nicht,"
        " nein das m\u00f6chte ich nicht"
    ),
    "fr": (
        "non, non merci, merci non, nan, surtout pas, non surtout pas, pas maintenant,"
        " non pas maintenant, pas encore, non pas encore, annuler, annule, annulez,"
        " non annulez, laisse tomber, laissez tomber, non laissez tomber,"
        " ce n'est pas la peine, pas la peine, non pas la peine, pas besoin, non pas besoin,"
        " non ne faites pas \u00e7a, ne le faites pas, je ne veux pas, non je ne veux pas"
    ),
    "es": (
        "no gracias, no por favor, ahora no, no ahora no, todav\u00eda no,"
        " no todav\u00eda no, a\u00fan no, mejor no, no mejor no, no hace falta,"
        " no no hace falta, cancelar, cancela, cancele, no cancela, d\u00e9jalo, d\u00e9jelo,"
        " no d\u00e9jalo, no d\u00e9jelo, no lo hagas, no lo haga, no quiero, no no quiero,"
        " de ninguna manera"
    ),
    "ar": (
        "\u0644\u0627, \u0644\u0627 \u0634\u0643\u0631\u0627,"
        " \u0644\u0627 \u0634\u0643\u0631\u0627\u064b"
    ),
}

LONGEST = 60
"""Letters; what is longer is no word of this list."""

_SIGNS = dict.fromkeys(map(ord, ",.!\u2026\u060c\u00a1;:-\u2013\u2014"), " ")
_FACES = "\U0001f44d\U0001f44e"
"""Thumbs alone say it as well; other faces say nothing."""


def yes_or_no(text: str) -> bool | None:
    """True: yes; False: no; None: something else is said, or asked."""
    if len(text) > LONGEST:
        return None
    bare = text.strip()
    if bare and bare[0] in _FACES and len(bare) <= 2:
        return bare[0] == _FACES[0]
    return _KNOWN.get(_bare(text))


def _bare(text: str) -> str:
    """Folded, in one line, without what only ends or parts it; a question stays one."""
    return " ".join(folded(text).translate(_SIGNS).replace("'", " ").split())


_KNOWN = {
    _bare(words): is_yes
    for is_yes, lists in ((True, _YES), (False, _NO))
    for language in lists.values()
    for words in language.split(",")
}
