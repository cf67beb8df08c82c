"""What happens later to questions? They are put into groups, and forgotten after a year."""

from datetime import timedelta

from handrail.engines.ai import actions
from handrail.engines.tasks import every, task


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
