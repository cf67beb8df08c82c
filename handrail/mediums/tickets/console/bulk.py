"""What does an agent do with several tickets at once?"""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from handrail.base.ids import is_public_id
from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import Priority
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import Change
from handrail.mediums.tickets.actions.bulk import MOST_AT_ONCE
from handrail.mediums.tickets.console.ticket import assignable
from handrail.mediums.tickets.models import BulkChange, Ticket
from handrail.mediums.tickets.states import Act
from handrail.mediums.tickets.views import INVALID
from handrail.people.models import Team
from handrail.people.requests import ViewerRequest

TO_ALL = {
    "assignee": gettext_lazy("Assignee"),
    "team": gettext_lazy("Team"),
    "priority": gettext_lazy("Priority"),
    "tag": gettext_lazy("Tag"),
    "act": gettext_lazy("Status"),
}


class BulkForm(forms.Form):
    """One field and its new value; nobody and no team are said by an empty one."""

    field = forms.ChoiceField(choices=list(TO_ALL.items()))
    value = forms.CharField(max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "field" in data and "value" in data:
            data["value"] = self._value(data["field"], data["value"])
        return data

    def _value(self, field: str, given: str) -> Any:
        if field in ("assignee", "team"):
            return self._named(field, given) if given else None
        if field == "priority" and given in {str(value) for value in Priority.values}:
            return int(given)
        if field == "tag":
            return actions.tag_name(given)
        if field == "act" and given in (Act.CLOSE, Act.REOPEN):
            return given
        raise ValidationError(_("That cannot be done with several tickets."))

    def _named(self, field: str, public_id: str) -> Any:
        rows: Any = assignable() if field == "assignee" else Team.objects.filter(retired_at=None)
        found = rows.filter(public_id=public_id).first() if is_public_id(public_id) else None
        if found is None:
            raise ValidationError(_("Choose one that is there."))
        return found


@require_POST
def change(request: ViewerRequest) -> HttpResponse:
    """Changes the tickets that were chosen; says what could not be done, and offers Undo."""
    request.viewer.require(WORK)
    form = BulkForm(request.POST)
    tickets = _chosen(request)
    if not form.is_valid() or not tickets:
        problem = next(iter(form.errors.values()))[0] if form.errors else _("Choose tickets first.")
        return render(request, "tickets/desk/_outcome.html", {"problem": problem}, status=INVALID)
    done = Change(form.cleaned_data["field"], form.cleaned_data["value"])
    outcome = actions.change_many(request.viewer, tickets, done)
    answer = render(request, "tickets/desk/_outcome.html", {"outcome": outcome})
    return _say(answer, _changed(len(outcome.changed)), outcome.bulk if outcome.changed else None)


@require_POST
def undo(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Takes one's own bulk change back."""
    request.viewer.require(WORK)
    bulk = BulkChange.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if bulk is None:
        raise Http404
    restored = actions.undo(request.viewer, bulk)
    text = ngettext("%(count)s ticket is as before", "%(count)s tickets are as before", restored)
    return _say(HttpResponse(), text % {"count": restored})


def _chosen(request: ViewerRequest) -> list[Ticket]:
    """The tickets that were ticked, as far as there are such, and not more than are allowed."""
    ids = [given for given in request.POST.getlist("ticket") if is_public_id(given)][:MOST_AT_ONCE]
    tickets = Ticket.objects.visible_to(request.viewer).filter(conversation__public_id__in=ids)
    return list(tickets.select_related("conversation"))


def _changed(count: int) -> str:
    text = ngettext("%(count)s ticket changed", "%(count)s tickets changed", count)
    return text % {"count": count}


def _say(answer: HttpResponse, text: str, bulk: BulkChange | None = None) -> HttpResponse:
    toast: dict[str, Any] = {"text": text}
    if bulk:
        url = reverse("tickets-desk:undo", args=[bulk.public_id])
        toast["action"] = {"label": _("Undo"), "url": url}
    answer["HX-Trigger"] = json.dumps({"handrail:toast": toast, "queue-changed": {}})
    return answer
