"""What fills the pages of chats with rows, and what may they cost? A part of `counted`."""

from typing import Any

from handrail.engines.ai.answers import as_json
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Chat
from handrail.mediums.docs.models import Section
from handrail.people.models import Member
from tests.asking import answer_of, source_of
from tests.chats import answered, assistant_is, chat_of, live_chat_of, said, waiting_chat_of
from tests.fences.scene import Scene
from tests.help_pages import page_of, section_of
from tests.making import upload, viewer_of


def over(scene: Scene, count: int) -> None:
    """Chats of Alice's that have ended."""
    for _ in range(count):
        scene.made += 1
        chat = chat_of(scene.alice, f"A chat of clicks {scene.made}")
        actions.end(viewer_of(scene.alice), chat)


def waiting(scene: Scene, count: int) -> None:
    """Chats of colleagues who wait."""
    for _ in range(count):
        scene.made += 1
        waiting_chat_of(scene.colleague(), f"A chat of clicks {scene.made}")


def lines(scene: Scene, count: int) -> None:
    """One chat of Alice's, with files, with answers that rest on a page each, with forms."""
    assistant_is(True)
    chat = Chat.objects.filter(conversation__public_id=scene.chat).first()
    if chat is None:
        chat = chat_of(scene.alice)
        scene.chat = chat.conversation.public_id
    section = Section.objects.filter(slug="brands").first() or section_of("Brands")
    for _ in range(count):
        scene.made += 1
        page = page_of(section, f"Page {scene.made}", questions=[f"What is {scene.made}?"])
        answer = as_json(answer_of(page, closest=(source_of(page),)))
        sent = upload(scene.alice, f"{scene.made}.txt")
        said(scene.alice, chat, f"Line {scene.made}", attachment_ids=[sent.public_id])
        answered(chat, "As the pages say.", answer=answer, asked="What?")
        actions.propose(viewer_of(scene.alice), chat, "tickets.open")


def desk(scene: Scene, count: int) -> None:
    """Chats that wait, that Dora is in, that are over, that the assistant answers; and more words
    in Alice's, which she has open."""
    if not scene.chat:
        scene.chat = live_chat_of(scene.alice, scene.dora).conversation.public_id
    chat = Chat.objects.select_related("conversation").get(conversation__public_id=scene.chat)
    for _ in range(count):
        waiting(scene, 1)
        said(scene.alice, chat, "And more.")
        said(scene.dora, chat, "Let me see.")
        said(scene.dora, live_chat_of(_next(scene), scene.dora))
        actions.end(viewer_of(scene.dora), live_chat_of(_next(scene), scene.dora))
        chat_of(_next(scene))


def _next(scene: Scene) -> Member:
    """Another colleague, who is in no chat yet."""
    scene.made += 1
    return scene.colleague()


PAGES: list[tuple[Any, ...]] = [
    ("chat:index", "alice", "/help/chat/?all=1", over, 16),
    ("chat:index", "alice", "/help/chat/?q=clicks", over, 18),
    ("chat:past", "alice", "/help/chat/past?q=clicks", over),
    ("chat:detail", "alice", "/help/chat/{chat}/", lines, 24),
    ("chat:state", "alice", "/help/chat/{chat}/state", lines),
    ("chat:lines", "alice", "/help/chat/{chat}/lines", lines, 20),
    ("chat:transcript", "alice", "/help/chat/{chat}/chat.txt", lines, 12),
    ("chat-desk:index", "dora", "/console/chat/", waiting, 16),
    ("chat-desk:rows", "dora", "/console/chat/rows", waiting, 12),
    *(
        (f"chat-desk:{name}", "dora", f"/console/chat/{path}", desk, 20)
        for name, path in [
            ("index", ""),
            ("rows", "rows?open={chat}"),
            ("overview", "overview/"),
            ("past", "past/?q=clicks"),
            ("detail", "{chat}/"),
            ("head", "{chat}/head"),
            ("story", "{chat}/story"),
        ]
    ),
    ("chat-desk:pick-canned", "dora", "/console/chat/{chat}/canned", desk),
    ("chat-desk:policy", "admin", "/console/chat/settings/rules/", desk),
    ("chat-desk:assistant", "admin", "/console/chat/settings/assistant/", desk),
    ("tickets-desk:index", "dora", "/console/tickets/", desk, 12),
    ("chat-desk:past", "dora", "/console/chat/past/", over, 12),
    ("chat-desk:overview", "dora", "/console/chat/overview/", waiting, 24),
    ("chat-desk:detail", "dora", "/console/chat/{chat}/", lines, 30),
    ("chat-desk:lines", "dora", "/console/chat/{chat}/lines", lines, 20),
    ("chat-desk:head", "dora", "/console/chat/{chat}/head", lines, 12),
    ("chat-desk:composer", "dora", "/console/chat/{chat}/composer", lines, 12),
    ("chat-desk:transcript", "dora", "/console/chat/{chat}/chat.txt", lines, 12),
    ("chat-desk:story", "dora", "/console/chat/{chat}/story", lines, 24),
]
"""Name, who looks, address, what fills it, and what it may cost where that is more than a list."""

WITHOUT_ROWS = {
    *("chat:assistant", "chat:line", "chat:before", "chat:download", "chat:preview"),
    *("chat-desk:line", "chat-desk:before", "chat-desk:download", "chat-desk:preview"),
}
