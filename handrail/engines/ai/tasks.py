"""What happens later to questions? They are put into groups, and all that was kept is forgotten."""

from datetime import timedelta

from django.utils import timezone

from handrail.engines.ai import actions
from handrail.engines.ai.model import actions as calls
from handrail.engines.tasks import every, task

KEEP_CALLS = timedelta(days=90)
"""For who looks up what a model cost, and why it failed."""


@every(timedelta(days=1))
def forget_calls() -> None:
    calls.forget(timezone.now() - KEEP_CALLS)


@every(timedelta(minutes=1))
def group_new() -> None:
    """What was asked in the last minute; more of them in a turn of its own."""
    if actions.group_some() == actions.AT_ONCE:
        group_more.enqueue()


@task(attempts=3)
def group_more() -> None:
    if actions.group_some() == actions.AT_ONCE:
        group_more.enqueue()


@every(timedelta(days=1))
def forget_old() -> None:
    actions.forget_old()
