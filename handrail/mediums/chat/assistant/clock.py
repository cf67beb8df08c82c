"""Who answers when the process that should have is gone? The worker, a minute later."""

from datetime import timedelta

from handrail.engines.tasks import every
from handrail.mediums.chat.assistant import working
from handrail.mediums.chat.assistant.answering import forgotten


@every(timedelta(minutes=1))
def answer_the_forgotten() -> None:
    """What two work out at once is said once: see `actions.answer`. Where one fails, that is
    logged, and the others are answered."""
    for chat in forgotten():
        working.ANSWERS.do(chat)
