"""What does a page say and hear in a talk? Alone and beside other processes, over real sockets."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.core.exceptions import ValidationError

from handrail.engines.conversations import actions, live_acts, topics
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Conversation, Message
from handrail.engines.live import acts, pace, push
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer
from tests.making import upload, viewer_of, words
from tests.sockets import Socket, connected, together

pytestmark = pytest.mark.django_db(transaction=True)

KIND = "talking"
later = sync_to_async
"""Does an act in a thread, as a request would."""


def say(viewer: Viewer, talk: Conversation, draft: Draft) -> tuple[Message, bool]:
    if draft.body == "refuse":
        raise ValidationError("Not in these words.")
    if draft.body == "break":
        raise RuntimeError
    return actions.say(viewer, talk, draft)


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    monkeypatch.setattr(topics, "_talks", set())
    monkeypatch.setattr(live_acts, "_kinds", {})
    live_acts.register_kind(
        KIND, say=say, note=actions.add_note, edit=actions.edit, remove=actions.remove
    )


@pytest.fixture(autouse=True)
def _no_loop_is_left() -> Iterator[None]:
    yield
    push.attach(None)


@pytest.fixture
def talk(alice: Member) -> Conversation:
    conversation, _is_new = actions.open_conversation(
        viewer_of(alice), kind=KIND, subject="Clicks", status="live", is_shared=False, draft=words()
    )
    return conversation


@pytest.fixture
def topic(talk: Conversation) -> str:
    return f"conversation:{talk.public_id}"


@pytest.fixture
def desk(talk: Conversation) -> str:
    return f"desk-conversation:{talk.public_id}"


def test_what_one_says_the_other_hears(
    alice: Member, dora: Agent, talk: Conversation, topic: str
) -> None:
    async def visit(hers: Socket, ours: Socket) -> None:
        assert [await page.follow(topic) for page in (hers, ours)] == ["following"] * 2
        said = await hers.tell(topic, "Are you *there*?")
        assert said["type"] == "said"
        line = (await ours.hear_of("line"))["line"]
        assert (line["id"], line["n"]) == (said["id"], said["n"])
        assert line["text"] == "Are you *there*?"
        assert line["client_id"] == said["client_id"]

    together([alice, dora], visit)


def test_sent_twice_it_is_said_once(alice: Member, talk: Conversation, topic: str) -> None:
    async def visit(page: Socket) -> None:
        client_id = str(uuid4())
        first = await page.tell(topic, "Once.", client_id=client_id)
        assert await page.tell(topic, "Once.", client_id=client_id) == first

    connected(alice, visit)
    assert Message.objects.filter(body="Once.").count() == 1


def test_what_was_missed_is_caught_up_with(
    alice: Member, dora: Agent, talk: Conversation, topic: str
) -> None:
    for number in range(3):
        actions.say(viewer_of(dora), talk, words(str(number)))

    async def visit(page: Socket) -> None:
        first = await page.ask("catch-up", topic, after=0)
        assert [line["text"] for line in first["lines"]][1:] == ["0", "1", "2"]
        assert not first["more"]
        last = await page.ask("catch-up", topic, after=first["lines"][-2]["n"])
        assert [line["text"] for line in last["lines"]] == ["2"]

    connected(alice, visit)


def test_whoever_comes_back_with_many_pages_at_once_is_refused_in_none(
    alice: Member, talk: Conversation, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that was not let follow, or not told what it missed, would not know of it."""
    monkeypatch.setattr(pace, "AT_ONCE", 3)

    async def visit(*pages: Socket) -> list[list[str]]:
        for page in pages:
            await page.say("follow", topic)
            await page.say("catch-up", topic, after=0)
        return [[(await page.hear())["type"] for _ in range(2)] for page in pages]

    assert together([alice] * 6, visit) == [["following", "lines"]] * 6


def test_words_are_changed_and_taken_back_in_every_page(
    alice: Member, dora: Agent, talk: Conversation, topic: str
) -> None:
    async def visit(hers: Socket, ours: Socket) -> None:
        await ours.follow(topic)
        said = await hers.tell(topic, "Teh clicks.")
        assert (await hers.ask("edit", topic, id=said["id"], text="The clicks."))["type"] == "done"
        assert (await hers.ask("remove", topic, id=said["id"]))["type"] == "done"
        lines = [(await ours.hear_of("line"))["line"] for _ in range(3)]
        assert {line["id"] for line in lines} == {said["id"]}
        assert [line["text"] for line in lines] == ["Teh clicks.", "The clicks.", ""]
        assert [line["edited"] for line in lines] == [False, True, True]
        assert [line["removed"] for line in lines] == [False, False, True]
        assert (await ours.ask("edit", topic, id=said["id"], text="Forged."))["type"] == "refused"

    together([alice, dora], visit)


def test_typing_and_seeing_are_heard_by_the_other(
    alice: Member, dora: Agent, talk: Conversation, topic: str
) -> None:
    last = Message.objects.get().pk
    actions.assign(talk, dora)

    async def visit(hers: Socket, ours: Socket) -> None:
        for page in (hers, ours):
            await page.follow(topic)
        await ours.say("typing", topic)
        who = {"id": dora.public_id, "name": "Dora"}
        assert await hers.hear_of("typing") == {"type": "typing", "who": who, "topic": topic}
        await ours.say("seen", topic, n=last)
        heard = await hers.hear_of("seen", "typing")
        assert heard == {"type": "seen", "who": who, "n": last, "topic": topic}
        assert (await ours.hear_of("seen", "typing"))["type"] == "seen"
        assert await ours.is_silent(), "nobody is told that they type themselves"

    together([alice, dora], visit)


def test_notes_are_heard_at_the_desk_alone(
    alice: Member, dora: Agent, talk: Conversation, topic: str, desk: str
) -> None:
    async def visit(hers: Socket, ours: Socket) -> None:
        await hers.follow(topic)
        assert await hers.follow(desk) == "refused"
        await ours.follow(desk)
        assert (await hers.tell(desk, "Let me in.", note=True))["type"] == "refused"
        assert (await ours.tell(topic, "For us.", note=True))["type"] == "refused"
        said = await ours.tell(desk, "For us.", note=True)
        assert said["type"] == "said"
        line = (await ours.ask("catch-up", desk, after=0))["lines"][0]
        assert (line["kind"], line["text"]) == ("note", "For us.")
        assert (await hers.ask("catch-up", desk, after=0))["type"] == "refused"
        assert (await hers.ask("catch-up", topic, after=said["n"] - 1))["lines"] == []
        assert await hers.is_silent()

    together([alice, dora], visit)


def test_a_refusal_is_told_in_words(alice: Member, talk: Conversation, topic: str) -> None:
    async def visit(page: Socket) -> None:
        client_id = str(uuid4())
        refused = await page.tell(topic, "refuse", client_id=client_id)
        assert refused == {
            "type": "refused",
            "topic": topic,
            "client_id": client_id,
            "why": "Not in these words.",
        }
        assert (await page.tell(topic, "break"))["retry_after"] > 0
        assert (await page.tell(topic, "Still here."))["type"] == "said"

    connected(alice, visit)


def test_files_are_ones_own(alice: Member, bob: Member, talk: Conversation, topic: str) -> None:
    mine, his = upload(alice), upload(bob)

    async def visit(page: Socket) -> Any:
        await page.follow(topic)
        await page.say(
            "say",
            topic,
            client_id=str(uuid4()),
            text="Look.",
            files=[mine.public_id, his.public_id, "../x"],
        )
        return (await page.hear_of("line"))["line"]["files"]

    assert [file["id"] for file in connected(alice, visit)] == [mine.public_id]


def test_what_is_shared_no_more_is_heard_no_more(
    alice: Member, bob: Member, talk: Conversation, topic: str
) -> None:
    actions.share(talk, True)

    async def visit(hers: Socket, his: Socket) -> None:
        assert await his.follow(topic) == "following"
        await later(actions.share)(talk, False)
        assert (await his.hear())["type"] == "changed"  # before it was closed to him
        await hers.tell(topic, "For Dora alone.")
        assert await his.is_silent()
        assert (await his.tell(topic, "And me?"))["type"] == "refused"
        assert (await his.ask("catch-up", topic, after=0))["type"] == "refused"

    together([alice, bob], visit)


JUNK: list[dict[str, Any]] = [
    {"type": "say"},
    {"type": "say", "text": 7, "client_id": str(uuid4())},
    {"type": "say", "text": "x", "client_id": "no id"},
    {"type": "say", "text": "x", "client_id": str(uuid4()), "files": "all"},
    {"type": "say", "text": "x", "client_id": str(uuid4()), "files": [{}]},
    {"type": "say", "text": " ", "client_id": None},
    {"type": "edit", "id": "x" * 30, "text": "x"},
    {"type": "edit", "id": ["x"], "text": "x"},
    {"type": "edit", "text": None},
    {"type": "remove", "id": 7},
    {"type": "remove"},
    {"type": "catch-up", "after": "0"},
    {"type": "catch-up", "after": -1},
    {"type": "catch-up", "after": 2**70},
    {"type": "catch-up", "after": True},
]


def test_nonsense_is_refused_and_closes_nothing(
    alice: Member, talk: Conversation, topic: str
) -> None:
    async def visit(page: Socket) -> None:
        for content in JUNK:
            answer = await page.ask(topic=topic, kind=content["type"], **_without_type(content))
            assert answer["type"] == "refused", content
            assert answer["why"]
        for content in ({"n": "x"}, {"n": -1}, {"n": 2**70}, {}):
            await page.say("seen", topic, **content)
        assert (await page.tell(topic, "Still here."))["type"] == "said"

    connected(alice, visit)
    assert Message.objects.count() == 2


def _without_type(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "type"}


def test_several_pages_say_at_once_and_each_hears_all_in_one_order(
    alice: Member, dora: Agent, talk: Conversation, topic: str
) -> None:
    people: list[Member | Agent] = [alice, alice, dora, dora]

    async def visit(*pages: Socket) -> list[list[int]]:
        for page in pages:
            await page.follow(topic)
        for number in range(5):
            for at, page in enumerate(pages):
                text = {"client_id": str(uuid4()), "text": f"{at}.{number}"}
                await page.say("say", topic, **text)
        return await asyncio.gather(*(heard(page) for page in pages))

    async def heard(page: Socket) -> list[int]:
        return [(await page.hear_of("line"))["line"]["n"] for _ in range(20)]

    wanted = sorted(Message.objects.values_list("pk", flat=True))
    got = together(people, visit)
    wanted = sorted(set(Message.objects.values_list("pk", flat=True)) - set(wanted))
    assert [sorted(one) for one in got] == [wanted] * 4


def test_a_message_carries_no_more_files_than_the_operator_allows(
    alice: Member, settings: Any
) -> None:
    settings.MOST_FILES = 1
    talk, _is_new = actions.open_conversation(
        viewer_of(alice), kind=KIND, subject="x", status="live", is_shared=False, draft=words("x")
    )
    content = {"text": "See", "client_id": str(uuid4())}
    files = [upload(alice).public_id for _ in range(2)]
    act = acts.find(topics.THREAD, "say")
    assert act
    with pytest.raises(ValidationError, match="can carry 1 file"):
        act.handler(viewer_of(alice), talk.public_id, {**content, "files": files})
    act.handler(viewer_of(alice), talk.public_id, {**content, "files": files[:1]})
    assert talk.messages.order_by("pk")[1].attachments.count() == 1
