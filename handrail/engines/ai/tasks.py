"""What does asking do later? Calls of models are forgotten."""

from datetime import timedelta

from django.utils import timezone

from handrail.engines.ai.model import actions
from handrail.engines.tasks import every

KEEP_CALLS = timedelta(days=90)
"""For who looks up what a model cost, and why it failed."""


@every(timedelta(days=1))
def forget_calls() -> None:
    actions.forget(timezone.now() - KEEP_CALLS)
