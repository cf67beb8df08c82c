"""How does somebody who proved their address say more? By a link in our answer to them.

It is signed, expires, belongs to one ticket and to the address that was proved, and opens a field
to write into: nothing can be read through it.
"""

import re
import time

from django.conf import settings
from django.urls import reverse

from handrail.base.tokens import is_signature, signature
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.models import SignInRequest, Ticket
from handrail.people.viewer import Viewer

GOOD_FOR = 14 * 24 * 60 * 60
PURPOSE = "sign-in-help.more"


def more_path(conversation: Conversation, request: SignInRequest) -> str:
    expires = str(int(time.time()) + GOOD_FOR)
    word = signature(PURPOSE, conversation.public_id, request.email, expires)
    return reverse("tickets-public:more", args=[conversation.public_id, f"{expires}-{word}"])


def more_url(conversation: Conversation, request: SignInRequest) -> str:
    return f"{settings.HANDRAIL_URL}{more_path(conversation, request)}"


def proof_url(secret: str) -> str:
    return f"{settings.HANDRAIL_URL}{reverse('tickets-public:proof', args=[secret])}"


def ticket_behind(viewer: Viewer, public_id: str, key: str) -> Ticket | None:
    """The ticket that a link of ours leads to; None for every other, and where it has expired."""
    expires, _, word = key.partition("-")
    if not re.fullmatch(r"[0-9]{1,12}", expires) or int(expires) < time.time():
        return None
    proved = Ticket.objects.visible_to(viewer).exclude(sign_in_request__proved_at=None)
    tickets = proved.select_related("conversation", "sign_in_request")
    ticket = tickets.filter(conversation__public_id=public_id).first()
    email = ticket.sign_in_request.email if ticket else ""
    if not is_signature(word, PURPOSE, public_id, email, expires):
        return None
    return ticket
