"""Socket dispatch leaks internals, or a frame does harm. In chats, frames hold whole messages.

Whatever is no known act with what it needs is dropped or refused in constant words; the page stays
open, and the next word is heard.
"""

import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Member
from tests.chats import live_chat_of, topic_of
from tests.sockets import Socket, connected

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sockets_without_a_second_factor"),
]


@pytest.fixture
def topic(alice: Member, dora: Agent) -> str:
    return topic_of(live_chat_of(alice, dora))


def saying(topic: str, **content: Any) -> str:
    return json.dumps({"type": "say", "topic": topic, "client_id": str(uuid4()), **content})


def frames(topic: str) -> list[str]:
    return [
        "not json",
        "\0",
        "[" * 60_000,
        '{"a":' * 10_000,
        saying(topic, text="deep").replace('"deep"', "[" * 60_000),
        saying(topic, text={"deep": [[[[]]]]}),
        saying(topic, text=None),
        saying(topic, text="x", files=[["x"]]),
        saying(topic, text="x", files=["x"] * 1000),
        saying(topic, text="x", note="yes"),
        saying("conversation:" + "x" * 40_000, text="x"),
        saying("queue:", text="x"),
        saying("session:help-1", text="x"),
        json.dumps({"type": "__class__", "topic": topic}),
        json.dumps({"type": "_say", "topic": topic, "text": "x"}),
        json.dumps({"type": "register", "topic": topic}),
        json.dumps({"type": "line", "topic": topic, "line": {}}),
        json.dumps({"type": "told", "topic": topic}),
        json.dumps({"type": ["say"], "topic": topic}),
        json.dumps({"type": "typing", "topic": topic, "pad": "x" * 5000}),
        json.dumps({"type": "catch-up", "topic": topic, "after": 1e308}),
        json.dumps({"type": "catch-up", "topic": topic, "after": int("9" * 900)}),
        json.dumps({"type": "seen", "topic": topic, "n": float("nan")}),
    ]


def test_frames_do_no_harm(alice: Member, topic: str) -> None:
    async def visit(page: Socket) -> None:
        for frame in frames(topic):
            await page.wire.send_to(text_data=frame)
        await page.wire.send_to(bytes_data=b"\x00\xff" * 40_000)
        await page.wire.send_to(bytes_data=saying(topic, text="binary").encode())
        client_id = str(uuid4())
        said = await page.tell(topic, "Still here.", client_id=client_id)
        while said.get("client_id") != client_id:
            assert "Traceback" not in str(said)
            said = await page.hear()
        lines = (await page.ask("catch-up", topic, after=said["n"] - 1))["lines"]
        assert [line["text"] for line in lines] == ["Still here."]

    connected(alice, visit)


def test_a_message_of_100_kilobytes_is_refused_in_words(alice: Member, topic: str) -> None:
    async def visit(page: Socket) -> None:
        client_id = str(uuid4())
        refused = await page.tell(topic, "x" * 100_000, client_id=client_id)
        assert refused["type"] == "refused"
        assert refused["client_id"] == client_id
        assert refused["why"]
        assert "retry_after" not in refused, "it would never be shorter"
        nearly = await page.tell(topic, "x" * 50_001)
        assert nearly["type"] == "refused"
        assert (await page.tell(topic, "x" * 50_000))["type"] == "said"

    connected(alice, visit)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = ("client_id", "text", "files", "note", "id", "n", "after")
NAMES = ["follow", "unfollow", "catch-up", "say", "typing", "seen", "edit", "remove", "line"]


@settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    acts=st.lists(
        st.fixed_dictionaries(
            {"type": st.sampled_from(NAMES)},
            optional=dict.fromkeys(
                ("client_id", "text", "files", "note", "id", "n", "after"), JSON
            ),
        ),
        max_size=8,
    )
)
def test_nothing_that_can_be_said_closes_a_page(
    alice: Member, topic: str, acts: list[dict[str, Any]]
) -> None:
    async def visit(page: Socket) -> None:
        for act in acts:
            await page.wire.send_to(text_data=json.dumps({"topic": topic, **act}))
        answer = await page.ask("catch-up", topic, after=2**62)
        while answer.get("lines") != []:
            answer = await page.hear_of("lines", "refused", "said", "done")

    connected(alice, visit)


def test_a_chat_is_not_reached_by_another_kind_of_topic(
    alice: Member, dora: Agent, topic: str
) -> None:
    key = topic.partition(":")[2]

    async def visit(page: Socket) -> None:
        for kind in ("desk-presence", "conversations-of-member", "queue", "nothing"):
            await page.say("say", f"{kind}:{key}", client_id=str(uuid4()), text="x")
        assert await page.is_silent()

    connected(alice, visit)
    assert Chat.objects.get().conversation.messages.filter(kind="reply").count() == 1
