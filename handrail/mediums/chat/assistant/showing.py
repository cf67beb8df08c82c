"""What of the assistant's lines may this viewer read now, and what can they press?

A line's own words are ours. What it quotes, and what tools found or made, is asked of the database
again for whoever looks: a page that the member may not read any more is not shown, to nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from handrail.engines.activity.ref import Ref
from handrail.engines.ai import making
from handrail.engines.ai.answers import Answer, Piece, from_json
from handrail.engines.ai.models import Question
from handrail.engines.conversations.models import Message
from handrail.hub import tools
from handrail.hub.asking import Reply, shown_again
from handrail.hub.refs import resolve
from handrail.hub.shown_answers import ShownAnswer, ShownPiece, in_panel, shown, shown_piece
from handrail.hub.tools import Field, Said, Tool
from handrail.mediums.chat.models import Chat, Proposal, ProposalState
from handrail.mediums.chat.states import ALIVE, Status
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class ShownThing:
    """Something that a tool made or found. `url` is empty where it is not this viewer's to read:
    then nothing else of it is there either."""

    title: str
    hint: str
    url: str


@dataclass(frozen=True)
class ShownField:
    """A field of a proposal's form, with what it holds."""

    field: Field
    value: str
    error: str = ""


@dataclass(frozen=True)
class ShownProposal:
    """A form with a yes and a no, or what became of it."""

    proposal: Proposal
    tool: Tool | None
    """None: it is not there any more, or for another viewer."""
    fields: list[ShownField]
    preview: list[Said]
    things: list[ShownThing]
    may_answer: bool
    """Whether this viewer can press yes or no: the member, while it waits."""
    error: str = ""

    @property
    def is_open(self) -> bool:
        return self.proposal.state == ProposalState.OPEN

    @property
    def text(self) -> str:
        """What came of it."""
        return str(self.proposal.result.get("text", ""))


@dataclass(frozen=True)
class ShownLine:
    """A line of the assistant's, beside its own words (the message's body)."""

    answer: ShownAnswer | None = None
    is_gone: bool = False
    """What it rested on is not there for this viewer any more."""
    is_coming: bool = False
    coming: list[ShownPiece] = field(default_factory=list)
    """What a model has written of a better answer so far."""
    things: list[ShownThing] = field(default_factory=list)
    proposal: ShownProposal | None = None
    offers: list[Tool] = field(default_factory=list)
    """What can be pressed below it: in the last line of a chat that the assistant has."""
    offers_person: bool = False


def is_assistants(message: Message) -> bool:
    return bool(message.detail.get("assistant"))


def shown_lines(viewer: Viewer, chat: Chat, messages: Sequence[Message]) -> dict[int, ShownLine]:
    """By the messages' keys, those of the assistant. A handful of queries, however many lines."""
    own = [message for message in messages if is_assistants(message)]
    replies = replies_of(viewer, own)
    proposals = proposals_of(viewer, own)
    kept = [*(one.detail.get("result") for one in own), *(p.result for p in proposals.values())]
    urls = resolve(viewer, {ref for each in kept for ref in refs_of(each)})
    coming = _coming(viewer, own)
    offered = {tool.name: tool for tool in tools.offered(viewer)} if viewer.member and own else {}
    last = _last_line(viewer, chat) if viewer.member else None
    found = {}
    for message in own:
        proposal = proposals.get(message.pk)
        has_answer = "answer" in message.detail
        reply = replies.get(message.pk)
        can_press = message.pk == last and chat.conversation.status == Status.ASSISTANT
        found[message.pk] = ShownLine(
            answer=shown(reply) if reply else None,
            is_gone=has_answer and reply is None,
            is_coming=message.pk in coming,
            coming=[shown_piece(piece, (), in_panel) for piece in coming.get(message.pk, ())],
            things=things_of(message.detail.get("result"), urls),
            proposal=_shown_proposal(viewer, chat, proposal, offered, urls) if proposal else None,
            offers=_offers(message, offered) if can_press else [],
            offers_person=can_press and bool(message.detail.get("person")),
        )
    return found


def with_errors(
    shown: ShownProposal, given: dict[str, str], errors: dict[str, str]
) -> ShownProposal:
    """The form as it was sent, with what is wrong."""
    fields = [
        ShownField(one.field, given.get(one.field.name, ""), errors.get(one.field.name, ""))
        for one in shown.fields
    ]
    return ShownProposal(
        shown.proposal,
        shown.tool,
        fields,
        shown.preview,
        shown.things,
        shown.may_answer,
        errors.get("", ""),
    )


def answer_of(message: Message) -> Answer | None:
    """What is kept of its answer; None where there is none, or none that we can read."""
    try:
        return from_json(message.detail["answer"])
    except (KeyError, TypeError, ValueError):
        return None  # of another version of ours, or a line without one


def replies_of(viewer: Viewer, own: Sequence[Message]) -> dict[int, Reply]:
    """Those whose pages are all there for this viewer. Two queries."""
    given = [(one, answer) for one in own if (answer := answer_of(one))]
    asked = [(str(one.detail.get("asked", "")), answer) for one, answer in given]
    replies = shown_again(viewer, asked)
    each = zip(given, replies, strict=True)
    return {one.pk: reply for (one, _answer), reply in each if reply}


def proposals_of(viewer: Viewer, own: Sequence[Message]) -> dict[int, Proposal]:
    """One query."""
    if not own:
        return {}
    found = Proposal.objects.visible_to(viewer).filter(message__in=[one.pk for one in own])
    return {proposal.message_id: proposal for proposal in found}


def _coming(viewer: Viewer, own: Sequence[Message]) -> dict[int, tuple[Piece, ...]]:
    """What has come of answers that are being made; a query only where there may be any."""
    awaited = {str(one.detail["question"]): one.pk for one in own if one.detail.get("is_coming")}
    if not awaited:
        return {}
    questions = Question.objects.visible_to(viewer).filter(public_id__in=list(awaited))
    pieces = {awaited[one.public_id]: making.pieces_so_far(one) for one in questions}
    return {pk: some for pk, some in pieces.items() if some is not None}


def _last_line(viewer: Viewer, chat: Chat) -> int | None:
    """The last that was said. One query."""
    said = Message.objects.visible_to(viewer).filter(conversation_id=chat.pk, kind="reply")
    return said.order_by("-pk").values_list("pk", flat=True).first()


def _offers(message: Message, offered: dict[str, Tool]) -> list[Tool]:
    names = message.detail.get("offers", [])
    return [offered[name] for name in names if name in offered]


def _shown_proposal(
    viewer: Viewer,
    chat: Chat,
    proposal: Proposal,
    offered: dict[str, Tool],
    urls: dict[Ref, str],
) -> ShownProposal:
    """The form is the member's alone, while it waits; others read what it says."""
    tool = offered.get(proposal.tool)
    waits = proposal.state == ProposalState.OPEN and chat.conversation.status in ALIVE
    arguments = {name: str(value) for name, value in proposal.arguments.items()}
    fields = [ShownField(one, arguments.get(one.name, "")) for one in tool.fields] if tool else []
    preview = tool.preview(arguments) if tool else _bare(arguments)
    return ShownProposal(
        proposal=proposal,
        tool=tool,
        fields=fields,
        preview=preview,
        things=things_of(proposal.result, urls),
        may_answer=waits and tool is not None and viewer.member is not None,
    )


def _bare(arguments: dict[str, str]) -> list[Said]:
    """For an agent, who has no tools: what was written, less the names of choices."""
    return [Said("", value) for value in arguments.values() if " " in value]


def refs_of(kept: Any) -> list[Ref]:
    things = kept.get("things", []) if isinstance(kept, dict) else []
    return [_ref(thing["ref"]) for thing in things]


def _ref(text: str) -> Ref:
    medium, _slash, public_id = text.partition("/")
    return Ref(medium, public_id)


def things_of(kept: Any, urls: dict[Ref, str]) -> list[ShownThing]:
    things = kept.get("things", []) if isinstance(kept, dict) else []
    return [
        ShownThing(thing["title"], thing["hint"], urls[ref])
        for thing in things
        if (ref := _ref(thing["ref"])) in urls
    ]
