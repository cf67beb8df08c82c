"""Who wrote a ticket that is no member's, and what may be done for them until they prove it?"""

from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from handrail.mediums.tickets.models import SignInRequest, Ticket
from handrail.mediums.tickets.states import SPOKEN, Act


def sender_of(ticket: Ticket) -> SignInRequest | None:
    """Who asked for help with signing in; None for every other ticket."""
    return getattr(ticket, "sign_in_request", None)


def is_unproved(ticket: Ticket) -> bool:
    """Whether it came from an address that may be anybody's: nothing we say is mailed there."""
    sender = sender_of(ticket)
    return sender is not None and sender.proved_at is None


def without_words(ticket: Ticket, acts: list[Act]) -> list[Act]:
    """What agents can do with it: everything but speak, until the address is proved."""
    return [act for act in acts if act not in SPOKEN] if is_unproved(ticket) else acts


def who_wrote(ticket: Ticket) -> str:
    """The sender in one line, and how much of it we know; for files."""
    sender = sender_of(ticket)
    if sender is None:
        return str(_("Unknown"))
    pattern = _("%(who)s, proved") if sender.proved_at else _("%(who)s, unproved")
    return pattern % {"who": sender}


def plain_address(address: str) -> str:
    """One way to write an address. Its domain in ASCII: letters that look alike show as what
    they are, and no mail server has to know others."""
    local, _, domain = address.strip().rpartition("@")
    try:
        domain = punycode(domain)
    except UnicodeError:
        pass  # whether it is an address at all is the form's question
    return f"{local}@{domain.lower()}"


def mailbox_of(address: str) -> str:
    """What limits are counted by: `Jo.Doe+spam@…` and `jodoe@…` fill the same mailbox."""
    local, _, domain = plain_address(address).lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"
