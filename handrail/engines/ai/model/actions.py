"""What is kept of calls? Each has a row before it begins, so that what is under way counts."""

from datetime import datetime

from django.db.models import Sum

from handrail.engines.ai.models import CallOutcome, ModelCall, Question
from handrail.people.models import Account


def spent(account: Account | None, *, since: datetime) -> int:
    """Tokens of one account, or of all who have none. One query, by an index."""
    calls = ModelCall.objects.filter(account=account, at__gte=since)
    sums = calls.aggregate(prompts=Sum("prompt_tokens"), answers=Sum("answer_tokens"))
    return (sums["prompts"] or 0) + (sums["answers"] or 0)


def begin(model: str, account: Account | None, *, prompt: int, answer: int) -> ModelCall:
    """A call that is under way, with what it may cost at most, in tokens."""
    return ModelCall.objects.create(
        model=model,
        account=account,
        prompt_tokens=prompt,
        answer_tokens=answer,
        is_estimated=True,
    )


def end(call: ModelCall, outcome: CallOutcome, failure: str = "") -> None:
    """How it ended; tokens and milliseconds are as the caller has set them."""
    call.outcome, call.failure = outcome, failure
    call.save(
        update_fields=[
            "outcome",
            "failure",
            "prompt_tokens",
            "answer_tokens",
            "is_estimated",
            "milliseconds",
        ]
    )


def not_asked(model: str, account: Account | None, outcome: CallOutcome) -> ModelCall:
    """Why there was no call."""
    return ModelCall.objects.create(model=model, account=account, outcome=outcome)


def belongs_to(question: Question, calls: list[int]) -> None:
    """Says which question the calls with these ids were made for, once it is remembered."""
    ModelCall.objects.filter(pk__in=calls).update(question=question)


def forget(before: datetime) -> None:
    """Calls of long ago."""
    ModelCall.objects.filter(at__lt=before).delete()
