"""What happens later? Mail is handed to the mail server, and tried again for about a day."""

from handrail.engines.notify import actions
from handrail.engines.notify.models import OutgoingMail
from handrail.engines.tasks import task


@task(attempts=14)
def deliver(mail_id: int) -> None:
    """Sends one mail of the ledger; a mail that was sent before is not sent again."""
    actions.post(OutgoingMail.objects.get(pk=mail_id))
