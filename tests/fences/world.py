"""What could the cast confuse? Two tickets of Acme's, their files, and how each person asks."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from handrail.engines.ai.models import Question
from handrail.engines.search.library import actions as library
from handrail.engines.search.models import SearchMiss, Synonym
from handrail.mediums.chat import actions as chat
from handrail.mediums.docs import actions as docs
from handrail.mediums.docs.actions import sources
from handrail.mediums.docs.models import Page, Source
from handrail.mediums.docs.paths import path_of
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import IssueType, IssueTypeField, Ticket
from handrail.mediums.tickets.public import links
from handrail.people.actions import create_agent, make_code, make_link, start_session
from handrail.people.models import Agent, AgentRole, Member, Team
from handrail.people.viewer import SYSTEM
from tests.asking import ask, asked_by, group_of, nothing
from tests.browsing import client_for
from tests.chats import live_chat_of, said, waiting_chat_of
from tests.fences.table import CAST, Row
from tests.help_pages import asset_of, draft_of, page_of, section_of
from tests.making import SUBJECT, picture, reply, ticket_of, upload, viewer_of, words
from tests.strangers import asked, form, proof_link, proved, visitor

ASKED = "Why did our spring budget vanish?"
"""What Alice asked the help pages."""

MADE_UP = "AAAAAAAAAAAAAAAAAAAAAA"
"""The public id of nothing."""

FILE_ADDRESSES = ("download", "preview", "discard")


GIVEN: dict[str, Callable[[], dict[str, Any]]] = {
    "tickets:create": lambda: {
        "subject": "Another one",
        "issue_type": IssueType.objects.all()[0].public_id,
        "body": "It does not work.",
        "client_id": str(uuid4()),
    },
    "tickets:upload": lambda: {"files": SimpleUploadedFile("notes.txt", b"what I saw")},
    "tickets:reply": lambda: {"body": "Here is more."},
    "tickets:draft-new": lambda: {"body": "It does not"},
    "tickets:draft": lambda: {"body": "Here is"},
    "tickets-desk:draft": lambda: {"body": "We look", "act": "note"},
    "tickets:move": lambda: {"act": "close"},
    "tickets:share": lambda: {"is_shared": "on"},
    "tickets-desk:upload": lambda: {"files": SimpleUploadedFile("notes.txt", b"what I saw")},
    "tickets-desk:reply": lambda: {"body": "We look into it.", "act": "ask"},
    "tickets-desk:move": lambda: {"act": "close"},
    "tickets-desk:save-view": lambda: {"name": "Mine"},
    "tickets-desk:rename-view": lambda: {"name": "Very important"},
    "tickets-desk:new-team": lambda: {"name": "Onboarding", "assign_mode": "load"},
    "tickets-desk:team": lambda: {"name": "Money", "assign_mode": "by_hand"},
    "tickets-desk:new-canned": lambda: {"title": "Hello", "body": "Hello {member.name}"},
    "tickets-desk:canned-reply": lambda: {"title": "Hi", "body": "Hi"},
    "tickets-public:more": lambda: {"body": "One more thing."},
    "docs-desk:new-source": lambda: {"url": "https://git.example/help.git"},
    "tickets-desk:new-issue-type": lambda: {"name": "Onboarding"},
    "tickets-desk:issue-type": lambda: {"name": "Asked differently"},
    "tickets-desk:new-field": lambda: {"label": "Where?", "kind": "text"},
    "tickets-desk:field": lambda: {"label": "Since when?", "kind": "date"},
    "tickets-desk:tag": lambda: {"tag": "vip"},
    "tickets-desk:priority": lambda: {"priority": "30"},
    "tickets-desk:policy": lambda: {"warn_before_minutes": "20"},
    "tickets-desk:hours": lambda: {"name": "Day", "zoneinfo": "UTC", "day_0": "09:00-17:00"},
    "tickets-desk:targets": lambda: {"reply:*:*": "4h"},
    "console:new-agent": lambda: {
        "name": "Finn",
        "email": "finn@handrail.example",
        "role": "agent",
        "zoneinfo": "UTC",
    },
    "console:agent": lambda: {"role": "csm"},
    "console:set-active": lambda: {"is_active": "no"},
    "console:new-host": lambda: {
        "name": "Another",
        "issuer": "https://another.example",
        "origins": "https://another.example",
    },
    "console:change-host": lambda: {"name": "Moved", "origins": "https://moved.example"},
    "docs:feedback": lambda: {"score": "good"},
    "docs-public:feedback": lambda: {"score": "good"},
    "docs:ask": lambda: {"question": "How do I begin?"},
    "docs-public:ask": lambda: {"question": "How do I begin?"},
    "docs:judge-answer": lambda: {"verdict": "helped"},
    "docs-public:judge-answer": lambda: {"verdict": "helped"},
    "docs:missed": lambda: {"q": "nothing of the kind"},
    "docs-public:missed": lambda: {"q": "nothing of the kind"},
    "docs-desk:new-section": lambda: {"title": "Partners", "language": "en"},
    "docs-desk:section": lambda: {"title": "Brands and shops"},
    "docs-desk:words": lambda: {"words": "plan", "means": "subscription", "language": "en"},
    "docs-desk:question": lambda: {"words": "plan", "means": "subscription", "language": "en"},
    "docs-desk:evaluation": lambda: {"text": "How do I cancel?", "language": "en"},
    "docs-desk:evaluation-question": lambda: {"place": "none"},
    "docs-desk:new-page": lambda: {"title": "Another page"},
    "docs-desk:draft": lambda: {"title": "Welcome", "body": "Half a sent"},
    "docs-desk:preview": lambda: {"title": "Welcome", "body": "Half a sent"},
    "docs-desk:upload": lambda: {"files": SimpleUploadedFile("notes.txt", b"what I saw")},
    "docs-desk:publish": lambda: {"title": "Welcome", "body": "Better words."},
    "docs-desk:move": lambda: {"to": "down"},
    "docs-desk:page-settings": lambda: {"slug": "hello"},
    "docs-desk:place": lambda: {"place": "first"},
    "docs-desk:translate": lambda: {"language": "de"},
    "chat:begin": lambda: {"body": "Where are my clicks?", "has_read": "on"},
    "chat:assistant": lambda: {"is_on": "on"},
    "chat:upload": lambda: {"files": SimpleUploadedFile("notes.txt", b"what I saw")},
    "chat:say": lambda: {"body": "And more."},
    "chat:edit": lambda: {"body": "Said better."},
    "chat-desk:edit": lambda: {"body": "Said better."},
    "chat-desk:upload": lambda: {"files": SimpleUploadedFile("notes.txt", b"what I saw")},
    "chat-desk:availability": lambda: {"presence": "here", "limit": "2"},
    "chat-desk:say": lambda: {"body": "We look into it."},
    "chat-desk:policy": lambda: {
        "left_minutes": "5",
        "idle_minutes": "60",
        "failures_until_person": "2",
    },
    "account_login": lambda: {"login": "dora@handrail.example", "password": "wrong"},
}
"""What a POST sends, good enough to be acted on where its sender may; all others are empty."""


class World:
    """A ticket that Acme shares and one that is Alice's alone, a file of each, a file of an
    internal note, and a file that Alice has not sent yet."""

    def __init__(self, alice: Member, bob: Member, carol: Member, dora: Agent) -> None:
        editor, self.admin = _agent("Eva", AgentRole.EDITOR), _agent("Ada", AgentRole.ADMIN)
        people = (alice, bob, carol, dora, editor, self.admin, None)
        self.cast = dict(zip(CAST, people, strict=True))
        self.alice, self.dora = alice, dora
        self.host = alice.person.host
        ticket_of(carol, "Globex asks")
        self.tickets = {
            "shared": ticket_of(alice, SUBJECT, is_shared=True),
            "private": ticket_of(alice, SUBJECT),
        }
        self.files = {target: self._file_of(ticket) for target, ticket in self.tickets.items()}
        self.files["noted"] = self._file_of_a_note()
        self.files["unsent"] = upload(alice, "unsent.png", picture()).public_id

        self.tickets["asked"], self.answered = asked(), proved(dora, email="lee@else.example")
        self.link = links.more_path(self.answered.conversation, self.answered.sign_in_request)
        self.secret = proof_link(dora, self.tickets["asked"]).rpartition("/")[2]

        self.team = Team.objects.create(name="Billing")
        self.issue_type, other_type = IssueType.objects.all()[:2]
        self.field = self._asks(self.issue_type)
        self.stray = self._asks(other_type)
        self.view = actions.save_view(viewer_of(dora), "VIPs", {"tag": "vip"})
        self.own_reply = actions.make_canned(viewer_of(dora), title="Mine", body="Bye")
        self.all_reply = actions.make_canned(
            viewer_of(self.admin), title="Ours", body="Hello", is_shared=True
        )
        self.source = sources.add_source(SYSTEM, url="https://git.example/docs.git")
        self.hook = sources.make_hook(SYSTEM, self.source)
        self.pages, self.page_files = help_centre()
        self.edited = to_edit(self.pages["public-page"], self.page_files["public-file"])
        self.edited["source"] = [self.source.public_id]
        near = self.pages["brand-page"]
        self.question = asked_by(viewer_of(alice), nothing(near), ASKED)
        self.edited |= self._asked(alice)
        self.chats = self._chats(alice, bob)
        raised = actions.Change("priority", 40)
        self.bulk = actions.change_many(viewer_of(dora), [self.tickets["shared"]], raised).bulk

    def _asked(self, alice: Member) -> dict[str, list[object]]:
        """A question of Alice's that a page answers since, its group, and one to measure by."""
        question = ask("How do I cancel my plan?", alice)
        Question.objects.filter(pk=question.pk).update(
            answered_by=f"{self.pages['public-page'].public_id}#x"
        )
        kept = docs.keep_question(SYSTEM, "How do I cancel?", "en", None)
        return {
            "asked": [question.public_id],
            "group": [group_of(question).public_id],
            "measured": [kept.public_id],
        }

    def _chats(self, alice: Member, bob: Member) -> dict[str, list[object]]:
        """One of Alice's that waits, with its first line, and one of Bob's that Dora is in."""
        waiting, live = waiting_chat_of(alice), live_chat_of(bob, self.dora)
        line = waiting.conversation.messages.order_by("pk")[0]
        ours = said(self.dora, live, "Let me look.")
        proposal = chat.propose(viewer_of(alice), waiting, "tickets.open")
        chat_id = waiting.conversation.public_id
        return {
            "waiting": [chat_id],
            "live": [live.conversation.public_id],
            "line": [chat_id, line.public_id],
            "our-line": [live.conversation.public_id, ours.public_id],
            "tool": [chat_id, "tickets.status"],
            "proposal": [chat_id, proposal.public_id],
        }

    def _file_of(self, ticket: Ticket) -> str:
        sent = upload(self.alice, "sent.png", picture()).public_id
        reply(self.alice, ticket, "As shown.", attachment_ids=[sent])
        return sent

    def _asks(self, issue_type: IssueType) -> IssueTypeField:
        return actions.add_field(viewer_of(self.admin), issue_type, label="Page", kind="text")

    def _file_of_a_note(self) -> str:
        sent = upload(self.dora, "noted.png", picture()).public_id
        note = words("About Acme, for us.", attachment_ids=[sent])
        actions.add_note(viewer_of(self.dora), self.tickets["shared"], note)
        return sent

    def browser(self, person: str) -> Client:
        return client_for(self.cast[person])

    def ask(self, browser: Client, row: Row, *, made_up: bool = False, without: str = "") -> Any:
        """Sends the row's request, for what does not exist (`made_up`), `without` a header."""
        path = self.path(row, made_up=made_up)
        if without:
            browser.defaults.pop(f"HTTP_{without.upper().replace('-', '_')}", None)
        if row.method == "GET":
            return browser.get(path)
        if row.name in JSON:
            return browser.post(path, self.given(row), content_type="application/json")
        return browser.post(path, self.given(row))

    def path(self, row: Row, *, made_up: bool = False) -> str:
        """Where the row leads; see `_arguments`. The target `form` is the form of a new ticket."""
        if row.name == "/":
            return "/"
        query = "?createTicket=true" if row.target == "form" else ""
        return reverse(row.name, args=self._arguments(row, made_up)) + query

    def _arguments(self, row: Row, made_up: bool) -> list[object]:
        """What the address holds: tickets and files are named by what they are."""
        if row.name.startswith("docs-desk:"):
            return [MADE_UP] if row.target == "made-up" else self.edited.get(row.target, [])
        if row.target in self.chats:
            named = self.chats[row.target]
            return [MADE_UP for _one in named] if made_up else named
        if row.name.startswith(("docs:", "docs-public:")):
            return self._arguments_of_docs(row, made_up)
        known = self._ids(row.name)
        if row.target in known:
            return [MADE_UP if made_up else known[row.target]]
        if row.name == "help:link":
            return [make_link(self.alice, "/help/") if row.target == "link" else "junk"]
        if row.name == "tickets-public:proof":
            return [self.secret if row.target == "proof" else "junk"]
        if row.name == "tickets-public:more":
            public_id, _, key = self.link.removeprefix("/sign-in-help/").partition("/")
            return [public_id, key if row.target == "answered" else "4102444800-forged"]
        if row.name == "account_reset_password_from_key":
            return ["1", "junk"]
        return self._arguments_of_owner(row.target)

    def _arguments_of_docs(self, row: Row, made_up: bool) -> list[object]:
        """Pages are named by their path where they are read, else by their id."""
        if row.target in self.page_files:
            return [MADE_UP if made_up else self.page_files[row.target], "a.png"]
        if row.target in self.pages:
            page = self.pages[row.target]
            if row.name.endswith(":page"):
                return ["brands/made-up" if made_up else path_of(page.section, page)]
            return [MADE_UP if made_up else page.public_id]
        if row.target == "asked":
            known = [MADE_UP] * 2 if made_up else [self.question.thread, self.question.public_id]
            return [*known, "tickets"] if row.name == "docs:go-on" else list(known)
        if row.name == "docs:answered":
            return [MADE_UP] if made_up else self.edited["asked"]
        if row.name == "docs-public:hook":
            return [self.hook if row.target == "hook" else "junk"]
        others: dict[str, list[object]] = {"help": ["brands"], "zero": [0], "one": [1]}
        return others.get(row.target, [])

    def _arguments_of_owner(self, target: str) -> list[object]:
        """What the owner's pages are about."""
        owned: dict[str, list[object]] = {
            "dora": [self.dora.public_id],
            "made-up": [MADE_UP],
            "team": [self.team.public_id],
            "type": [self.issue_type.public_id],
            "own-field": [self.issue_type.public_id, self.field.public_id],
            "stray-field": [self.issue_type.public_id, self.stray.public_id],
            "view": [self.view.public_id],
            "own-reply": [self.own_reply.public_id],
            "all-reply": [self.all_reply.public_id],
            "bulk": [self.bulk.public_id],
            "host": [self.host.pk],
            "key": [self.host.pk, self.host.keys.get().pk],
        }
        return owned.get(target, [])

    def _ids(self, name: str) -> dict[str, str]:
        if name.endswith(FILE_ADDRESSES):
            return self.files
        return {key: ticket.conversation.public_id for key, ticket in self.tickets.items()}

    def given(self, row: Row) -> dict[str, Any]:
        if row.name in JSON:
            return {"visitor": True, "account": MADE_UP}
        if row.name == "help:enter":
            good = row.target == "code"
            return {"code": make_code(start_session(self.alice).session) if good else "junk"}
        if row.name == "tickets-public:sign-in-help":
            return form(visitor()) if row.target == "worked" else {"name": "Kim"}
        if row.name == "tickets-desk:bulk":
            ticket = self.tickets["private"].conversation.public_id
            return {"field": "act", "value": "close", "ticket": ticket}
        return GIVEN[row.name]() if row.name in GIVEN else {}


def help_centre() -> tuple[dict[str, Page], dict[str, str]]:
    """A page for all, one for brands, one that is not published; a picture in each of the first."""
    section = section_of("Brands")
    assets = {name: asset_of(section, name, picture("WEBP")) for name in ("all.png", "brand.png")}
    pages = {
        "public-page": page_of(section, "Welcome", "![All](all.png)"),
        "brand-page": page_of(section, "For Acme", "![Brand](brand.png)", audience="brand"),
        "draft-page": draft_of(section, "Soon"),
    }
    files = {
        "public-file": assets["all.png"].public_id,
        "brand-file": assets["brand.png"].public_id,
    }
    return pages, files


def to_edit(page: Page, file_id: str) -> dict[str, list[object]]:
    """What the editors' addresses hold: a page, one from a repository, and what belongs to them."""
    source = Source.objects.create(url="https://git.example/help.git")
    facts: dict[str, Any] = {"source": source, "source_path": "git.md", "is_hidden": True}
    pulled = page_of(
        page.section, "Repository", **facts
    )  # hidden: what readers find stays as it is
    library.add_synonym("en", "bill", "invoice")
    library.record_miss("cancel my plan", "en")
    return {
        "page": [page.public_id],
        "repository": [pulled.public_id],
        "revision": [page.public_id, 1],
        "section": [page.section.public_id],
        "asset": [file_id, "all.png"],
        "synonym": [Synonym.objects.get().pk],
        "miss": [SearchMiss.objects.get().pk],
    }


def _agent(name: str, role: AgentRole) -> Agent:
    address = f"{name.lower()}@handrail.example"
    return create_agent(email=address, name=name, role=role, password=uuid4().hex)


JSON = ("help:session", "help:switch", "help:code")
"""Addresses that our scripts send JSON to."""
