"""What does a short message go on with? "And for partners?" is asked together with what was asked
before; what stands for itself is asked as it is."""

import re
from collections.abc import Callable, Sequence

from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.grouping import stems_of
from handrail.hub.asking import LONGEST_QUESTION, Reply

MOST_WORDS = 9
"""Of what goes on with something; who writes more says what they mean."""
FEW_WORDS, FEW_STEMS = 4, 2

_BEGINS = re.compile(
    r"(?:and|or|but|also|then|so|what about|how about|what if|which ones?|why not|same for"
    r"|und|oder|aber|auch|dann|was ist mit|wie ist es|wie sieht es|und was|et|ou|mais|aussi|alors"
    r"|qu'en est-il|et si|y|o|pero|tambi[e\u00e9]n|entonces|qu[e\u00e9] hay de|e se"
    r"|\u0648|\u0645\u0627\u0630\u0627 \u0639\u0646)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|that|this|them|they|those|these|there|one|ones|same|instead|es|das|dies|diese[rnms]?"
    r"|davon|damit|daf\u00fcr|dort|stattdessen|cela|\u00e7a|celui|eso|esto|all[i\u00ed])\b",
    re.IGNORECASE,
)

Ask = Callable[[str], Reply]


def goes_on(text: str) -> bool:
    """Whether it begins, or points back, as what goes on with something does."""
    few = len(text.split()) <= MOST_WORDS
    return few and bool(_BEGINS.match(text.strip()) or _POINTS_BACK.search(text))


def asked_with_before(ask: Ask, text: str, before: Sequence[str], language: str) -> Reply:
    """The answer to a message after those before it, oldest first. At most two questions.

    What says little is asked alone first, since a new question may be as short as that.
    """
    is_short = len(text.split()) <= FEW_WORDS
    says_little = is_short and len(stems_of(text, language)) <= FEW_STEMS
    together = _together(text, before[-1]) if before else ""
    if not together or not (goes_on(text) or says_little):
        return ask(text)
    first, second = (together, text) if goes_on(text) else (text, together)
    reply = ask(first)
    if reply.answer.outcome is Outcome.ANSWERED:
        return reply
    other = ask(second)
    return max(reply, other, key=_how_good)


def _how_good(reply: Reply) -> tuple[int, float]:
    order = (Outcome.NOTHING, Outcome.CLOSEST, Outcome.ANSWERED)
    return order.index(reply.answer.outcome), reply.answer.certainty


def _together(text: str, before: str) -> str:
    """Both in one, the later in full; empty where there is no room for the earlier."""
    both = f"{before.strip()} {text}"
    return both if len(both) <= LONGEST_QUESTION else ""
