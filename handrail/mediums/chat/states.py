"""What may follow what? The life of a chat as one table.

`TRANSITIONS` is the whole rule: who may do what in which status, and what comes of it. What is not
in the table cannot happen.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND = "chat"
"""The `kind` of a chat's conversation: the medium's name."""


class Status(TextChoices):
    """Who is with the member?"""

    ASSISTANT = "assistant", pgettext_lazy("chat status", "With the assistant")
    WAITING = "waiting", pgettext_lazy("chat status", "Waiting for an agent")
    LIVE = "live", pgettext_lazy("chat status", "With an agent")
    ENDED = "ended", pgettext_lazy("chat status", "Ended")


ALIVE = (Status.ASSISTANT, Status.WAITING, Status.LIVE)


class Who(TextChoices):
    MEMBER = "member"
    AGENT = "agent"
    SYSTEM = "system"
    """The assistant, and whatever happens by itself."""


class Act(TextChoices):
    """What somebody does with a chat, as far as it can change the status."""

    SAY = "say", _("Say something")
    ASK_FOR_PERSON = "ask_for_person", _("Ask for a person")
    ACCEPT = "accept", _("Accept")
    HAND_TO = "hand_to", _("Give to another agent")
    TRANSFER = "transfer", _("Give to a team, or back to the queue")
    GIVE_BACK = "give_back", _("Give back to the assistant")
    MAKE_TICKET = "make_ticket", _("Turn into a ticket")
    END = "end", _("End the chat")


@dataclass(frozen=True)
class Transition:
    """`who` doing `act` in one of `before` leads to `after`; None leaves the status as it is."""

    who: Who
    act: Act
    before: tuple[Status, ...]
    after: Status | None


TRANSITIONS = (
    Transition(Who.MEMBER, Act.SAY, ALIVE, None),
    Transition(Who.SYSTEM, Act.SAY, (Status.ASSISTANT, Status.WAITING), None),
    Transition(Who.AGENT, Act.SAY, (Status.LIVE,), None),
    Transition(Who.MEMBER, Act.ASK_FOR_PERSON, (Status.ASSISTANT,), Status.WAITING),
    Transition(Who.SYSTEM, Act.ASK_FOR_PERSON, (Status.ASSISTANT,), Status.WAITING),
    # An agent may step in where the assistant is still at it.
    Transition(Who.AGENT, Act.ACCEPT, (Status.ASSISTANT, Status.WAITING), Status.LIVE),
    Transition(Who.SYSTEM, Act.ACCEPT, (Status.WAITING,), Status.LIVE),
    Transition(Who.AGENT, Act.HAND_TO, ALIVE, Status.LIVE),
    # To a team, or to nobody: it waits again, in its old place.
    Transition(Who.AGENT, Act.TRANSFER, (Status.WAITING, Status.LIVE), Status.WAITING),
    # Its agent was not heard of any more.
    Transition(Who.SYSTEM, Act.TRANSFER, (Status.LIVE,), Status.WAITING),
    Transition(Who.AGENT, Act.GIVE_BACK, (Status.LIVE, Status.WAITING), Status.ASSISTANT),
    Transition(Who.MEMBER, Act.MAKE_TICKET, ALIVE, Status.ENDED),
    Transition(Who.AGENT, Act.MAKE_TICKET, ALIVE, Status.ENDED),
    # By itself where the member left, or where nobody answered what they said last.
    Transition(Who.SYSTEM, Act.MAKE_TICKET, (Status.WAITING, Status.LIVE), Status.ENDED),
    Transition(Who.MEMBER, Act.END, ALIVE, Status.ENDED),
    Transition(Who.AGENT, Act.END, (Status.LIVE, Status.WAITING), Status.ENDED),
    Transition(Who.SYSTEM, Act.END, ALIVE, Status.ENDED),
)


def rule_for(who: Who, act: Act, status: str) -> Transition | None:
    """The row of the table; None: it cannot happen."""
    return next(
        (row for row in TRANSITIONS if row.who == who and row.act == act and status in row.before),
        None,
    )


def may(who: Who, act: Act, status: str) -> bool:
    return rule_for(who, act, status) is not None
