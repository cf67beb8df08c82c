"""What may an assistant read and do here, for a member and as that member?"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.engines.conversations.access import visible_conversations
from handrail.engines.conversations.actions import MESSAGE_LENGTH, Draft
from handrail.engines.conversations.models import SUBJECT_LENGTH, Conversation
from handrail.hub.refs import resolve
from handrail.hub.tools import Arguments, Choice, Field, FieldKind, Occasion, Result, Thing, Tool
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import KIND, TicketDraft
from handrail.mediums.tickets.models import IssueType, IssueTypeField
from handrail.mediums.tickets.states import EXPLANATIONS, Status
from handrail.people.viewer import Viewer

OPEN, STATUS = f"{KIND}.open", f"{KIND}.status"
MOST_SHOWN = 5


def tools(viewer: Viewer) -> Sequence[Tool]:
    """One query; two where all types ask for something."""
    types = _types(viewer)
    return [*([_opening(types)] if types else []), _status()]


def _types(viewer: Viewer) -> list[IssueType]:
    """What a ticket may be about that is opened without its form: types that ask for nothing of
    their own before others. Where all of them do, all: rather a ticket without than none."""
    asks = IssueTypeField.objects.visible_to(viewer).offered()
    asks = asks.filter(issue_type=OuterRef("pk"), is_required=True, shown_when=None)
    offered = IssueType.objects.visible_to(viewer).offered()
    return list(offered.filter(~Exists(asks))) or list(offered)


def _opening(types: list[IssueType]) -> Tool:
    """The owner's last type is the one for anything else, but for signing in."""
    anything = [one for one in types if not one.is_for_sign_in] or types
    choices = tuple(Choice(one.public_id, one.name, one.description) for one in types)
    return Tool(
        name=OPEN,
        label=_("Open a ticket"),
        description=_("Writes to the support team, who answer later, also by email."),
        fields=(
            Field("subject", _("Subject"), most=SUBJECT_LENGTH),
            Field(
                "issue_type",
                _("Issue type"),
                FieldKind.CHOICE,
                is_required=False,
                choices=choices,
                default=anything[-1].public_id,
            ),
            Field("body", _("Description"), FieldKind.LONG, most=MESSAGE_LENGTH),
        ),
        writes=True,
        work=_open,
        question=_("Shall I open this ticket for you?"),
        icon="square-pen",
        takes_files=True,
    )


def _status() -> Tool:
    return Tool(
        name=STATUS,
        label=_("How are my tickets?"),
        description=_("Says how your newest open tickets are, or one of them by its number."),
        fields=(Field("number", _("Ticket number"), is_required=False, most=20),),
        writes=False,
        work=_tell,
        icon="ticket",
    )


def _open(viewer: Viewer, arguments: Arguments, occasion: Occasion) -> Result:
    """Done again, it is the first ticket. A source that the viewer may not read is none."""
    issue_type = IssueType.objects.visible_to(viewer).offered()
    source = occasion.source if occasion.source and resolve(viewer, [occasion.source]) else None
    is_open = _is_open(viewer, occasion)
    files = [] if is_open else actions.carry_files(viewer, occasion.files)
    ticket = actions.open_ticket(
        viewer,
        TicketDraft(
            subject=arguments["subject"],
            issue_type=issue_type.get(public_id=arguments["issue_type"]),
            message=Draft(arguments["body"], attachment_ids=files, client_id=occasion.once),
            draft_key="",
            source=source,
            why=occasion.why,
        ),
    )
    if occasion.agent and not is_open:
        actions.assign(occasion.agent, ticket, occasion.agent.agent)
    text = _("Your ticket #%(number)s is open. We answer there, and by email.")
    conversation = ticket.conversation
    return Result(text % {"number": conversation.number}, (_thing(conversation),))


def _is_open(viewer: Viewer, occasion: Occasion) -> bool:
    """Whether it was done before: its files came along then."""
    own = visible_conversations(viewer).of_kind(KIND).filter(creator=viewer.member)
    return occasion.once is not None and own.filter(client_id=occasion.once).exists()


def _tell(viewer: Viewer, arguments: Arguments, occasion: Occasion) -> Result:
    """One query. What is not theirs is not there, like what has never been."""
    number = "".join(letter for letter in arguments.get("number", "") if letter.isdecimal())
    tickets = visible_conversations(viewer).of_kind(KIND)
    if arguments.get("number"):
        found = tickets.filter(number=int(number)) if 0 < len(number) < 16 else tickets.none()
        nothing = _("I find no ticket of yours with this number.")
    else:
        found = tickets.alive().newest_first()
        nothing = _("You have no open tickets.")
    things = tuple(_thing(one) for one in found[:MOST_SHOWN])
    if not things:
        return Result(nothing)
    return Result(ngettext("This is your ticket:", "These are your tickets:", len(things)), things)


def _thing(conversation: Conversation) -> Thing:
    status = Status(conversation.status)
    words = {"number": conversation.number, "status": status.label, "why": EXPLANATIONS[status]}
    hint = _("#%(number)s · %(status)s: %(why)s") % words
    return Thing(conversation.ref, conversation.subject, hint)
