"""What can agents do to find a ticket again: give it to a team, put words on it?"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import Tag
from handrail.mediums.tickets.actions import history
from handrail.mediums.tickets.actions.assigning import route
from handrail.mediums.tickets.models import Ticket
from handrail.people.models import Team
from handrail.people.viewer import Viewer

TAG_LENGTH = 40
MOST_TAGS = 20


def set_team(viewer: Viewer, ticket: Ticket, team: Team | None) -> Ticket:
    """Gives the ticket to a team, whose way decides who of them gets it; None: to no team."""
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        agent = None
        if team:
            agent = route(viewer, conversation, team)
        else:
            conversations.set_team(conversation, None)
            history.teamed(viewer, conversation, None)
        activity.record(
            viewer,
            "tickets.team_set",
            conversation.ref,
            account=conversation.account,
            team=team.public_id if team else None,
            assigned=agent.public_id if agent else None,
        )
    ticket.conversation = conversation
    return ticket


def tag_name(typed: str) -> str:
    """A tag as it is kept: lower case, one space between words, no comma."""
    name = " ".join(typed.replace(",", " ").lower().split())
    if not name:
        raise ValidationError(_("Write a word for the tag."))
    if len(name) > TAG_LENGTH or "\0" in name:
        raise ValidationError(_("Keep a tag within 40 characters."))
    return name


def add_tag(viewer: Viewer, ticket: Ticket, typed: str) -> None:
    """Puts a word on the ticket. The same word twice is once."""
    viewer.require("conversations.work")
    name = tag_name(typed)
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        if conversation.taggings.count() >= MOST_TAGS:
            raise ValidationError(_("A ticket has room for 20 tags."))
        if conversations.add_tag(conversation, name):
            history.tagged(viewer, conversation, name)
            activity.record(
                viewer,
                "tickets.tagged",
                conversation.ref,
                account=conversation.account,
                tag=name,
            )


def remove_tag(viewer: Viewer, ticket: Ticket, name: str) -> None:
    """Takes the word off the ticket, where it is on it."""
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        if conversations.remove_tag(conversation, name):
            history.untagged(viewer, conversation, name)
            activity.record(
                viewer,
                "tickets.untagged",
                conversation.ref,
                account=conversation.account,
                tag=name,
            )


def known_tags(viewer: Viewer) -> list[str]:
    """The words that are in use, for choosing one: the first thousand."""
    viewer.require("conversations.work")
    return list(Tag.objects.order_by("name").values_list("name", flat=True)[:1000])
