"""What is done as the member when they say yes, and only then?

Whoever thought of it (a button, or a model that may have been talked into it) a tool that writes is
first a form in the chat, filled in, with a yes and a no. What the member sends is a stranger's and
is checked; it is done as they are then, in the transaction that crosses it out.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.engines.conversations import topics
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Attachment, Message
from handrail.hub import tools
from handrail.hub.tools import NoSuchTool, Occasion, Result, Tool
from handrail.mediums.chat.actions.answering import ASSISTANT, once_for
from handrail.mediums.chat.actions.life import say
from handrail.mediums.chat.actions.refusals import OPEN, NotNow, require_seen_by
from handrail.mediums.chat.actions.steps import locked, on_record
from handrail.mediums.chat.assistant import words
from handrail.mediums.chat.assistant.consent import yes_or_no
from handrail.mediums.chat.assistant.offering import filled_in
from handrail.mediums.chat.assistant.pleasantries import politeness
from handrail.mediums.chat.models import Chat, Proposal, ProposalState
from handrail.mediums.chat.states import ALIVE
from handrail.people.viewer import Viewer

MOST_TAKEN = 100
"""Messages of a chat that a form is filled in with: more than a ticket's text holds, mostly."""

log = structlog.get_logger("handrail.chat")


def propose(
    viewer: Viewer, chat: Chat, name: str, arguments: Mapping[str, Any] | None = None
) -> Proposal:
    """Puts the form of a tool that writes into the member's chat, filled in with what they said.

    `viewer` is the member, also where a model chose it. Raises NoSuchTool, Refused, NotNow.
    """
    viewer.require(OPEN)
    viewer.require_member()
    tool = _tool(viewer, name, writes=True)
    given = tool.check(arguments or {}, is_whole=False) if arguments else {}
    with transaction.atomic():
        chat = locked(chat)
        _require_alive(viewer, chat)
        filled = filled_in(tool, _said(chat), chat.language or "en", given)
        _withdraw(chat)
        words_of_it = Draft(tool.question or tool.label)
        message, _is_new = say(ASSISTANT, chat, words_of_it, detail={"proposal": tool.name})
        proposal = Proposal.objects.create(
            conversation=chat.conversation, message=message, tool=tool.name, arguments=filled
        )
        on_record(viewer, chat, "proposed", tool=tool.name)
    return proposal


def fill_in(viewer: Viewer, proposal: Proposal, arguments: object) -> Proposal:
    """Keeps what the member has written into the form so far, so that a yes that they type means
    what they read. Raises Refused; what waits for no answer any more stays as it is."""
    viewer.require(OPEN)
    viewer.require_member()
    with transaction.atomic():
        _chat, proposal = _locked(viewer, proposal)
        tool = tools.find(viewer, proposal.tool)
        if proposal.state == ProposalState.OPEN and tool:
            proposal.arguments = tool.check(arguments, is_whole=False)
            proposal.save(update_fields=["arguments"])
    return proposal


def confirm(
    viewer: Viewer, proposal: Proposal, arguments: object, *, with_files: bool = True
) -> Proposal:
    """The member says yes, to what their form says. Twice pressed, it is done once.

    Raises Refused, with words for each field, and NotNow; then nothing was done, and it may be
    said again. What the tool's medium refuses is kept as that.
    """
    viewer.require(OPEN)
    viewer.require_member()
    with transaction.atomic():
        chat, proposal = _locked(viewer, proposal)
        if proposal.state != ProposalState.OPEN:
            return proposal
        _require_alive(viewer, chat)
        try:
            tool = _tool(viewer, proposal.tool, writes=True)
            proposal.arguments = tool.check(arguments)
            with transaction.atomic():
                result = _done(viewer, chat, proposal, tool, with_files)
            proposal.state, proposal.result = ProposalState.DONE, as_kept(result)
        except (NoSuchTool, PermissionDenied, ValidationError) as refusal:
            log.info("proposal_refused", tool=proposal.tool, why=type(refusal).__name__)
            proposal.state = ProposalState.FAILED
            proposal.result = {"text": _why(refusal), "things": []}
        proposal.save(update_fields=["state", "arguments", "result"])
        on_record(viewer, chat, "confirmed", tool=proposal.tool, state=proposal.state)
        topics.line(chat.conversation, proposal.message)
    return proposal


def decline(viewer: Viewer, proposal: Proposal) -> Proposal:
    """The member says no; said again, or too late, it changes nothing."""
    viewer.require(OPEN)
    viewer.require_member()
    with transaction.atomic():
        chat, proposal = _locked(viewer, proposal)
        if proposal.state == ProposalState.OPEN:
            proposal.state = ProposalState.DECLINED
            proposal.save(update_fields=["state"])
            on_record(viewer, chat, "declined", tool=proposal.tool)
            topics.line(chat.conversation, proposal.message)
    return proposal


def use_tool(
    viewer: Viewer, chat: Chat, name: str, arguments: Mapping[str, Any] | None = None
) -> Message:
    """Does at once what only reads, and says what came of it. Raises as `propose` does.

    None: with what a model filled in below the last line, or with nothing.
    """
    viewer.require(OPEN)
    viewer.require_member()
    tool = _tool(viewer, name, writes=False)
    with transaction.atomic():
        chat = locked(chat)
        _require_alive(viewer, chat)
        given = _given(chat, tool) if arguments is None else arguments
        result = tool.work(viewer, tool.check(given), Occasion(chat.conversation.ref))
        detail = {"tool": tool.name, "result": as_kept(result)}
        message, _is_new = say(ASSISTANT, chat, Draft(result.text), detail=detail)
        on_record(viewer, chat, "used_tool", tool=tool.name)
    return message


def as_kept(result: Result) -> dict[str, Any]:
    """For a database's column."""
    things = [
        {"ref": str(thing.ref), "title": thing.title, "hint": thing.hint} for thing in result.things
    ]
    return {"text": result.text, "things": things}


def _tool(viewer: Viewer, name: str, *, writes: bool) -> Tool:
    """Among those of this viewer. What writes is never done as what reads."""
    tool = tools.find(viewer, name)
    if tool is None or tool.writes is not writes:
        raise NoSuchTool(name)
    return tool


def _done(viewer: Viewer, chat: Chat, proposal: Proposal, tool: Tool, with_files: bool) -> Result:
    occasion = Occasion(
        source=chat.conversation.ref,
        once=once_for(proposal.public_id, "confirmed"),
        files=_files(viewer, chat) if with_files and tool.takes_files else (),
    )
    return tool.work(viewer, proposal.arguments, occasion)


def _files(viewer: Viewer, chat: Chat) -> list[str]:
    """What the member sent in this chat, and did not take back."""
    sent = Attachment.objects.visible_to(viewer).filter(
        message__conversation_id=chat.pk,
        message__member=viewer.member,
        message__removed_at=None,
    )
    return list(sent.order_by("pk").values_list("public_id", flat=True))


def _given(chat: Chat, tool: Tool) -> Mapping[str, Any]:
    """It was checked when it was kept, and is checked again."""
    own = Message.objects.filter(conversation_id=chat.pk, member=None, agent=None, kind="reply")
    last = own.order_by("-pk").values_list("detail", flat=True).first() or {}
    given = last.get("given", {})
    found: Mapping[str, Any] = given.get(tool.name, {})
    return found


def _said(chat: Chat) -> list[str]:
    """What the member said, oldest first, less what was only polite, or a yes or no."""
    messages = Message.objects.filter(
        conversation_id=chat.pk, kind="reply", member__isnull=False, removed_at=None
    )
    texts: Iterable[str] = messages.order_by("pk").values_list("body", flat=True)[:MOST_TAKEN]
    return [text for text in texts if text.strip() and _says_something(text)]


def _says_something(text: str) -> bool:
    return politeness(text) is None and yes_or_no(text) is None


def _locked(viewer: Viewer, proposal: Proposal) -> tuple[Chat, Proposal]:
    """The chat, locked, and the proposal as it is now. Only the member whose chat it is."""
    chat = locked(Chat(conversation_id=proposal.conversation_id))
    require_seen_by(viewer, chat.conversation)
    return chat, Proposal.objects.select_related("message").get(pk=proposal.pk)


def _require_alive(viewer: Viewer, chat: Chat) -> None:
    require_seen_by(viewer, chat.conversation)
    if chat.conversation.status not in ALIVE:
        raise NotNow(_("This chat has ended, so that cannot be done."))


def _withdraw(chat: Chat) -> None:
    """One at a time: a yes must mean what is read above it."""
    waiting = Proposal.objects.filter(conversation_id=chat.pk, state=ProposalState.OPEN)
    for earlier in waiting.select_related("message"):
        earlier.state = ProposalState.DECLINED
        earlier.save(update_fields=["state"])
        topics.line(chat.conversation, earlier.message)


def _why(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return words.did_not_work()
