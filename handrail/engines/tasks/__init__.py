"""What happens later: retry, reaper and ticker round django-tasks.

    @task(attempts=5)
    def send_mail(mail_id: int) -> None: ...

    send_mail.enqueue(mail.pk)      # a row in the same transaction: rolled back means gone

A task gets ids and rebuilds what it needs. It may run twice (its process can die after the work
and before the note of it), so it is idempotent.
"""

from handrail.engines.tasks.define import every, task
from handrail.engines.tasks.once import enqueue_once

__all__ = ["enqueue_once", "every", "task"]
