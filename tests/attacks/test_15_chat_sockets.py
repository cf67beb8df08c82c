"""Attack class 15: a socket that asks another rule than the pages. In chats, sockets also write.

Zammad CVE-2022-40816 skipped the policy on a socket. Here every word, every catch-up and every push
asks the rule of the pages; a note never leaves the desk.
"""

from typing import Any
from uuid import uuid4

import pytest

from handrail.engines.conversations.models import Message, MessageKind, MessageVersion, ReadMark
from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Member
from tests.chats import desk_of, live_chat_of, said, topic_of
from tests.making import upload
from tests.sockets import Socket, connected, together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sockets_without_a_second_factor"),
]


@pytest.fixture
def chat(alice: Member, dora: Agent) -> Chat:
    return live_chat_of(alice, dora)


def test_a_chat_is_its_creators_and_the_agents(
    alice: Member, bob: Member, carol: Member, dora: Agent, chat: Chat
) -> None:
    """Not her colleague's either: a chat is never shared."""
    message = said(alice, chat)
    topic = topic_of(chat)

    async def visit(page: Socket) -> None:
        assert await page.follow(topic) == "refused"
        tries: list[tuple[str, dict[str, Any]]] = [
            ("say", {"client_id": str(uuid4()), "text": "Me too."}),
            ("catch-up", {"after": 0}),
            ("edit", {"id": message.public_id, "text": "Forged."}),
            ("remove", {"id": message.public_id}),
        ]
        for act, content in tries:
            answer = await page.ask(act, topic, **content)
            assert answer["type"] == "refused", act
            assert "Where are my clicks" not in str(answer)
        for act in ("typing", "seen"):
            await page.say(act, topic, n=message.pk)
        assert await page.is_silent()

    before = Message.objects.count()
    for who in (bob, carol):
        connected(who, visit)
    assert Message.objects.count() == before
    assert not ReadMark.objects.exists()
    assert not MessageVersion.objects.exists()


def test_what_a_stranger_types_is_not_told(
    alice: Member, carol: Member, dora: Agent, chat: Chat
) -> None:
    async def visit(hers: Socket, carols: Socket) -> bool:
        await hers.follow(topic_of(chat))
        await carols.say("typing", topic_of(chat))
        assert (await carols.ask("catch-up", topic_of(chat), after=0))["type"] == "refused"
        return await hers.is_silent()

    assert together([alice, carol], visit)


def test_a_note_never_stirs_a_members_page(alice: Member, dora: Agent, chat: Chat) -> None:
    topic, desk = topic_of(chat), desk_of(chat)

    async def visit(hers: Socket, ours: Socket) -> None:
        assert await hers.follow(topic) == "following"
        assert await hers.follow(f"conversations-of-member:{alice.public_id}") == "following"
        await ours.follow(desk)
        note = await ours.tell(desk, "They are about to leave us.", note=True)
        assert note["type"] == "said"
        changed = await ours.ask("edit", desk, id=note["id"], text="Just a note.")
        assert changed["type"] == "done"
        assert await hers.is_silent()
        caught_up = await hers.ask("catch-up", topic, after=0)
        assert note["id"] not in str(caught_up)
        assert (await hers.ask("edit", topic, id=note["id"], text="Mine."))["type"] == "refused"
        await ours.say("seen", topic, n=note["n"])
        await ours.ask("catch-up", desk, after=0)
        assert str(note["n"]) not in str(await seen_by(hers)), "nor does its number"

    async def seen_by(page: Socket) -> list[dict[str, Any]]:
        heard = []
        while not await page.is_silent():
            heard.append(await page.hear())
        return heard

    together([alice, dora], visit)
    assert Message.objects.filter(kind=MessageKind.NOTE).count() == 1


def test_a_word_of_another_chat_is_not_changed_by_way_of_ones_own(
    alice: Member, carol: Member, dora: Agent, chat: Chat
) -> None:
    theirs = live_chat_of(carol, dora)
    message = said(carol, theirs)

    async def visit(page: Socket) -> None:
        for act in ("edit", "remove"):
            answer = await page.ask(act, topic_of(chat), id=message.public_id, text="Forged.")
            assert answer["type"] == "refused"

    connected(alice, visit)
    assert Message.objects.get(pk=message.pk).body == message.body


def test_anothers_file_is_not_sent_as_ones_own(
    alice: Member, carol: Member, dora: Agent, chat: Chat
) -> None:
    file = upload(carol)

    async def visit(page: Socket) -> None:
        answer = await page.tell(topic_of(chat), "Look.", files=[file.public_id])
        assert answer["type"] == "said"

    connected(alice, visit)
    file.refresh_from_db()
    assert file.message_id is None


def test_an_id_of_anothers_word_tells_nothing(alice: Member, dora: Agent, chat: Chat) -> None:
    """The same client id by somebody else is neither their word, nor an answer about mine."""
    client_id = str(uuid4())

    async def visit(hers: Socket, ours: Socket) -> None:
        mine = await hers.tell(topic_of(chat), "Mine.", client_id=client_id)
        answer = await ours.tell(topic_of(chat), "Ours.", client_id=client_id)
        assert answer.get("id") != mine["id"]

    together([alice, dora], visit)
