"""Whatever happens to connections, in whatever order: does each page show each line, once?

Pages as ours are: they send again what was not answered, take what is pushed, and ask for what came
after the last line that they asked for. Pushes come late, in any order, or never.
"""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.engines.conversations import actions, lines, topics
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Conversation, Message
from handrail.engines.live import push
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer
from tests.making import upload, viewer_of, words

pytestmark = pytest.mark.django_db

KIND = "talking"


class Page:
    """What a page knows."""

    def __init__(self, viewer: Viewer, talk: Conversation) -> None:
        self.viewer, self.talk = viewer, talk
        self.shown: dict[str, int] = {}
        self.sure = 0
        self.is_connected = False
        self.outbox: list[UUID] = []
        self.underway: list[dict[str, Any]] = []

    def connect(self) -> None:
        self.is_connected = True
        more = True
        while more:
            found, more = lines.after(self.viewer, self.talk, self.sure, 2)
            for line in found:
                self.take(line)
                self.sure = line["n"]
        for client_id in list(self.outbox):
            self.send(client_id, is_answered=True)

    def lose(self) -> None:
        self.is_connected, self.underway = False, []

    def say(self, *, is_answered: bool) -> None:
        self.outbox.append(uuid4())
        if self.is_connected:
            self.send(self.outbox[-1], is_answered=is_answered)

    def send(self, client_id: UUID, *, is_answered: bool) -> None:
        """It is kept, whether or not the page hears of that."""
        draft = Draft(str(client_id), [], client_id)
        actions.say(self.viewer, self.talk, draft)
        if is_answered:
            self.outbox.remove(client_id)

    def take(self, line: dict[str, Any]) -> None:
        known = self.shown.setdefault(line["id"], line["n"])
        assert known == line["n"]
        if line["client_id"] and UUID(line["client_id"]) in self.outbox:
            self.outbox.remove(UUID(line["client_id"]))

    @property
    def text(self) -> list[int]:
        """The lines as they stand on the page: by their numbers."""
        return sorted(self.shown.values())


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["say", "say unheard", "lose", "connect", "hear first", "hear last"]),
    ),
    max_size=25,
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_each_page_shows_each_line_once_in_one_order(
    alice: Member, dora: Agent, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[int, str]]
) -> None:
    monkeypatch.setattr(topics, "_talks", {KIND})
    with transaction.atomic():
        talk = _talk(alice)
        pages = [Page(viewer_of(who), talk) for who in (alice, alice, dora)]

        def told(topic: Any, content: Any) -> None:
            for page in pages:
                if page.is_connected:
                    page.underway.append(content()["line"])

        monkeypatch.setattr(push, "told_then", told)
        for at, act in steps:
            _do(pages[at], act)
        for page in pages:
            page.connect()
        for page in pages:
            page.connect()
        kept = list(Message.objects.filter(conversation=talk).order_by("pk"))
        assert [page.text for page in pages] == [[message.pk for message in kept]] * 3
        assert len({message.client_id for message in kept}) == len(kept)
        assert not any(page.outbox for page in pages)
        said = sum(act.startswith("say") for _at, act in steps)
        assert len(kept) == said + 1


def _talk(alice: Member) -> Conversation:
    conversation, _is_new = actions.open_conversation(
        viewer_of(alice), kind=KIND, subject="Clicks", status="live", is_shared=False, draft=words()
    )
    return conversation


def _do(page: Page, act: str) -> None:
    if act.startswith("say"):
        page.say(is_answered=act == "say")
    elif act == "lose":
        page.lose()
    elif act == "connect":
        page.connect()
    elif page.underway:
        page.take(page.underway.pop(0 if act == "hear first" else -1))


def test_what_is_caught_up_with_reads_as_what_was_pushed(
    alice: Member, dora: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "_talks", {KIND})
    talk = _talk(alice)
    shown = upload(alice, "report.txt")
    for who, draft in (
        (alice, words("Look at **this**.", attachment_ids=[shown.public_id])),
        (dora, words("I see.")),
        (alice, words("Forget that.")),
    ):
        actions.say(viewer_of(who), talk, draft)
    gone = Message.objects.get(body="Forget that.")
    actions.remove(viewer_of(alice), talk, gone)
    actions.add_event(viewer_of(dora), talk, "accepted")
    actions.add_note(viewer_of(dora), talk, words("Be kind."))

    kept = Message.objects.filter(conversation=talk).oldest_first()
    said = [lines.as_json(message) for message in kept.exclude(kind="note")]
    assert [line["files"] for line in said].count([]) == 4
    for viewer in (viewer_of(alice), viewer_of(dora)):
        assert lines.after(viewer, talk, 0) == (said, False)
        assert lines.after(viewer, talk, said[1]["n"], 2) == (said[2:4], True)
    noted = [lines.as_json(message) for message in kept.filter(kind="note")]
    assert lines.after(viewer_of(dora), talk, 0, notes=True) == (noted, False)
    assert lines.after(viewer_of(alice), talk, 0, notes=True) == ([], False)
