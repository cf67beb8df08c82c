"""Who answers when the process that should have is gone? The worker, a minute later."""

from datetime import timedelta

from handrail.engines.tasks import every
from handrail.mediums.chat.assistant.answering import answer_owed, forgotten


@every(timedelta(minutes=1))
def answer_the_forgotten() -> None:
    """What two work out at once is said once: see `actions.answer`."""
    for chat in forgotten():
        answer_owed(chat)
