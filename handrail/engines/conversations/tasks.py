"""What happens later to conversations? What was uploaded or typed and never sent is removed."""

from datetime import timedelta

from django.utils import timezone

from handrail.engines.conversations import actions, kept
from handrail.engines.tasks import every, task

KEEP_UNSENT = timedelta(days=2)
KEEP_DRAFTS = timedelta(days=30)


@every(timedelta(hours=1))
def forget_unsent_uploads() -> None:
    actions.forget_unsent_uploads(timezone.now() - KEEP_UNSENT)


@every(timedelta(hours=6))
def forget_old_drafts() -> None:
    actions.forget_old_drafts(timezone.now() - KEEP_DRAFTS)


@task(attempts=14)
def remove_files(names: list[str]) -> None:
    """Files that were in nobody's reach any more, and could not be removed; tried for a day."""
    kept.remove_named(names)
