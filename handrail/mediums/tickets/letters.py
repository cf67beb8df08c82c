"""Who is told what about a ticket? Mails and notices, each with the least that its reader needs.

Until mail can be answered, every letter says "answer in the panel" and leads there.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from handrail.base.languages import language_of
from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import Conversation, Message
from handrail.engines.notify import actions as notify
from handrail.engines.notify.actions import Letter, Reader
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.public import letters as public_letters
from handrail.mediums.tickets.states import Act
from handrail.people.actions import email_link
from handrail.people.models import Agent, Member
from handrail.people.viewer import ROLE_ENTITLEMENTS, Viewer

ADDED_PER_ADDRESS = 5
"""Mails a day that one outside address gets because somebody added it, from all tickets."""

ADDED_PER_ACCOUNT = 100
"""Mails a day that one account can cause to added addresses."""

EXCERPT_LENGTH = 2000
"""Letters of a reply that its mail shows; the rest is read in the panel."""

LINES = {
    "reply": _("New reply: %(subject)s"),
    "close": _("Closed by us: %(subject)s"),
    "reopen": _("Reopened by us: %(subject)s"),
    "assigned": _("Given to you: %(subject)s"),
    "deadline": _("Due soon: %(subject)s"),
    "remind": _("We wait for your answer: %(subject)s"),
    "expire": _("Closed, as we heard nothing: %(subject)s"),
    "merged": _("Merged into %(name)s: %(subject)s"),
    "split": _("A ticket of its own now: %(subject)s"),
    "member_rate": _("%(name)s rated: %(subject)s"),
    "member_reply": _("%(name)s replied: %(subject)s"),
    "member_accept": _("%(name)s accepted the solution: %(subject)s"),
    "member_reject": _("%(name)s says that the solution did not help: %(subject)s"),
    "member_close": _("%(name)s closed: %(subject)s"),
    "member_reopen": _("%(name)s reopened: %(subject)s"),
    "proved": _("%(name)s proved their address: %(subject)s"),
}
"""What a notice says, by what happened."""


def confirm(ticket: Ticket, why: str = "") -> None:
    """To the creator: we have it, this is its number; and why, where they did not open it."""
    conversation = ticket.conversation
    if conversation.creator:
        _mail_member("opened", ticket, conversation, conversation.creator, {"why": why})


def tell_of_reply(ticket: Ticket, conversation: Conversation, message: Message) -> None:
    """An agent's reply goes to the creator, a member's to the assignee, both to who follows."""
    if message.agent_id:
        excerpt = message.body[:EXCERPT_LENGTH]
        _tell_creator("reply", ticket, conversation, {"excerpt": excerpt, "author": message.agent})
        if conversation.creator_id is None:
            public_letters.tell("reply", ticket, conversation, message)
    elif conversation.assignee:
        _notice(conversation.assignee, "member_reply", conversation, message.author_name)
    _tell_followers(ticket, conversation, message)


def tell_of_move(ticket: Ticket, conversation: Conversation, viewer: Viewer, act: Act) -> None:
    """An agent's closing or reopening goes to the creator, a member's move to the assignee."""
    if viewer.agent and act in {Act.CLOSE, Act.REOPEN}:
        _tell_creator(str(act), ticket, conversation, {"author": viewer.agent})
        if conversation.creator_id is None:
            public_letters.tell(str(act), ticket, conversation)
    elif viewer.member and conversation.assignee:
        _notice(conversation.assignee, f"member_{act}", conversation, viewer.name)


def tell_assignee(conversation: Conversation, agent: Agent) -> None:
    """An agent to whom somebody else gave the ticket."""
    _notice(agent, "assigned", conversation)


def tell_of_proof(conversation: Conversation, name: str) -> None:
    """The assignee, when whoever could not sign in showed that they read that mailbox."""
    if conversation.assignee:
        _notice(conversation.assignee, "proved", conversation, name)


def tell_of_rating(conversation: Conversation, viewer: Viewer) -> None:
    """The assignee, when the member says how it went."""
    if conversation.assignee:
        _notice(conversation.assignee, "member_rate", conversation, viewer.name)


def tell_of_deadline(conversation: Conversation, agent: Agent) -> None:
    """An agent who works on it, before we break a promise."""
    _notice(agent, "deadline", conversation)


def tell_of_silence(event: str, ticket: Ticket, conversation: Conversation) -> None:
    """To the creator: we wait for them ("remind"), or do not wait any longer ("expire")."""
    creator = conversation.creator
    if creator and creator.ended_at is None:
        _tell_creator(event, ticket, conversation, {})
    elif creator is None:
        public_letters.tell(event, ticket, conversation)


def tell_of_merge(one: Conversation, other: Conversation, viewer: Viewer) -> None:
    """Whoever wrote or worked on the first: where it is now. No mail, since nothing was answered.

    It is a notice of the first: those of the second, which may tell of an answer, stay.
    """
    for reader in (one.creator, one.assignee):
        if reader and reader != viewer.agent:
            _notice(reader, "merged", one, f"#{other.number}")


def tell_of_split(conversation: Conversation, viewer: Viewer) -> None:
    """Whoever wrote it and whoever works on it."""
    for reader in (conversation.creator, conversation.assignee):
        if reader and reader != viewer.agent:
            _notice(reader, "split", conversation)


def tell_added_address(ticket: Ticket, address: str) -> bool:
    """Number, subject and link, nothing else, and it grants nothing. False where a cap forbids."""
    conversation = ticket.conversation
    letter = Letter(
        kind="tickets.added",
        template="tickets/mail/added",
        ref=conversation.ref,
        context={"conversation": conversation, "link": _page(conversation)},
        account=conversation.account,
        cap_per_address=ADDED_PER_ADDRESS,
        cap_per_account=ADDED_PER_ACCOUNT,
    )
    return (
        notify.send(
            letter, Reader(address, conversation.creator.locale if conversation.creator else "")
        )
        is not None
    )


def _tell_followers(ticket: Ticket, conversation: Conversation, message: Message) -> None:
    """Those who may see it today; whoever wrote it, or is told anyway, is not told twice."""
    told = {message.member_id, conversation.creator_id}
    context: dict[str, object] = {
        "excerpt": message.body[:EXCERPT_LENGTH],
        "author": {"name": message.author_name},
    }
    for member in _following_members(conversation):
        if member.pk not in told:
            _mail_member("followed", ticket, conversation, member, context)
            _notice(member, "member_reply", conversation, message.author_name)
    for agent in _following_agents(conversation):
        if agent.pk != message.agent_id:
            _mail_agent("followed", conversation, agent, context)
            if agent != conversation.assignee:
                _notice(agent, "member_reply", conversation, message.author_name)


def _following_members(conversation: Conversation) -> list[Member]:
    """One question of the one rule for each: following grants nothing."""
    followers = Member.objects.active().with_facts().filter(follower__conversation=conversation)
    return [
        member
        for member in followers
        if Conversation.objects.visible_to(Viewer(member=member))
        .filter(pk=conversation.pk)
        .exists()
    ]


def _following_agents(conversation: Conversation) -> list[Agent]:
    followers = Agent.objects.filter(follower__conversation=conversation, is_active=True)
    return [agent for agent in followers if WORK in ROLE_ENTITLEMENTS.get(agent.role, ())]


def _mail_agent(
    event: str, conversation: Conversation, agent: Agent, context: dict[str, object]
) -> None:
    path = reverse("tickets-desk:detail", args=[conversation.public_id])
    link = f"{settings.HANDRAIL_URL}{path}"
    letter = Letter(
        kind=f"tickets.{event}",
        template=f"tickets/mail/{event}",
        ref=conversation.ref,
        context={**context, "conversation": conversation, "link": link},
        account=conversation.account,
    )
    notify.send(letter, Reader(agent.email, agent.locale, agent.zone))


def _tell_creator(
    event: str, ticket: Ticket, conversation: Conversation, context: dict[str, object]
) -> None:
    if conversation.creator:
        _mail_member(event, ticket, conversation, conversation.creator, context)
        _notice(conversation.creator, event, conversation)


def _mail_member(
    event: str,
    ticket: Ticket,
    conversation: Conversation,
    member: Member,
    context: dict[str, object],
) -> None:
    """Mail to a member whose host vouches for the address; to an unproved one goes no content."""
    if not member.email:
        return
    shown = {**context, "conversation": conversation, "ticket": ticket, "member": member}
    shown["link"] = email_link(member, _path(conversation))
    if not member.person.email_verified:
        shown |= {"excerpt": "", "link": _page(conversation)}
    letter = Letter(
        kind=f"tickets.{event}",
        template=f"tickets/mail/{event}",
        ref=conversation.ref,
        context=shown,
        account=conversation.account,
    )
    notify.send(letter, Reader(member.email, member.locale, member.zone))


def _notice(reader: Member | Agent, line: str, conversation: Conversation, name: str = "") -> None:
    """Puts a line of LINES, in the reader's language, into their home or desk."""
    with translation.override(language_of(reader.locale)):
        title = str(LINES[line]) % {"name": name, "subject": conversation.subject}
    notify.notice(reader, title, conversation.ref)


def _path(conversation: Conversation) -> str:
    return reverse("tickets:detail", args=[conversation.public_id])


def _page(conversation: Conversation) -> str:
    return f"{settings.HANDRAIL_URL}{_path(conversation)}"
