"""Did a browser work for what it sends? A challenge, as ALTCHA's protocol has it, and its answer.

The challenge is a search that takes a browser about a second and us a moment; it is signed, good
for a few minutes, for our form alone, and once. Nothing is asked of a third party, nothing is
written down about anybody.
"""

import secrets
import time
from typing import Any

from altcha import Payload, create_challenge, verify_solution
from django.core.cache import cache

from handrail.base.tokens import hashed, signature

ALGORITHM = "PBKDF2/SHA-256"
COST = 15_000
"""Rounds that each try costs: two or three milliseconds in a browser."""

FEWEST_TRIES, MOST_TRIES = 200, 400
"""Where the answer hides: narrow, so that nobody is unlucky for long."""

GOOD_FOR = 10 * 60
"""Seconds. The page fetches another where somebody writes for longer."""

LONGEST = 4_000
"""Letters of an answer; ours have some 700."""

FORM = {"form": "sign-in-help"}
"""What a challenge is good for: an answer to another one does not count here."""


def challenge() -> dict[str, Any]:
    """A new challenge. Costs one try, and nothing is kept."""
    tries = FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES)
    made = create_challenge(
        ALGORITHM,
        COST,
        counter=tries,
        expires_at=int(time.time()) + GOOD_FOR,
        data=FORM,
        hmac_secret=_key("challenge"),
        hmac_key_secret=_key("answer"),
    )
    return dict(made.to_dict())


def is_done(answer: str) -> bool:
    """Whether this answers a challenge of ours for the first time. It is used up by being asked."""
    if not answer or len(answer) > LONGEST:
        return False
    try:
        given = Payload.from_base64(answer)
        result = verify_solution(given, _key("challenge"), hmac_key_secret=_key("answer"))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return False  # not what our page sends
    if not result.verified or given.challenge.parameters.data != FORM:
        return False
    return _use_up(str(given.challenge.signature))


def _use_up(challenge_signature: str) -> bool:
    """Atomic in both caches: of two at the same moment one counts. Kept until it has expired."""
    return bool(cache.add(f"worked:{hashed(challenge_signature)}", 1, timeout=GOOD_FOR + 60))


def _key(part: str) -> str:
    return signature("proof-of-work", part)
