"""Whose pages are measured? A member with a list full of tickets, made by the real actions."""

from dataclasses import dataclass

from handrail.config.installation import prepare
from handrail.engines.conversations.actions import Draft
from handrail.mediums.tickets import actions as tickets
from handrail.mediums.tickets.models import IssueType
from handrail.people import actions as people
from handrail.people.models import AccountKind, MemberRole, SessionKind
from handrail.people.viewer import viewer_for_agent, viewer_for_member
from handrail.surfaces.help.sessions import COOKIE, TOKEN_HEADER, page_token

TICKETS = 30
"""More than one page of the list shows."""

REPLIES = 12
"""Messages in the one ticket whose page is measured, besides the first."""

HOST = "https://bench.example"

MEMBER = {
    "sub": "1",
    "name": "Bench",
    "email": "member@bench.example",
    "email_verified": True,
    "role": MemberRole.ADMIN,
    "locale": "en",
    "zoneinfo": "Europe/Berlin",
    "account": {
        "id": "1",
        "name": "Bench",
        "kind": AccountKind.BRAND,
        "plan": "enterprise",
        "zoneinfo": "Europe/Berlin",
    },
}


@dataclass(frozen=True)
class Visitor:
    """The measured member's browser: what it sends with every request, and a ticket's page."""

    headers: dict[str, str]
    ticket_path: str


def make() -> Visitor:
    """Fills an empty installation, which it brings up to date first."""
    prepare()
    host = people.register_host(name="Bench", issuer=HOST, origins=[HOST])
    member = people.apply_claims(host, MEMBER)
    agent = people.create_agent(email="agent@bench.example", name="Bench")
    asking, answering = viewer_for_member(member), viewer_for_agent(agent)
    issue_type = IssueType.objects.visible_to(asking).offered()[0]
    for number in range(TICKETS):
        message = Draft(body=f"This is what ticket {number} is about. " * 10)
        draft = tickets.TicketDraft(f"Ticket {number}", issue_type, message)
        ticket = tickets.open_ticket(asking, draft)
    for number in range(REPLIES):
        who = asking if number % 2 else answering
        tickets.reply(who, ticket, Draft(body=f"This is reply {number}. " * 20))
    issued = people.start_session(member, kind=SessionKind.PAGE)
    return Visitor(
        headers={"Cookie": f"{COOKIE}={issued.secret}", TOKEN_HEADER: page_token(member)},
        ticket_path=f"/help/tickets/{ticket.conversation.public_id}/",
    )
