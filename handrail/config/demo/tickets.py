"""What was asked and answered in the demo? Told by the real actions, then moved back in time."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from handrail.config.demo.promises import OWNER
from handrail.engines.activity.models import Activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import (
    Conversation,
    Message,
    Priority,
    Rating,
    Score,
    Tagging,
)
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import TicketDraft
from handrail.mediums.tickets.models import IssueType, IssueTypeField, Ticket
from handrail.mediums.tickets.states import Act
from handrail.people.models import Agent, Member, Team
from handrail.people.viewer import SYSTEM, Viewer, viewer_for_agent, viewer_for_member

UNITS = {"d": "days", "h": "hours", "m": "minutes"}


class Story:
    """Tells the tickets of one account, each with its own clock."""

    def __init__(
        self,
        members: dict[str, Member],
        agents: dict[str, Agent],
        teams: dict[str, Team],
        files: Path,
        linked: Callable[[str, str], str],
    ) -> None:
        """`linked` puts the addresses of help pages below an answer, by the ticket's subject."""
        self.members = members
        self.agents = agents
        self.teams = teams
        self.files = files
        self.linked = linked
        self.now = timezone.now()

    def tell(self, ticket: dict[str, Any]) -> None:
        """Opens one ticket and plays its steps."""
        opened = self._open(ticket)
        for step in ticket.get("step", []):
            self._play(opened, step)
        conversation = opened.conversation
        if not ticket.get("unread"):
            creator = self._viewer(ticket["by"])
            conversation.refresh_from_db()
            conversations.mark_read(creator, conversation)
            Notice.objects.visible_to(creator).filter(thing_id=conversation.public_id).delete()

    def _open(self, ticket: dict[str, Any]) -> Ticket:
        viewer = self._viewer(ticket["by"])
        submit = self._follow_up if ticket.get("follow_up") else self._submit
        opened = submit(viewer, ticket)
        self._sort(opened, ticket)
        move_back(opened.conversation, self.now - age(ticket["opened"]), is_opening=True)
        return opened

    def _submit(self, viewer: Viewer, ticket: dict[str, Any]) -> Ticket:
        types = IssueType.objects.visible_to(viewer).offered()
        issue_type = types.get(name=ticket["issue_type"])
        draft = TicketDraft(
            subject=ticket["subject"],
            issue_type=issue_type,
            message=self._draft(viewer, ticket),
            is_shared=ticket.get("shared", False),
            added_addresses=ticket.get("emails", []),
            answers=_answers(issue_type, ticket.get("answers", {})),
        )
        return actions.open_ticket(viewer, draft)

    def _follow_up(self, viewer: Viewer, ticket: dict[str, Any]) -> Ticket:
        """Answers what was closed long ago, which opens a ticket of its own."""
        known = Ticket.objects.visible_to(viewer)
        earlier = known.get(conversation__subject=ticket["subject"])
        first = actions.reply(viewer, earlier, self._draft(viewer, ticket))
        return known.get(pk=first.conversation_id)

    def _sort(self, opened: Ticket, ticket: dict[str, Any]) -> None:
        """What agents do with what comes in, and who wants to hear of it."""
        desk = viewer_for_agent(next(iter(self.agents.values())), via="task")
        if "assignee" in ticket:
            actions.assign(desk, opened, self.agents[ticket["assignee"]])
        if "team" in ticket:
            actions.set_team(desk, opened, self.teams[ticket["team"]])
        if "priority" in ticket:
            actions.set_priority(desk, opened, Priority[ticket["priority"].upper()])
        for tag in ticket.get("tags", []):
            actions.add_tag(desk, opened, tag)
        for who in ticket.get("followers", []):
            actions.follow(self._viewer(who), opened)

    def _play(self, ticket: Ticket, step: dict[str, Any]) -> None:
        viewer, act = self._viewer(step["by"]), step["act"]
        if act == "note":
            actions.add_note(viewer, ticket, self._draft(viewer, step))
        elif act == "rate":
            actions.rate(viewer, ticket, Score[step["score"].upper()], step["body"])
        elif "body" in step:
            actions.reply(viewer, ticket, self._answer(viewer, ticket, step), act=Act(act))
        else:
            actions.move(viewer, ticket, Act(act))
        move_back(ticket.conversation, self.now - age(step["ago"]))

    def _answer(self, viewer: Viewer, ticket: Ticket, step: dict[str, Any]) -> Draft:
        """What a member wrote stays as it is; agents lead to the pages that they name."""
        if viewer.agent is None:
            return self._draft(viewer, step)
        body = self.linked(ticket.conversation.subject, step["body"])
        return self._draft(viewer, {**step, "body": body})

    def _viewer(self, who: str) -> Viewer:
        if who in self.agents:
            return viewer_for_agent(self.agents[who], via="task")
        return viewer_for_member(self.members[who], via="task")

    def _draft(self, viewer: Viewer, told: dict[str, Any]) -> Draft:
        ids = [self._upload(viewer, name) for name in told.get("attachments", [])]
        return Draft(body=told["body"].strip(), attachment_ids=ids)

    def _upload(self, viewer: Viewer, name: str) -> str:
        content = (self.files / name).read_bytes()
        return conversations.upload(viewer, SimpleUploadedFile(name, content)).public_id


def age(told: str) -> timedelta:
    """What the content means by "8d 20h"."""
    parts = {UNITS[unit]: int(count) for count, unit in re.findall(r"(\d+)([dhm])", told)}
    return timedelta(**parts)


def load_issue_types(types: Iterable[dict[str, Any]]) -> None:
    """The demo's issue types with their own fields; those of a new installation are retired."""
    kept = []
    for position, given in enumerate(types, start=1):
        made = actions.add_issue_type(
            name=given["name"],
            description=given["description"],
            account_kind=given["kind"],
            position=position,
        )
        _load_fields(made, given.get("field", []))
        kept.append(made.pk)
    for other in IssueType.objects.filter(retired_at=None).exclude(pk__in=kept):
        actions.retire_issue_type(other)


def _load_fields(issue_type: IssueType, fields: Iterable[dict[str, Any]]) -> None:
    made: dict[str, IssueTypeField] = {}
    for given in fields:
        made[given["label"]] = actions.add_field(
            OWNER,
            issue_type,
            label=given["label"],
            kind=given["kind"],
            help_text=given.get("help_text", ""),
            choices=given.get("choices", []),
            is_required=given.get("required", False),
            shown_when=made.get(given.get("shown_when", "")),
            shown_value=given.get("shown_value", ""),
        )


def _answers(issue_type: IssueType, told: dict[str, str]) -> dict[str, str]:
    """What the content says by labels, as a ticket keeps it."""
    fields = {field.label: field.public_id for field in issue_type.fields.all()}
    return {fields[label]: text for label, text in told.items()}


def move_back(conversation: Conversation, at: datetime, *, is_opening: bool = False) -> None:
    """What was written just now was written `at`. History is made up nowhere but here."""
    just_now = timezone.now() - timedelta(minutes=5)
    rows = Conversation.objects.filter(pk=conversation.pk)
    if is_opening:
        rows.update(created_at=at)
    rows.filter(last_message_at__gt=just_now).update(last_message_at=at)
    Tagging.objects.filter(conversation=conversation, last_message_at__gt=just_now).update(
        last_message_at=at
    )
    rows.filter(closed_at__gt=just_now).update(closed_at=at)
    messages = Message.objects.filter(conversation=conversation, created_at__gt=just_now)
    messages.update(created_at=at)
    ratings = Rating.objects.filter(conversation=conversation, created_at__gt=just_now)
    ratings.update(created_at=at)
    first = Ticket.objects.visible_to(SYSTEM).filter(conversation=conversation)
    first.filter(first_replied_at__gt=just_now).update(first_replied_at=at)
    told = {"thing_id": conversation.public_id, "created_at__gt": just_now}
    Notice.objects.filter(**told).update(created_at=at)
    OutgoingMail.objects.filter(**told).update(created_at=at)
    happened = Activity.objects.filter(public_id=conversation.public_id, at__gt=just_now)
    happened.update(at=at)
