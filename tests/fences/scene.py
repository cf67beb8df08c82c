"""What fills a page with rows? As many as a test wants, no two of them by the same people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import ACME, GLOBEX
from handrail.engines.activity.ref import Ref
from handrail.engines.ai import actions as ai
from handrail.engines.ai.models import Reason, Verdict
from handrail.engines.conversations.models import FIRST_NUMBER, Conversation, Message
from handrail.engines.search.library import actions as library
from handrail.mediums.docs import actions as docs
from handrail.mediums.docs.actions import runs, sources
from handrail.mediums.docs.actions.evaluating import run_now
from handrail.mediums.docs.models import ImportRun, Page, Score, Section
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import KIND
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.people.actions import apply_claims, create_agent, register_host
from handrail.people.models import Agent, AgentRole, Host, Member
from tests.asking import answer_of, ask, asked_by, group_of, source_of
from tests.browsing import client_for
from tests.help_pages import EDITOR, page_of, rewritten, section_of, translated
from tests.making import note, reply, ticket_of, upload, viewer_of
from tests.strangers import asked

ClaimsOf = Callable[..., dict[str, Any]]


class Scene:
    """The cast with one ticket of Alice's, and a method for each kind of row."""

    def __init__(self, host: Host, claims_of: ClaimsOf, alice: Member, dora: Agent) -> None:
        self.host, self.claims_of = host, claims_of
        self.alice, self.dora, self.nobody = alice, dora, None
        self.admin = self._agent("Ada", AgentRole.ADMIN)
        self.ticket = ticket_of(alice, is_shared=True, added_addresses=["one@else.example"])
        self.made, self.edited, self.section, self.source = 0, "", "", ""
        self.thread, self.chat = "", ""
        self.asked, self.measured = "", ""

    def ask(self, who: str, path: str) -> list[str]:
        """The SQL that this page costs this person, when nothing is asked for the first time."""
        browser = client_for(getattr(self, who))
        issue_type = self.ticket.issue_type.public_id
        ticket = self.ticket.conversation.public_id
        things = {"page": self.edited, "section": self.section, "source": self.source}
        things |= {"thread": self.thread, "chat": self.chat}
        things |= {"question": self.asked, "measured": self.measured}
        path = path.format(ticket=ticket, issue_type=issue_type, **things)
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = browser.get(path)
        assert answer.status_code == 200, path
        return [query["sql"] for query in captured]

    def tickets(self, count: int, **changes: Any) -> None:
        """Tickets that wait for us: each of another colleague, type and agent."""
        for _ in range(count):
            self.made += 1
            member = self.colleague()
            issue_type = actions.add_issue_type(name=f"Type {self.made}")
            ticket = ticket_of(member, f"Ticket {self.made}", is_shared=True, issue_type=issue_type)
            agent = changes.get("agent", self._agent(f"Agent{self.made}"))
            if agent:
                actions.assign(viewer_of(self.dora), ticket, agent)
            if act := changes.get("act"):
                reply(agent or self.dora, ticket, act=act)
            if changes.get("is_closed"):
                actions.move(viewer_of(self.dora), ticket, Act.CLOSE)

    def answered(self, count: int) -> None:
        self.tickets(count, act=Act.ASK)

    def of_dora(self, count: int) -> None:
        self.tickets(count, agent=self.dora)

    def of_nobody(self, count: int) -> None:
        self.tickets(count, agent=None)

    def closed(self, count: int) -> None:
        self.tickets(count, is_closed=True)

    def messages(self, count: int) -> None:
        """A thread with files, in which everybody has their say."""
        for _ in range(count):
            self.made += 1
            for who in (self.colleague(), self._agent(f"Agent{self.made}")):
                sent = [upload(who, f"{n}.txt").public_id for n in range(2)]
                reply(who, self.ticket, f"Word {self.made}", attachment_ids=sent)
            note(self.dora, self.ticket)

    def notices(self, count: int) -> None:
        """For Alice and for Dora, each of another ticket."""
        for _ in range(count):
            ticket = ticket_of(self.alice, is_shared=True)
            actions.assign(viewer_of(self.admin), ticket, self.dora)
            reply(self.dora, ticket, act=Act.ASK)

    def issue_types(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            actions.add_issue_type(name=f"Type {self.made}", position=self.made)

    def own_fields(self, count: int) -> None:
        """Each is shown by the one before it, and Alice's ticket answers it."""
        issue_type, admin = self.ticket.issue_type, viewer_of(self.admin)
        for _ in range(count):
            self.made += 1
            before = issue_type.fields.order_by("-position").first()
            made = actions.add_field(
                admin,
                issue_type,
                label=f"Field {self.made}",
                kind="choice",
                choices=["Yes", "No"],
                shown_when=before,
                shown_value="Yes" if before else "",
            )
            self.ticket.answers[made.public_id] = "Yes"
        self.ticket.save(update_fields=["answers"])

    def help_pages(self, count: int) -> None:
        """Pages side by side in one section, each with a translation and a link to the first."""
        section = Section.objects.filter(slug="brands").first() or section_of("Brands")
        for _ in range(count):
            self.made += 1
            page = page_of(section, f"Page {self.made}", "A [page](page-1).")
            translated(page, f"Seite {self.made}")

    def threads(self, count: int) -> None:
        """A thread of Alice's, each question with an answer that rests on a page of its own."""
        section = Section.objects.filter(slug="brands").first() or section_of("Brands")
        for _ in range(count):
            self.made += 1
            page = page_of(section, f"Page {self.made}", questions=[f"What is {self.made}?"])
            answer = answer_of(page, closest=(source_of(page),))
            question = asked_by(viewer_of(self.alice), answer, thread=self.thread)
            self.thread = question.thread

    def suggestions_opened(self, count: int) -> None:
        """Pages that stood beside a form of their own, and were opened."""
        section = Section.objects.filter(slug="brands").first() or section_of("Brands")
        for _ in range(count):
            self.made += 1
            page, form = page_of(section, f"Page {self.made}", "Words."), uuid4()
            actions.show_suggestions(viewer_of(self.alice), form)
            actions.follow_suggestion(viewer_of(self.alice), Ref("docs", page.public_id), form)

    def edited_pages(self, count: int) -> None:
        """Pages in all states that an editor sees, below one another, and revisions, readers' words
        and searches in vain beside them."""
        section = Section.objects.filter(slug="brands").first() or section_of("Brands")
        page = Page.objects.filter(slug="edited").first() or page_of(section, "Edited", "One.")
        self.edited, self.section = page.public_id, section.public_id
        for _ in range(count):
            self.made += 1
            below = page_of(section, f"Page {self.made}", "A [page](page-1).", parent=page)
            docs.save_draft(EDITOR, below, title="Changed", summary="", body="Changed.")
            docs.translate(EDITOR, below, "de")
            rewritten(page, f"Words {self.made}.")
            verdict = docs.rate(viewer_of(self.colleague()), page, Score.OK)
            docs.comment(verdict.public_id, "Fine, but long.")
            docs.add_synonym(EDITOR, "en", f"word {self.made}", "invoice")
            library.record_miss(f"question {self.made}", "en")

    def help_sections(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            title = "Brands" if self.made == 1 else f"Section {self.made}"
            section = section_of(title)
            self.section = self.section or section.public_id
            page_of(section, f"Page {self.made}")

    def sources(self, count: int) -> None:
        """Repositories with a report each; the first one's has a problem in each of many pages."""
        section = section_of("Brands") if not self.source else Section.objects.get()
        for _ in range(count):
            self.made += 1
            made = sources.add_source(EDITOR, url=f"https://git.example/{self.made}.git")
            self.source = self.source or made.public_id
            page = page_of(section, f"Page {self.made}").public_id
            problem = {"file": "a.md", "line": 1, "construct": "x", "words": "y", "page": page}
            runs.finish(EDITOR, runs.begin(EDITOR, made), {"added": 1}, [problem])
            first = ImportRun.objects.get(source__public_id=self.source)
            runs.finish(EDITOR, first, {"added": 1}, [*first.problems, problem])

    def questions(self, count: int) -> None:
        """Groups with a page of their own, one of which grows; rated badly, and measured by."""
        section = Section.objects.filter(slug="brands").first() or section_of("Brands")
        for _ in range(count):
            self.made += 1
            page = page_of(section, f"Cancel plan{self.made}", "It ends with the month.")
            for text in ("Cancel my subscription", f"Cancel plan{self.made}"):
                question = ask(text, self.colleague(), wants_to_hear=True)
                ai.judge(viewer_of(self.alice), question, Verdict.DID_NOT, Reason.WRONG, "No.")
                self.asked = self.asked or group_of(question).public_id
            docs.begin_page(EDITOR, group_of(question))
            kept = docs.keep_question(EDITOR, f"Cancel plan{self.made}", "en", page)
            self.measured = self.measured or kept.public_id
            run_now(EDITOR)

    def agents(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            self._agent(f"Agent{self.made}")

    def agents_here(self, count: int) -> None:
        """Agents who have the ticket open."""
        for _ in range(count):
            self.made += 1
            agent = self._agent(f"Agent{self.made}")
            actions.be_here(viewer_of(agent), self.ticket, is_writing=True)

    def teams(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            agents = [self.dora, self._agent(f"Agent{self.made}")]
            name = f"Team {self.made}"
            actions.make_team(viewer_of(self.admin), name=name, assign_mode="load", agents=agents)

    def saved_views(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            actions.save_view(viewer_of(self.dora), f"View {self.made}", {"tag": "vip"})

    def canned(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            actions.make_canned(viewer_of(self.dora), title=f"Reply {self.made}", body="Hello")

    def answers(self, count: int) -> None:
        """What people read who cannot sign in."""
        self.made += count
        rows = [(f"Question {number}?", "Yes.") for number in range(min(self.made, 20))]
        actions.set_sign_in_answers(viewer_of(self.admin), rows)

    def strangers(self, count: int) -> None:
        """Tickets of people who could not sign in."""
        for _ in range(count):
            self.made += 1
            asked(email=f"kim{self.made}@elsewhere.example")

    def hosts(self, count: int) -> None:
        for _ in range(count):
            self.made += 1
            origin = f"https://platform-{self.made}.example"
            register_host(name=origin, issuer=origin, origins=[origin], sign_in_url=origin)

    def colleague(self) -> Member:
        return apply_claims(self.host, self.claims_of(f"Colleague{self.made}", ACME))

    def stranger(self, number: int) -> Member:
        """The one member of another account."""
        account = {**GLOBEX, "id": f"account-{number}", "name": f"Account {number}"}
        return apply_claims(self.host, self.claims_of(f"Stranger{number}", account))

    def _agent(self, name: str, role: str = AgentRole.AGENT) -> Agent:
        return create_agent(email=f"{name.lower()}@handrail.example", name=name, role=role)

    def crowd(self, member: Member, count: int) -> None:
        """Many tickets of one member at once, too many for the real actions."""
        now, first = timezone.now(), FIRST_NUMBER * 10 + member.pk * FIRST_NUMBER
        issue_type = self.ticket.issue_type
        rows = [
            Conversation(
                kind=KIND,
                number=first + number,
                subject=f"Ticket {number}",
                category=issue_type.pk,
                account=member.account,
                creator=member,
                is_shared=number % 2 == 0,
                status=Status.values[number % 5],
                last_message_at=now - timedelta(minutes=number),
                closed_at=now if Status.values[number % 5] == Status.CLOSED else None,
            )
            for number in range(count)
        ]
        made = Conversation.objects.bulk_create(rows)
        Ticket.objects.bulk_create(Ticket(conversation=one, issue_type=issue_type) for one in made)
        Message.objects.bulk_create(
            Message(conversation=one, member=member, body="Hm.") for one in made for _ in range(3)
        )
