"""Which chats were there? Filters and words, a page at a time, by key and not by offset."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import F, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from handrail.base.among import Among
from handrail.engines.conversations.access import WORK, ConversationQuerySet, visible_conversations
from handrail.engines.conversations.archive import find
from handrail.engines.conversations.models import Conversation, Score
from handrail.engines.search.excerpts import Part
from handrail.engines.search.words import Clause, question
from handrail.mediums.chat.console import availability
from handrail.mediums.chat.crew import ROLES
from handrail.mediums.chat.lists import excerpts
from handrail.mediums.chat.models import Reason
from handrail.mediums.chat.states import KIND, Status
from handrail.people.models import Agent
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

PAGE = 25
NO_RATING = "none"
NOBODY = "nobody"


class PastForm(forms.Form):
    """What the list is narrowed by; what makes no sense narrows nothing."""

    q = forms.CharField(required=False, max_length=200)
    agent = forms.CharField(required=False, max_length=32)
    reason = forms.ChoiceField(choices=[("", _("All")), *Reason.choices], required=False)
    rating = forms.ChoiceField(
        choices=[("", _("All")), *Score.choices, (NO_RATING, _("Not rated"))], required=False
    )
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)


@dataclass(frozen=True)
class Filters:
    chosen: dict[str, Any]

    @classmethod
    def of(cls, given: QueryDict) -> "Filters":
        form = PastForm(given)
        form.is_valid()
        return cls({name: value for name, value in form.cleaned_data.items() if value})

    @property
    def narrowing(self) -> bool:
        return bool(self.chosen)

    def address(self, **changes: str) -> str:
        query = QueryDict(mutable=True)
        values = {name: str(value) for name, value in self.chosen.items()} | changes
        query.update({name: value for name, value in values.items() if value})
        return query.urlencode()

    def where(self) -> Q:
        rule = Q()
        chosen = self.chosen
        if agent := chosen.get("agent"):
            nobody = agent == NOBODY
            rule &= Q(assignee=None) if nobody else Q(assignee__public_id=agent)
        if reason := chosen.get("reason"):
            rule &= Q(chat__reason=reason)
        if rating := chosen.get("rating"):
            rule &= Q(rating=None) if rating == NO_RATING else Q(rating__score=int(rating))
        if since := chosen.get("since"):
            rule &= Q(last_message_at__gte=_begin(since))
        if until := chosen.get("until"):
            rule &= Q(last_message_at__lt=_begin(until + timedelta(days=1)))
        return rule


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(WORK)
    filters = Filters.of(request.GET)
    chats, before = page_of(request.viewer, filters, request.GET.get("before", ""))
    asked = question(filters.chosen.get("q", ""))
    said = _said(request.viewer, chats, asked)
    context = {
        "part": "past",
        "filters": filters,
        "rows": [(chat, said.get(chat.pk)) for chat in chats],
        "more_url": f"?{filters.address(before=before)}" if before else "",
        "agents": _agents(),
        "reasons": Reason.choices,
        "ratings": [*Score.choices, (NO_RATING, _("Not rated"))],
        **availability.context(request),
    }
    is_more = request.htmx and "before" in request.GET
    page = "chat/console/_past_rows.html" if is_more else "chat/console/past.html"
    return render(request, page, context)


def _said(viewer: Viewer, chats: list[Conversation], asked: list[Clause]) -> dict[int, list[Part]]:
    """Where the words were said, but where the subject says no less. One query, if any."""
    if not (asked and chats):
        return {}
    subjects = {chat.pk: chat.subject for chat in chats}
    found = excerpts(viewer, list(subjects), asked)
    return {
        pk: parts
        for pk, parts in found.items()
        if "".join(part.text for part in parts) != subjects[pk]
    }


def page_of(viewer: Viewer, filters: Filters, before: str) -> tuple[list[Conversation], str]:
    """Ended chats, the newest first, and the key of what comes after them. Two queries at most."""
    chats = _found(viewer, filters).filter(status=Status.ENDED).filter(filters.where())
    if key := _read_key(before):
        at, pk = key
        chats = chats.filter(Q(last_message_at__lt=at) | Q(last_message_at=at, pk__lt=pk))
    rows = chats.select_related("account", "creator__person", "assignee", "rating")
    found = list(rows.select_related("chat__ticket").newest_first()[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.last_message_at.isoformat()}~{last.pk}" if last else ""


def _found(viewer: Viewer, filters: Filters) -> ConversationQuerySet:
    """All chats, or those that hold the words; none for words that say nothing."""
    chats = visible_conversations(viewer).of_kind(KIND)
    sought = filters.chosen.get("q", "")
    asked = question(sought)
    if asked:
        return chats.filter(Among(F("pk"), find(viewer, KIND, asked)))
    return chats.none() if sought.strip() else chats


def _begin(day: date) -> datetime:
    """The day's first moment where the agent is."""
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _read_key(text: str) -> tuple[datetime, int] | None:
    at, _tilde, pk = text.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    if moment.tzinfo is None or not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return moment, int(pk)


def _agents() -> list[tuple[str, str]]:
    """Whoever could have answered, also those who have left."""
    agents = Agent.objects.filter(role__in=ROLES).order_by("name")
    return list(agents.values_list("public_id", "name"))
