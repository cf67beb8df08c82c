"""Does the language model of AI_URL answer as it should, and unheard by others on the way?"""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from handrail.config.checks.finding import Finding, error, warning
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.model.failures import ModelFailed
from handrail.engines.ai.model.protocol import Speech
from handrail.engines.ai.models import CallOutcome

GOOD_URL = "https://host/v1"
QUESTION = [{"role": "user", "content": "Reply with the one word OK."}]

PROBLEMS: dict[CallOutcome, tuple[str, str, str]] = {
    CallOutcome.UNREACHABLE: (
        "model.silent",
        "The language model cannot be reached",
        f"Look whether it runs, and whether AI_URL names it, as in {GOOD_URL}.",
    ),
    CallOutcome.SLOW: (
        "model.slow",
        "The language model does not answer within AI_SECONDS",
        "Look how busy it is; a larger AI_SECONDS gives it more time, and makes askers wait.",
    ),
    CallOutcome.KEY_REFUSED: (
        "model.key",
        "The language model's endpoint refuses the key",
        "Look at AI_KEY, or AI_KEY_FILE: is it whole, and still good?",
    ),
    CallOutcome.UNKNOWN_MODEL: (
        "model.unknown",
        "The endpoint knows no such model, or has nothing at this address",
        f"Look at AI_MODEL, and whether AI_URL ends as the endpoint wants it, as in {GOOD_URL}.",
    ),
    CallOutcome.TOO_MANY: (
        "model.limited",
        "The language model's endpoint is asked too often, or its budget is used up",
        "Look at its limits and its bill.",
    ),
}


def model() -> Iterator[Finding]:
    """It is asked one short question, as it would be asked by people: some twenty tokens."""
    endpoint = Endpoint.chosen()
    if endpoint is None:
        return
    if not endpoint.url.startswith("https://") and not _is_near(endpoint.url):
        yield warning(
            "model.plain",
            "Questions, passages of pages and the key go to the language model unencrypted.",
            f"Write AI_URL as {GOOD_URL}, where the endpoint can.",
        )
    try:
        for _piece in Speech(endpoint, QUESTION).pieces():
            pass
    except ModelFailed as failed:
        if failed.outcome is not CallOutcome.CUT_OFF:  # it answered, and at length
            yield _finding(failed)


def _finding(failed: ModelFailed) -> Finding:
    key, problem, remedy = PROBLEMS.get(
        failed.outcome,
        (
            "model.wrong",
            f"The language model does not answer as it should ({failed.outcome.label})",
            "Look whether AI_URL speaks OpenAI's protocol: chat completions, streamed.",
        ),
    )
    said = f": {failed.words}" if failed.words else "."
    return error(key, f"{problem}{said}", f"{remedy} Until then answers are quoted.")


def _is_near(url: str) -> bool:
    """Whether it stays inside of the own network."""
    hostname = urlsplit(url).hostname or ""
    try:
        return ip_address(hostname).is_private
    except ValueError:
        return "." not in hostname
