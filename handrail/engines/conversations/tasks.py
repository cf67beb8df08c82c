"""What happens later to conversations? Files that were uploaded and never sent are removed."""

from datetime import timedelta

from django.utils import timezone

from handrail.engines.conversations import actions
from handrail.engines.tasks import every

KEEP_UNSENT = timedelta(days=2)


@every(timedelta(hours=1))
def forget_unsent_uploads() -> None:
    actions.forget_unsent_uploads(timezone.now() - KEEP_UNSENT)
