"""In which order is the demo loaded, and how is it kept from writing to anybody?"""

import tomllib
from datetime import timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.config.demo import (
    chats,
    desk,
    flood,
    help_centre,
    people,
    promises,
    questions,
    replies,
    silence,
    strangers,
    tickets,
)
from handrail.config.demo.crowd import Told
from handrail.config.demo.phrases import Phrases
from handrail.config.installation import install_defaults
from handrail.engines.conversations.models import Conversation
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.engines.notify.tasks import deliver
from handrail.mediums.tickets.states import KIND
from handrail.people.models import Host, Member

CONTENT = Path(str(files("handrail") / "demo" / "content"))
FILES = CONTENT / "files"


def load() -> int:
    """Loads the demo where it is not loaded yet; returns how many tickets there are."""
    with transaction.atomic():
        install_defaults()
        content = read_toml("people.toml")
        host = people.load_host()
        people.load_plans(read_toml("plans.toml")["plan"])
        agents = people.load_agents(content["agent"])
        members = people.load_members(host, content)
        help_centre.load_help_centre(CONTENT)
        questions.load_questions()
        if not Conversation.objects.filter(account__host=host).exists():
            tickets.load_issue_types(read_toml("issue_types.toml")["issue_type"])
            promises.load_promises(read_toml("promises.toml"))
            replies.load_canned_replies(read_toml("canned_replies.toml")["reply"], agents)
            together = read_toml("teams.toml")
            teams = desk.load_teams(together["team"], agents)
            desk.load_views(together["view"], agents)
            pages = help_centre.NamedPages(CONTENT)
            stories = {
                account["id"]: tickets.Story(
                    _members_of(account["id"], members),
                    agents,
                    teams,
                    FILES,
                    partial(pages.linked, account["id"]),
                )
                for account in content["account"]
            }
            _tell(stories)
            strangers.load_requests(read_toml("sign_in_help.toml"))
            chats.load_chats(read_toml("chats.toml")["chat"], members, agents)
            silence.fall_silent()
            promises.settle()
            _keep_quiet()
        return Conversation.objects.filter(account__host=host, kind=KIND).count()


def load_crowd(tickets: int, told: Told, host: Host | None = None) -> None:
    """Adds a crowd with so many tickets, to the demo's host or another; `told` hears how far."""
    promises.leave_the_silent_alone()
    flood.flood(host or people.load_host(), tickets, Phrases(read_toml("crowd.toml")), told)


def _members_of(account: str, members: dict[tuple[str, str], Member]) -> dict[str, Member]:
    return {person: member for (place, person), member in members.items() if place == account}


def _tell(stories: dict[str, tickets.Story]) -> None:
    """Opens the tickets of all accounts, the oldest first, so that their numbers follow age."""
    told = [
        (story, ticket) for account, story in stories.items() for ticket in _tickets_of(account)
    ]
    told.sort(key=lambda each: tickets.age(each[1]["opened"]), reverse=True)
    for story, ticket in told:
        story.tell(ticket)


def _tickets_of(account: str) -> list[dict[str, Any]]:
    name = f"tickets/{account}.toml"
    found: list[dict[str, Any]] = read_toml(name)["ticket"] if (CONTENT / name).exists() else []
    return found


def _keep_quiet() -> None:
    """Mails of made-up days are in the ledger as sent, and go to nobody; old notices are read."""
    yesterday = timezone.now() - timedelta(days=1)
    Notice.objects.filter(member=None, created_at__lt=yesterday).update(read_at=F("created_at"))
    OutgoingMail.objects.filter(sent_at=None).update(sent_at=F("created_at"))
    DBTaskResult.objects.filter(task_path=deliver.module_path, status="READY").delete()


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))
