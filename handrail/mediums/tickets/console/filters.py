"""What does an agent narrow the queue by? Allow-listed words in the address, and nothing else.

Each key is a field here; what is not one of its values narrows nothing. No name of a column ever
comes from a request.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import RegexValidator
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import PublicIdConverter
from handrail.engines.conversations.models import Priority, Tag
from handrail.mediums.tickets.models import IssueType
from handrail.mediums.tickets.states import WAITING_ON_US, Status
from handrail.people.models import Account, Agent, Team, TeamMembership
from handrail.people.viewer import Viewer

VIEWS = {
    "waiting": _("Waiting on us"),
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "all": _("All"),
    "closed": _("Closed"),
}
"""The views of the queue in their order; the first is the one an agent comes to."""

SORTS = {
    "last": _("Last word"),
    "newest": _("Newest"),
    "priority": _("Priority"),
    "due": _("Due soonest"),
}

ALIVE = Q(closed_at=None)
"""Said beside every status but "closed": so a small index serves, whatever else is in the table."""

SHUT = Q(closed_at__isnull=False)
"""Closed, in words that no index begins with: beside what has its own indexes, lest SQLite takes
the one of all that is closed."""

SOON = timedelta(hours=4)
"""What is due within this time is due soon."""

ME, NOBODY, MINE = "me", "nobody", "mine"

_ID = RegexValidator(rf"\A{PublicIdConverter.regex}\Z")


class QueueFilters(forms.Form):
    """What an agent chose, all of it combined with AND."""

    view = forms.ChoiceField(choices=list(VIEWS.items()), required=False)
    q = forms.CharField(max_length=200, required=False)
    status = forms.ChoiceField(choices=Status.choices, required=False)
    assignee = forms.CharField(max_length=22, required=False)
    team = forms.CharField(max_length=22, required=False)
    priority = forms.ChoiceField(choices=Priority.choices, required=False)
    tag = forms.CharField(max_length=40, required=False)
    issue_type = forms.CharField(max_length=22, validators=[_ID], required=False)
    account = forms.CharField(max_length=22, validators=[_ID], required=False)
    due = forms.ChoiceField(choices=[("soon", _("Soon")), ("over", _("Overdue"))], required=False)
    sort = forms.ChoiceField(choices=list(SORTS.items()), required=False)

    chosen: dict[str, str]
    """What is in force: only keys and values that are known."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__(given)
        self.full_clean()
        self.chosen = {key: str(value) for key, value in self.cleaned_data.items() if value}

    @property
    def view_name(self) -> str:
        return self.chosen.get("view") or next(iter(VIEWS))

    @property
    def sort_name(self) -> str:
        return self.chosen.get("sort") or next(iter(SORTS))

    @property
    def narrowing(self) -> dict[str, str]:
        """What is chosen beside the view and the order."""
        return {key: v for key, v in self.chosen.items() if key not in ("view", "sort")}

    def address(self, **changes: str) -> str:
        """The query of an address that keeps all of it, but for the changes."""
        kept = {**self.chosen, **changes}
        return urlencode({key: value for key, value in kept.items() if value})

    def clean_assignee(self) -> str:
        return _one_of_or_id(self.cleaned_data["assignee"], ME, NOBODY)

    def clean_team(self) -> str:
        return _one_of_or_id(self.cleaned_data["team"], MINE, NOBODY)

    def clean_tag(self) -> str:
        return str(self.cleaned_data["tag"]).lower()

    def where(self, viewer: Viewer) -> Q:
        """The rule that a ticket of this list fulfils."""
        chosen = self.narrowing
        rule = view_rule(viewer, self.view_name)
        if not _IN_EVERY_ORDER.isdisjoint(chosen):
            rule = SHUT if self.view_name == "closed" else rule
            if chosen.get("status") == Status.CLOSED:
                rule, chosen = rule & SHUT, {**chosen, "status": ""}
        rules = _RULES | _RULES_OF_THE_LIVING if self._is_alive else _RULES
        for key, value in chosen.items():
            if key in rules and value:
                rule &= rules[key](viewer, value)
        return rule

    @property
    def _is_alive(self) -> bool:
        """Whether the list holds nothing that is closed."""
        is_of_all = self.view_name in ("all", "closed")
        return not is_of_all or self.chosen.get("status", Status.CLOSED) != Status.CLOSED


def view_rule(viewer: Viewer, view: str) -> Q:
    """The views of the queue; an unknown one is the first."""
    me = viewer.agent.pk if viewer.agent else None
    waiting = ALIVE & Q(status__in=WAITING_ON_US)
    return {
        "mine": ALIVE & Q(assignee_id=me),
        "unassigned": waiting & Q(assignee=None),
        "waiting": waiting,
        "all": Q(),
        "closed": Q(status=Status.CLOSED),
    }.get(view, waiting)


def options(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen of what has rows: agents, teams and issue types. One query."""
    viewer.require("conversations.work")
    named = [
        ("assignee", Agent.objects.filter(is_active=True)),
        ("team", Team.objects.filter(retired_at=None)),
        ("issue_type", IssueType.objects.visible_to(viewer).filter(retired_at=None)),
    ]
    rows = [
        found.order_by().values_list(
            Value(key, output_field=CharField()), "public_id", Cast("name", CharField())
        )
        for key, found in named
    ]
    chosen: dict[str, list[tuple[str, str]]] = {key: [] for key, _rows in named}
    for key, public_id, name in sorted(rows[0].union(*rows[1:], all=True), key=lambda row: row[2]):
        chosen[key].append((public_id, name))
    return chosen


def _one_of_or_id(value: str, *words: str) -> str:
    if value and value not in words:
        _ID(value)
    return value


def _by_assignee(viewer: Viewer, value: str) -> Q:
    if value == NOBODY:
        return Q(assignee=None)
    if value == ME:
        return Q(assignee_id=viewer.agent.pk if viewer.agent else None)
    return Q(assignee_id=Agent.objects.filter(public_id=value).values("pk")[:1])


def _by_team(viewer: Viewer, value: str) -> Q:
    if value == NOBODY:
        return Q(team=None)
    if value == MINE:
        return Q(team_id__in=TeamMembership.objects.filter(agent=viewer.agent).values("team_id"))
    return Q(team_id=Team.objects.filter(public_id=value).values("pk")[:1])


def _by_status(_viewer: Viewer, value: str) -> Q:
    return Q(status=value) if value == Status.CLOSED else ALIVE & Q(status=value)


def _by_tag(_viewer: Viewer, value: str) -> Q:
    """A join, and not EXISTS: so a list can stand in the order of the tag's own index."""
    return Q(taggings__tag_id=_key_of(Tag.objects.filter(name=value)))


def _by_issue_type(viewer: Viewer, value: str) -> Q:
    return Q(category=_key_of(IssueType.objects.visible_to(viewer).filter(public_id=value)))


def _key_of(rows: QuerySet[Any]) -> int:
    """Asked before the list is, which tells PostgreSQL how rare it is; 0, which nothing has, where
    there is no such row. One query."""
    return rows.values_list("pk", flat=True).first() or 0


def _by_due(_viewer: Viewer, value: str) -> Q:
    now = timezone.now()
    if value == "over":
        return Q(due_at__isnull=False, due_at__lt=now)
    return Q(due_at__isnull=False, due_at__gte=now, due_at__lt=now + SOON)


_RULES = {
    "status": _by_status,
    "assignee": _by_assignee,
    "team": _by_team,
    "priority": lambda _viewer, value: Q(priority=int(value)),
    "tag": _by_tag,
    "issue_type": _by_issue_type,
    "account": lambda _viewer, value: Q(
        account_id=Account.objects.filter(public_id=value).values("pk")[:1]
    ),
    "due": _by_due,
}
"""How each key narrows; the search is the list's own, since it asks the index first."""

_RULES_OF_THE_LIVING = {
    "issue_type": lambda _viewer, value: Q(ticket__issue_type__public_id=value),
}
"""What is alive is little: its own index is followed, past what is of another type."""

_IN_EVERY_ORDER = {"priority", "tag", "issue_type"}
"""The keys that have an index with each order of all that there is."""
