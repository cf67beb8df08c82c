"""What is mailed to somebody whom we do not know?

To an address that nobody has proved: one fixed confirmation, and, where an agent asks for it, the
link that proves it; neither holds a word of the sender's or the agent's. Once it is proved, what we
answer. Nothing here opens an account, and nothing says whether an address belongs to one.
"""

from django.utils.translation import gettext_lazy as _

from handrail.base.limits import Limit, TooMany
from handrail.engines.conversations.models import Conversation, Message
from handrail.engines.notify import actions as notify
from handrail.engines.notify.actions import Letter, Reader
from handrail.mediums.tickets.models import SignInRequest, Ticket
from handrail.mediums.tickets.public import links
from handrail.mediums.tickets.public.senders import mailbox_of, sender_of

CONFIRMED = Limit("sign-in-help-confirmed", most=1, seconds=24 * 60 * 60)
"""Counted by mailbox at once, before the ledger could tell."""

PROOFS_PER_ADDRESS = 3
"""Links a day to one address, however many agents send them."""

OPENINGS = {
    "reply": _("We have an answer for you."),
    "close": _("We have closed your request."),
    "reopen": _("We have taken your request up again."),
    "remind": _("We asked you something, and are still waiting for your answer."),
    "expire": _("We heard nothing more from you, so we have closed your request."),
}
"""How a letter begins, by what happened."""


def confirm(conversation: Conversation, request: SignInRequest) -> bool:
    """That somebody wrote to us with this address: once a day, whoever it was, in fixed words."""
    try:
        CONFIRMED.hit(mailbox_of(request.email))
    except TooMany:
        return False
    letter = Letter(
        kind="tickets.stranger",
        template="tickets/mail/stranger",
        ref=conversation.ref,
        context={},
        cap_per_address=1,
    )
    return notify.send(letter, _reader(request)) is not None


def ask_for_proof(conversation: Conversation, request: SignInRequest, secret: str) -> bool:
    """The one-time link. False where this address got too many today."""
    letter = Letter(
        kind="tickets.proof",
        template="tickets/mail/proof",
        ref=conversation.ref,
        context={"link": links.proof_url(secret)},
        cap_per_address=PROOFS_PER_ADDRESS,
    )
    return notify.send(letter, _reader(request)) is not None


def tell(
    event: str, ticket: Ticket, conversation: Conversation, message: Message | None = None
) -> None:
    """What we said or did, in full: there is no page where they could read it. To proved ones."""
    request = sender_of(ticket)
    if request is None or request.proved_at is None or event not in OPENINGS:
        return
    letter = Letter(
        kind=f"tickets.sender_{event}",
        template="tickets/mail/sender",
        ref=conversation.ref,
        context={
            "opening": OPENINGS[event],
            "conversation": conversation,
            "words": message.body if message else "",
            "author": message.author_name if message else "",
            "link": links.more_url(conversation, request),
        },
    )
    notify.send(letter, _reader(request))


def _reader(request: SignInRequest) -> Reader:
    return Reader(request.email, request.locale)
