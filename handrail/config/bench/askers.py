"""Who asks, among many tickets? A member with some two hundred, whatever the size of the crowd."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import Abs

from handrail.config.demo import load_crowd
from handrail.config.demo.crowd import PREFIX, Told
from handrail.config.installation import prepare
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.models import IssueType
from handrail.people import actions as people
from handrail.people.models import Member, SessionKind
from handrail.people.viewer import SYSTEM, viewer_for_member
from handrail.surfaces.help.sessions import COOKIE, TOKEN_HEADER, page_token

HOST = "https://bench.example"
TICKETS = 200
MESSAGES = 6
"""Rows in the thread whose page is measured, as near as there is one."""

WORD = "bookkeeper"
"""Said in the first message of every twentieth ticket of the crowd."""


@dataclass(frozen=True)
class Asker:
    """What a member's browser sends, and where to."""

    headers: dict[str, str]
    account: int
    ticket_path: str
    issue_type: str
    word: str
    tickets: int
    """How many this member may see."""


def make(tickets: int, told: Told) -> Asker:
    """Fills an empty installation with a crowd, and signs one of it in."""
    prepare()
    host = people.register_host(name="Bench", issuer=HOST, origins=[HOST])
    load_crowd(tickets, told, host)
    asking = member()
    viewer = viewer_for_member(asking)
    visible = Conversation.objects.visible_to(viewer)
    thread = (
        visible.annotate(far=Abs(Count("messages") - MESSAGES))
        .order_by("far", "-last_message_at")
        .first()
    )
    if thread is None:
        raise ValueError("a crowd so small has nobody with a ticket")
    issued = people.start_session(asking, kind=SessionKind.PAGE)
    return Asker(
        headers={"Cookie": f"{COOKIE}={issued.secret}", TOKEN_HEADER: page_token(asking)},
        account=asking.account_id,
        ticket_path=f"/help/tickets/{thread.public_id}/",
        issue_type=IssueType.objects.visible_to(viewer).offered()[0].public_id,
        word=WORD,
        tickets=visible.count(),
    )


def member() -> Member:
    """The admin of the account with the most nearly two hundred."""
    crowd: dict[str, Any] = {
        "account__external_id__startswith": PREFIX,
        "creator__person__locale": "en",
    }
    account = (
        Conversation.objects.visible_to(SYSTEM)
        .filter(**crowd)
        .values("account_id")
        .annotate(far=Abs(Count("pk") - TICKETS))
        .order_by("far", "account_id")
        .values_list("account_id", flat=True)[0]
    )
    return Member.objects.with_facts().filter(account_id=account).order_by("pk")[0]
