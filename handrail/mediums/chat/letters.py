"""Who is told what about a chat? Mails and notices, each with the least that its reader needs."""

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from handrail.base.languages import language_of
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.models import Conversation
from handrail.engines.notify import actions as notify
from handrail.engines.notify.actions import Letter, Reader
from handrail.hub.registry import find
from handrail.mediums.chat.exports.transcript import as_text
from handrail.mediums.chat.models import Chat
from handrail.people.actions import email_link
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer

TRANSCRIPTS_A_DAY = 20
"""Transcripts that one address gets in a day: each is asked for by hand."""

MOST_MAILED = 100_000
"""Letters of a transcript that a mail holds; the rest is read where its link leads."""

LINES = {
    "given": _("A chat is yours now: %(subject)s"),
    "ticket": _("Your chat became ticket #%(number)s: %(subject)s"),
    "rated": _("%(name)s rated: %(subject)s"),
}
"""What a notice says, by what happened."""


def tell_agent(conversation: Conversation, agent: Agent) -> None:
    """An agent to whom a chat was given, by us or by another agent."""
    _notice(agent, "given", conversation.ref, subject=conversation.subject)


def tell_of_rating(conversation: Conversation, viewer: Viewer) -> None:
    """The agent who was there, when the member says how it went."""
    if conversation.assignee:
        facts = {"name": viewer.name, "subject": conversation.subject}
        _notice(conversation.assignee, "rated", conversation.ref, **facts)


def tell_of_ticket(chat: Chat, ticket: Conversation) -> None:
    """To the member, where they did not press the button themselves: nothing was lost. The mail is
    the ticket's own."""
    member = chat.conversation.creator
    if member:
        _notice(member, "ticket", ticket.ref, number=ticket.number, subject=ticket.subject)


def mail_transcript(viewer: Viewer, chat: Chat, member: Member) -> bool:
    """To the member's own address, and to none that anybody typed. False where it is too often."""
    with translation.override(language_of(member.locale)), timezone.override(member.zone):
        words = as_text(viewer, chat)
    conversation = chat.conversation
    context = {
        "conversation": conversation,
        "transcript": words[:MOST_MAILED],
        "is_cut": len(words) > MOST_MAILED,
        "link": email_link(member, _path(member, conversation.ref)),
    }
    letter = Letter(
        "chat.transcript",
        "chat/mail/transcript",
        conversation.ref,
        context,
        conversation.account,
        cap_per_address=TRANSCRIPTS_A_DAY,
    )
    sent = notify.send(letter, Reader(member.email, member.locale, member.zone))
    return sent is not None


def _notice(reader: Member | Agent, line: str, ref: Ref, **facts: object) -> None:
    """Puts a line of LINES, in the reader's language, into their home or desk."""
    with translation.override(language_of(reader.locale)):
        title = str(LINES[line]) % facts
    notify.notice(reader, title, ref)


def _path(member: Member, ref: Ref) -> str:
    """Where the member reads it, whichever medium it is of; their home where that is not known."""
    medium = find(ref.medium)
    return medium.url_of(Viewer(member=member), ref.public_id) if medium else reverse("help:home")
