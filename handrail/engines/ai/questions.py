"""What kind of answer does a question want, and does a sentence look like one?

By a few words of English and German; questions in other languages are of no kind, and then nothing
but likeness decides.
"""

import re
from enum import StrEnum

from handrail.engines.ai.grouping import stems_of


class Wanted(StrEnum):
    """What an answer has to hold."""

    STEPS = "how to"
    PLACE = "where"
    AMOUNT = "how much, how long, until when"
    MEANING = "what does it mean"
    REASON = "why"
    VERDICT = "yes or no"
    REMEDY = "what to do when something is wrong"
    LIST = "which ones"
    ANYTHING = "anything"


_KINDS: tuple[tuple[Wanted, str], ...] = (
    (
        Wanted.AMOUNT,
        r"how (?:much|many|long|often|big|large|soon|old|far|high|fast|late|early)\b|by when"
        r"|(?:what|which) (?:(?:is|are) )?(?:(?:the|our|your|my) )?(?:\w+ )?(?:limit|size|fee|price"
        r"|cost|rate|percent|maximum|minimum|least|most|deadline|day|date|time)s?\b"
        r"|what percentage|when (?:do|does|is|are|will|can|must)\b|until when|wann\b|bis wann"
        r"|wie (?:viel|lange|oft|gro\u00df|hoch|schnell)",
    ),
    (Wanted.REASON, r"why\b|how come|what is the reason|warum|wieso|weshalb"),
    (
        Wanted.PLACE,
        r"where\b|in which (?:menu|page|tab|section)|whom? (?:do|can|should)|who (?:can|do|is)\b"
        r"|wo\b|wohin",
    ),
    (
        Wanted.MEANING,
        r"what (?:does|do) .* mean|what (?:is|are) (?:a|an|the)\b|what'?s (?:a|an|the)\b|meaning of"
        r"|was (?:bedeutet|hei\u00dft|ist|sind)",
    ),
    (
        Wanted.REMEDY,
        r".*\b(?:not work|doesn'?t|does not|won'?t|can'?t|cannot|fails?|failed|error|broken|missing"
        r"|wrong|stuck|lost|disappeared|geht nicht|funktioniert nicht|fehler)\b",
    ),
    (
        Wanted.STEPS,
        r"how (?:do|can|to|should|would|does)\b|steps? to|way to|wie (?:kann|mache|\w+ ich)",
    ),
    (Wanted.LIST, r"which\b|what (?:kinds?|types?|sorts?|options)\b|list of|welche"),
    (
        Wanted.VERDICT,
        r"(?:can|could|may|is|are|do|does|did|will|would|should|must|has|have|am|was|were)\b"
        r"|(?:kann|k\u00f6nnen|darf|ist|sind|gibt|muss|wird|habe|hat)\b",
    ),
)
_KNOWN = tuple(
    (kind, re.compile(rf"(?:[^.?!]*[.?!,]\s+)?(?:{said})", re.IGNORECASE)) for kind, said in _KINDS
)

_FITS = {
    Wanted.AMOUNT: re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|twice|once|daily"
        r"|weekly|monthly|yearly|at once|immediately|never|always|unlimited|minutes?|hours?"
        r"|days?|weeks?|months?|years?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?)\b",
        re.IGNORECASE,
    ),
    Wanted.PLACE: re.compile(
        r"\b(?:select|open|go to|click|press|under|settings|menu|tab|page|top|corner|button|in the"
        r"|w\u00e4hlen|\u00f6ffnen|unter|einstellungen)\b|\u2192|>",
        re.IGNORECASE,
    ),
    Wanted.STEPS: re.compile(
        r"^(?:\d+[.)] )?(?:select|open|go to|click|press|choose|enter|type|add|create|write|say|tap"
        r"|w\u00e4hlen|\u00f6ffnen|klicken|geben)\b",
        re.IGNORECASE,
    ),
    Wanted.REASON: re.compile(
        r"\b(?:because|since|so that|due to|reason|therefore|which is why|weil|damit|deshalb)\b",
        re.IGNORECASE,
    ),
    Wanted.REMEDY: re.compile(
        r"\b(?:check|if|try|again|make sure|instead|pr\u00fcfen|wenn|falls|erneut)\b", re.IGNORECASE
    ),
}
"""How a sentence looks that may be such an answer; kinds that are missing look like nothing."""


def wanted(question: str) -> Wanted:
    """The first kind that fits, the particular ones before the broad ones."""
    text = question.strip()
    for kind, said in _KNOWN:
        if said.match(text):
            return kind
    return Wanted.ANYTHING


def are_alike(question: str, other: str, language: str) -> bool:
    """Whether both want the same of the same things: same kind, and the same words that say
    something, in any form and order."""
    said = stems_of(question, language)
    is_said = bool(said) and said == stems_of(other, language)
    return is_said and wanted(question) is wanted(other)


def fits(kind: Wanted, sentence: str) -> bool:
    """Whether a sentence looks like an answer of this kind."""
    looks = _FITS.get(kind)
    return looks is None or bool(looks.search(sentence))
