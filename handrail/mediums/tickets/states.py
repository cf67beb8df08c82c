"""What may follow what? The life of a ticket as one table.

`TRANSITIONS` is the whole rule: who may do what in which status, what comes of it and why. What
is not in the table cannot happen.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND = "tickets"
"""The `kind` of a ticket's conversation: the medium's name."""


class Status(TextChoices):
    """Whose turn is it? The same five words for members and agents."""

    OPEN = "open", pgettext_lazy("ticket status", "Open")
    IN_PROGRESS = "in_progress", _("In Progress")
    AWAITING = "awaiting_response", _("Awaiting your response")
    SOLUTION = "solution_offered", _("Solution Offered")
    CLOSED = "closed", _("Closed")


EXPLANATIONS = {
    Status.OPEN: _("Sent to us; an agent will look at it."),
    Status.IN_PROGRESS: _("We have read it and are working on it."),
    Status.AWAITING: _("We have answered and need a word from you to go on."),
    Status.SOLUTION: _("We think that this solves it. Tell us whether it does."),
    Status.CLOSED: _("Solved and put away. You can reopen it."),
}

WAITING_ON_MEMBER = (Status.AWAITING, Status.SOLUTION)
WAITING_ON_US = (Status.OPEN, Status.IN_PROGRESS)


class Who(TextChoices):
    MEMBER = "member"
    AGENT = "agent"
    SYSTEM = "system"


class Act(TextChoices):
    """What somebody does with a ticket, as far as it can change the status."""

    REPLY = "reply", _("Reply")
    ASK = "ask", _("Reply and ask")
    OFFER = "offer", _("Reply and offer a solution")
    ACCEPT = "accept", _("Accept the solution")
    REJECT = "reject", _("Say that it did not help")
    START = "start", _("Start work")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Reopen")
    REMIND = "remind", _("Remind")


SPOKEN = (Act.REPLY, Act.ASK, Act.OFFER)
"""Acts that are a message; without one there is nothing to answer to."""

SILENT = tuple(act for act in Act if act not in SPOKEN)


@dataclass(frozen=True)
class Transition:
    """`who` doing `act` in one of `before` leads to `after`; None leaves the status as it is."""

    who: Who
    act: Act
    before: tuple[Status, ...]
    after: Status | None
    why: str


_ALIVE = (Status.OPEN, Status.IN_PROGRESS, Status.AWAITING, Status.SOLUTION)

TRANSITIONS = (
    Transition(Who.MEMBER, Act.REPLY, WAITING_ON_US, None, "it was our turn already"),
    Transition(
        Who.MEMBER, Act.REPLY, WAITING_ON_MEMBER, Status.IN_PROGRESS, "their word is our turn"
    ),
    Transition(
        Who.MEMBER,
        Act.REPLY,
        (Status.CLOSED,),
        Status.OPEN,
        "an answer reopens it",
    ),
    Transition(Who.MEMBER, Act.ACCEPT, (Status.SOLUTION,), Status.CLOSED, "it is solved"),
    Transition(Who.MEMBER, Act.REJECT, (Status.SOLUTION,), Status.IN_PROGRESS, "it is not solved"),
    Transition(Who.MEMBER, Act.CLOSE, _ALIVE, Status.CLOSED, "they need no more help"),
    Transition(Who.MEMBER, Act.REOPEN, (Status.CLOSED,), Status.OPEN, "they need help again"),
    Transition(Who.AGENT, Act.REPLY, _ALIVE, Status.IN_PROGRESS, "we said something and go on"),
    Transition(Who.AGENT, Act.ASK, _ALIVE, Status.AWAITING, "we asked something"),
    Transition(Who.AGENT, Act.OFFER, _ALIVE, Status.SOLUTION, "we think it is solved"),
    Transition(
        Who.AGENT, Act.START, (Status.OPEN, *WAITING_ON_MEMBER), Status.IN_PROGRESS, "we work on it"
    ),
    Transition(Who.AGENT, Act.CLOSE, _ALIVE, Status.CLOSED, "there is nothing more to do"),
    Transition(Who.AGENT, Act.REOPEN, (Status.CLOSED,), Status.IN_PROGRESS, "there is more to do"),
    Transition(Who.SYSTEM, Act.REMIND, WAITING_ON_MEMBER, None, "they may have forgotten us"),
    Transition(
        Who.SYSTEM, Act.CLOSE, WAITING_ON_MEMBER, Status.CLOSED, "they said no word for days"
    ),
)

_TABLE = {(rule.who, rule.act, before): rule for rule in TRANSITIONS for before in rule.before}


def rule_for(who: Who, act: Act, status: str) -> Transition | None:
    """The row of the table, or None where this cannot be done now."""
    return _TABLE.get((who, act, Status(status)))


def acts_for(who: Who, status: str) -> list[Act]:
    """What this side can do in this status: the buttons that a page shows."""
    return [act for act in Act if rule_for(who, act, status)]
