"""How do a million tickets come about? In batches, each with its threads, and each all or nothing.

Most are closed, the young ones are not; a few accounts write much and many little. A batch is made
from its own number: what was interrupted goes on where it stopped, and becomes the same.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from django.db import connection
from django.utils import timezone

from handrail.config.demo.crowd import (
    BATCH,
    PREFIX,
    SEED,
    TICKETS_AN_ACCOUNT,
    Crowd,
    Party,
    Told,
    gather,
    random_id,
)
from handrail.config.demo.phrases import Language, Phrases
from handrail.config.demo.pour import Row, batch, flag, moment, next_pk, packed, pour, quickly
from handrail.engines.conversations import archive
from handrail.engines.conversations.models import (
    FIRST_NUMBER,
    Conversation,
    Message,
    MessageKind,
    Priority,
    Rating,
)
from handrail.engines.search import actions as search
from handrail.engines.search.models import ArchiveEntry, Layer
from handrail.engines.search.words import words
from handrail.mediums.tickets.actions import KIND
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.states import WAITING_ON_MEMBER, Act, Status
from handrail.people.models import Host

DAY = 86_400
YEARS = 3 * 365 * DAY
YOUNG = 45 * DAY
"""Within it a ticket is likely to be alive still."""

ALIVE = (Status.OPEN, Status.OPEN, Status.IN_PROGRESS, Status.AWAITING, Status.SOLUTION)
PRIORITIES = [Priority.LOW] + [Priority.NORMAL] * 15 + [Priority.HIGH] * 3 + [Priority.URGENT]

CONVERSATION = (
    *("id", "public_id", "number", "kind", "subject", "account_id", "creator_id", "is_shared"),
    *("status", "assignee_id", "priority", "due_at", "due_kind", "is_unread", "created_at"),
    *("last_message_at", "closed_at", "category"),
)
MESSAGE = (
    *("public_id", "conversation_id", "kind", "member_id", "agent_id", "body", "event", "detail"),
    "created_at",
)
ARCHIVED = ("medium", "thing_id", "layer", "part", "scope", "words")
TICKET = ("conversation_id", "issue_type_id", "first_replied_at", "first_reply_due_at")


def existing(host: Host) -> int:
    """How many tickets the crowd of this host has written."""
    crowd = {"account__host": host, "account__external_id__startswith": PREFIX}
    return Conversation.objects.filter(kind=KIND, **crowd).count()


def flood(host: Host, tickets: int, phrases: Phrases, told: Told) -> None:
    """Fills up to so many tickets; whole batches that are there already stay as they are."""
    crowd = gather(host, max(tickets // TICKETS_AN_ACCOUNT, 1), phrases)
    types = defaultdict(list)
    for pk, kind in IssueType.objects.filter(retired_at=None).values_list("pk", "account_kind"):
        types[kind].append(pk)
    now = int(timezone.now().timestamp())
    done = existing(host)
    with quickly():
        while done < tickets:
            count = min(BATCH - done % BATCH, tickets - done)
            age = (1 - done / tickets) * YEARS, (1 - (done + count) / tickets) * YEARS
            with batch(Conversation, Message, ArchiveEntry):
                writer = _Batch(done, next_pk(Conversation), crowd, phrases, dict(types), now)
                writer.write(count, age)
            done += count
            told(done)


@dataclass
class _Thread:
    """One ticket while it is made."""

    pk: int
    account: Party
    language: Language
    member: int
    agent: int
    at: float
    slots: dict[str, str]
    first_reply: float | None = None
    said: dict[Layer, list[str]] = field(default_factory=lambda: {layer: [] for layer in Layer})


@dataclass
class _Batch:
    """Tickets of one stretch of time, and all rows that belong to them."""

    number: int
    first_pk: int
    crowd: Crowd
    phrases: Phrases
    types: dict[str, list[int]]
    now: int
    conversations: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    tickets: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)
    archived: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(f"{SEED} tickets {self.number}")  # noqa: S311  made-up tickets

    def write(self, count: int, age: tuple[float, float]) -> None:
        """`age`: how long ago the first and the last were opened, in seconds."""
        step = (age[0] - age[1]) / count
        for place in range(count):
            self._ticket(self.first_pk + place, age[0] - (place + self.chance.random()) * step)
        pour(Conversation, CONVERSATION, self.conversations)
        pour(Ticket, TICKET, self.tickets)
        pour(Message, MESSAGE, self.messages)
        is_postgresql = connection.vendor == "postgresql"
        pour(ArchiveEntry, (*ARCHIVED, "vector") if is_postgresql else ARCHIVED, self.archived)
        pour(Rating, ("conversation_id", "score", "created_at"), self.ratings)

    def _ticket(self, pk: int, age: float) -> None:
        chance = self.chance
        accounts = self.crowd.accounts
        account = accounts[int(len(accounts) * chance.random() ** 3)]
        language = self.phrases.languages[account.language]
        opened = self.now - max(age, 60)
        is_alive = chance.random() < (0.6 if age < YOUNG else 0.004)
        status = chance.choice(ALIVE) if is_alive else Status.CLOSED
        thread = _Thread(
            pk=pk,
            account=account,
            language=language,
            member=chance.choice(account.members),
            agent=chance.choice(self.crowd.agents),
            at=opened,
            slots=self.phrases.slots(chance),
        )
        self._say(thread, self.phrases.opening(chance, language, thread.slots), is_ours=False)
        self._talk(thread, status)
        self._keep(thread, status, opened)

    def _talk(self, thread: _Thread, status: Status) -> None:
        """Answers and replies in turn, about two, and what the status says was the last word."""
        chance, phrases = self.chance, self.phrases
        if status == Status.OPEN:
            return
        for turn in range(chance.choice((1, 1, 1, 2, 2, 3, 3, 4))):
            is_ours = turn % 2 == 0
            self._later(thread)
            say = phrases.answer if is_ours else phrases.reply
            self._say(thread, say(chance, thread.language, thread.slots), is_ours=is_ours)
            if is_ours and chance.random() < 0.15:
                body = phrases.note(chance, thread.slots)
                self._message(thread, MessageKind.NOTE, agent=thread.agent, body=body)
        if status in WAITING_ON_MEMBER:
            act = Act.ASK if status == Status.AWAITING else Act.OFFER
            self._event(thread, act, status)
        elif status == Status.CLOSED:
            self._later(thread)
            self._event(thread, Act.CLOSE, status)

    def _later(self, thread: _Thread) -> None:
        """The next word comes within two days, and never in the future."""
        thread.at = min(thread.at + self.chance.randrange(600, 2 * DAY), self.now - 30)

    def _say(self, thread: _Thread, body: str, *, is_ours: bool) -> None:
        if is_ours:
            thread.first_reply = thread.first_reply or thread.at
            self._message(thread, MessageKind.REPLY, agent=thread.agent, body=body)
        else:
            self._message(thread, MessageKind.REPLY, member=thread.member, body=body)

    def _event(self, thread: _Thread, act: Act, after: Status) -> None:
        detail = {"act": act, "before": Status.IN_PROGRESS, "after": after}
        self._message(
            thread, MessageKind.EVENT, agent=thread.agent, event="status", detail=packed(detail)
        )

    def _message(
        self,
        thread: _Thread,
        kind: MessageKind,
        *,
        member: int | None = None,
        agent: int | None = None,
        body: str = "",
        event: str = "",
        detail: str = "{}",
    ) -> None:
        if body:
            thread.said[archive.LAYERS[kind]].append(body)
        row = (random_id(self.chance), thread.pk, kind.value, member, agent, body, event, detail)
        self.messages.append((*row, moment(thread.at)))

    def _keep(self, thread: _Thread, status: Status, opened: float) -> None:
        chance = self.chance
        is_closed, is_open = status == Status.CLOSED, status == Status.OPEN
        due, due_kind = self._due(status)
        subject = self.phrases.subject(chance, thread.language, thread.slots)
        is_unread = chance.random() < (0.3 if status in WAITING_ON_MEMBER else 0.01)
        nobody = is_open and chance.random() < 0.7
        is_shared = chance.random() < 0.6
        self._archive(thread, subject, is_shared)
        kinds = self.types.get(thread.account.kind, []) + self.types.get("", [])
        issue_type = chance.choice(kinds)
        self.conversations.append(
            (
                *(thread.pk, random_id(chance), FIRST_NUMBER + thread.pk, KIND, subject),
                *(thread.account.pk, thread.member, flag(is_shared), status.value),
                *(None if nobody else thread.agent, chance.choice(PRIORITIES).value),
                *(moment(due), due_kind, flag(is_unread), moment(opened), moment(thread.at)),
                moment(thread.at) if is_closed else None,
                issue_type,
            )
        )
        self.tickets.append(
            (
                thread.pk,
                issue_type,
                moment(thread.first_reply),
                moment(due if is_open else None),
            )
        )
        if is_closed and chance.random() < 0.2:
            self.ratings.append((thread.pk, chance.choice((1, 2, 3, 3, 3)), moment(thread.at)))

    def _archive(self, thread: _Thread, subject: str, is_shared: bool) -> None:
        """What the search finds, as the real actions would have written it."""
        known = Conversation(
            kind=KIND,
            account_id=thread.account.pk,
            creator_id=thread.member,
            is_shared=is_shared,
        )
        thread.said[Layer.PUBLIC][:0] = [str(FIRST_NUMBER + thread.pk), subject]
        for layer, texts in thread.said.items():
            if not texts:
                continue
            its_words = [word for text in texts for word in (*words(text), search.BREAK)]
            scopes = archive.scopes(known, layer)
            row = (KIND, thread.pk, layer.value, 0, " ".join(scopes), " ".join(its_words))
            vector = connection.vendor == "postgresql" and search.tsvector(scopes, its_words)
            self.archived.append((*row, vector) if vector else row)

    def _due(self, status: Status) -> tuple[float | None, str]:
        if status == Status.OPEN:
            return self.now + self.chance.randrange(-2 * 3600, DAY), "first_reply"
        if status == Status.IN_PROGRESS:
            return self.now + self.chance.randrange(-6 * 3600, 5 * DAY), "resolution"
        return None, ""
