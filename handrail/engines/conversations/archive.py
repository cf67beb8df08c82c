"""Which words of a conversation are found, and by whom?

Members find what is said to both sides: everybody of the account where it is shared, else the
creator. Internal notes are a layer of their own, in the agents' scope alone.
"""

from collections.abc import Callable, Iterable, Iterator

from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import Conversation, Message, MessageKind
from handrail.engines.search import actions as search
from handrail.engines.search import archive
from handrail.engines.search.models import Layer
from handrail.engines.search.words import Clause
from handrail.people.viewer import Viewer

AGENTS = "agents"
LAYERS = {MessageKind.REPLY: Layer.PUBLIC, MessageKind.NOTE: Layer.NOTES}

_tellers: dict[str, Callable[[Conversation], Iterable[str]]] = {}


def tell_more(kind: str, teller: Callable[[Conversation], Iterable[str]]) -> None:
    """What a medium keeps beside its conversations is found by whoever finds their subject."""
    _tellers[kind] = teller


def find(viewer: Viewer, kind: str, question: list[Clause]) -> list[int]:
    """Primary keys of the conversations that hold all of it, the newest first; a proposal, to be
    narrowed by `visible_to`. One query, and on PostgreSQL one more that chooses the way."""
    is_narrow = viewer.member is not None
    return archive.find(scopes_of(viewer, kind), question, is_narrow=is_narrow)


def write(conversation: Conversation) -> None:
    """All words of a conversation anew: at its opening, after a merge, for `handrail reindex`."""
    for layer, kind in ((Layer.PUBLIC, MessageKind.REPLY), (Layer.NOTES, MessageKind.NOTE)):
        texts = [*_head(conversation, layer), *_bodies(conversation, kind)]
        search.put(conversation.kind, conversation.pk, layer, scopes(conversation, layer), texts)


def add(conversation: Conversation, message: Message) -> None:
    """The words of one more message."""
    layer = LAYERS[MessageKind(message.kind)]
    search.append(
        conversation.kind, conversation.pk, layer, scopes(conversation, layer), message.body
    )


def rescope(conversation: Conversation) -> None:
    """After its access changed: others find it now, or no more."""
    found_by = scopes(conversation, Layer.PUBLIC)
    search.set_scopes(conversation.kind, conversation.pk, Layer.PUBLIC, found_by)


def _head(conversation: Conversation, layer: Layer) -> list[str]:
    if layer != Layer.PUBLIC:
        return []
    teller = _tellers.get(conversation.kind)
    more = teller(conversation) if teller else ()
    return [str(conversation.number or ""), conversation.subject, *more]


def _bodies(conversation: Conversation, kind: MessageKind) -> Iterator[str]:
    bodies = conversation.messages.filter(kind=kind).exclude(body="").order_by("pk")
    return bodies.values_list("body", flat=True).iterator(chunk_size=500)


def scopes(conversation: Conversation, layer: Layer) -> list[str]:
    """Who finds a layer. Letters and digits alone: a term of the index must be one token."""
    kind = conversation.kind
    found_by = [f"{kind}{AGENTS}"]
    if layer == Layer.PUBLIC and conversation.creator_id:
        shared = f"{kind}account{conversation.account_id}"
        found_by.append(
            shared if conversation.is_shared else f"{kind}member{conversation.creator_id}"
        )
    return found_by


def scopes_of(viewer: Viewer, kind: str) -> list[str]:
    """In which scopes this viewer searches; in none, where they may see nothing."""
    if viewer.is_system or (viewer.agent and viewer.may(WORK)):
        return [f"{kind}{AGENTS}"]
    if viewer.member:
        return [f"{kind}account{viewer.member.account_id}", f"{kind}member{viewer.member.pk}"]
    return []
