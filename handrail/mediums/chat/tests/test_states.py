"""What may follow what? Every cell of the table of who, act and status, written by hand, and any
walk through it by anybody."""

from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.engines.conversations.models import Conversation
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Chat, Reason
from handrail.mediums.chat.states import ALIVE, Act, Status, Who, may, rule_for
from handrail.people.models import Agent, AgentRole, Member
from handrail.people.viewer import SYSTEM, Viewer, viewer_for_nobody
from tests.chats import agent_called, chat_of
from tests.fences.database import digest, undone
from tests.making import viewer_of, words

# Rows: who does what. Columns: the status before. Cells: the status after, "same" where it stays,
# "-" where it cannot be done.
TABLE = """
                        assistant  waiting    live       ended
member say              same       same       same       -
member ask_for_person   waiting    -          -          -
member accept           -          -          -          -
member hand_to          -          -          -          -
member transfer         -          -          -          -
member give_back        -          -          -          -
member make_ticket      ended      ended      ended      -
member end              ended      ended      ended      -
agent  say              -          -          same       -
agent  ask_for_person   -          -          -          -
agent  accept           live       live       -          -
agent  hand_to          live       live       live       -
agent  transfer         -          waiting    waiting    -
agent  give_back        -          assistant  assistant  -
agent  make_ticket      ended      ended      ended      -
agent  end              -          ended      ended      -
system say              same       same       -          -
system ask_for_person   waiting    -          -          -
system accept           -          live       -          -
system hand_to          -          -          -          -
system transfer         -          -          waiting    -
system give_back        -          -          -          -
system make_ticket      -          ended      ended      -
system end              ended      ended      ended      -
"""


def cells() -> Iterator[tuple[Who, Act, Status, str]]:
    head, *lines = TABLE.strip().splitlines()
    for line in lines:
        who, act, *after = line.split()
        for before, word in zip(head.split(), after, strict=True):
            yield Who(who), Act(act), Status(before), word


CELLS = {(who, act, before): word for who, act, before, word in cells()}


def test_the_table_has_a_cell_for_everything() -> None:
    assert set(CELLS) == {(who, act, status) for who in Who for act in Act for status in Status}


@pytest.mark.parametrize(("who", "act", "before", "word"), list(cells()))
def test_every_cell_is_as_written(who: Who, act: Act, before: Status, word: str) -> None:
    rule = rule_for(who, act, before)
    assert may(who, act, before) == (word != "-")
    if word != "-":
        assert rule is not None
        assert rule.after == (None if word == "same" else Status(word))


def test_alive_is_all_but_ended() -> None:
    assert set(ALIVE) == set(Status) - {Status.ENDED}


# --- The same table, played ---------------------------------------------------------------------


class Walk:
    """A chat of Alice's, and everybody who could do something to it."""

    def __init__(self, alice: Member, bob: Member, carol: Member, dora: Agent) -> None:
        self.chat = chat_of(alice)
        self.erik = agent_called("Erik")
        self.agents = {"dora": viewer_of(dora), "erik": viewer_of(self.erik)}
        self.strangers = {
            "bob": viewer_of(bob),
            "carol": viewer_of(carol),
            "editor": viewer_of(agent_called("Edith", AgentRole.EDITOR)),
            "visitor": viewer_for_nobody(),
        }
        self.alice = viewer_of(alice)

    def viewer(self, name: str) -> Viewer:
        if name == "alice":
            return self.alice
        if name == "system":
            return SYSTEM
        return {**self.agents, **self.strangers}[name]

    def now(self) -> Conversation:
        return Conversation.objects.select_related("assignee").get(pk=self.chat.pk)

    def expected(self, name: str, act: Act) -> str:
        """The table's cell; what is done already is done again without a change."""
        if name in self.strangers:
            return "-"
        before = Status(self.now().status)
        if act == Act.MAKE_TICKET and before == Status.ENDED:
            return "same" if Chat.objects.get(pk=self.chat.pk).ticket else "-"
        if act == Act.ACCEPT and before == Status.LIVE and name in self.agents:
            return "same" if self.now().assignee == self.agents[name].agent else "-"
        who = {"alice": Who.MEMBER, "system": Who.SYSTEM}.get(name, Who.AGENT)
        return CELLS[who, act, before]

    def do(self, name: str, act: Act) -> None:
        viewer, chat = self.viewer(name), self.chat
        acts: dict[Act, Callable[[], object]] = {
            Act.SAY: lambda: actions.say(viewer, chat, words()),
            Act.ASK_FOR_PERSON: lambda: actions.ask_for_person(viewer, chat, Reason.BUTTON),
            Act.ACCEPT: lambda: actions.accept(viewer, chat),
            Act.HAND_TO: lambda: actions.transfer(viewer, chat, agent=self.erik),
            Act.TRANSFER: lambda: actions.transfer(viewer, chat),
            Act.GIVE_BACK: lambda: actions.give_back(viewer, chat),
            Act.MAKE_TICKET: lambda: actions.make_ticket(viewer, chat),
            Act.END: lambda: actions.end(viewer, chat),
        }
        acts[act]()


NOT_BY_NAME = {(name, act) for name in ("system",) for act in (Act.ACCEPT, Act.TRANSFER)}
"""What happens by itself to many at once: routing, and taking from who is gone; tested there."""

NAMES = ("alice", "dora", "erik", "system", "bob", "carol", "editor", "visitor")

STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(list(Act))).filter(
        lambda step: step not in NOT_BY_NAME
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.django_db
@given(steps=STEPS)
@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_act_by_anybody_follows_the_table_or_changes_nothing(
    alice: Member, bob: Member, carol: Member, dora: Agent, steps: list[tuple[str, Act]]
) -> None:
    with undone():
        walk = Walk(alice, bob, carol, dora)
        for name, act in steps:
            before, word = walk.now().status, walk.expected(name, act)
            if word == "-":
                rows = digest()
                with pytest.raises((ValidationError, PermissionDenied)):
                    walk.do(name, act)
                assert digest() == rows, (name, act)
                continue
            walk.do(name, act)
            after = before if word == "same" else word
            _is_whole(walk, after)


def _is_whole(walk: Walk, status: str) -> None:
    """What must be true of every chat, however it came to be so."""
    conversation, chat = walk.now(), Chat.objects.get(pk=walk.chat.pk)
    assert conversation.status == status
    assert (conversation.closed_at is not None) == (status == Status.ENDED)
    assert (chat.waiting_since is not None) == (status == Status.WAITING)
    if status == Status.LIVE:
        assert conversation.assignee
        assert chat.accepted_at
    if status in (Status.WAITING, Status.ASSISTANT):
        assert conversation.assignee is None
