"""What do the components on /console/design show? Made-up examples in every state."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils import timezone

from handrail.base import plots
from handrail.base.markdown import render
from handrail.hub.medium import Lock, MenuItem

SHORT = "Payout for March is missing"
LONG = (
    "Conversions from the spring campaign are counted twice in the partner report since "
    "the tracking domain was changed"
)


class SpecimenForm(forms.Form):
    """Fields of each kind; it is shown and never sent."""

    subject = forms.CharField(help_text="One sentence says it best.")
    issue_type = forms.ChoiceField(
        choices=[("", "Choose one"), ("money", "Payments and Finance"), ("login", "Login")]
    )
    description = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    answer = forms.ChoiceField(
        choices=[("mail", "By mail"), ("phone", "By phone")], widget=forms.RadioSelect
    )
    is_shared = forms.BooleanField(
        label="Ticket access",
        required=False,
        help_text="Everyone in the account can see this ticket.",
    )
    addresses = forms.CharField(label="Email addresses", required=False)


def specimens() -> dict[str, Any]:
    """The design page's context. Costs no query."""
    now = timezone.now()
    return {
        "columns": [_column("light"), _column("dark")],
        "now": now,
        "yesterday": now - dt.timedelta(days=1),
        "long_ago": now - dt.timedelta(days=500),
        "short": SHORT,
        "long": LONG,
        "statuses": _statuses(),
        "tiles": _tiles(),
        "attachments": _attachments(),
        "tabs": [
            {"label": "Mine", "url": "#", "is_current": True, "count": 4},
            {"label": "Unassigned", "url": "#", "count": 12},
            {"label": "Closed", "url": "#"},
        ],
        "said": [Message(messages.WARNING, "Your password expires tomorrow.")],
        "choices": [("all", "All"), ("unread", "Unread"), ("read", "Read")],
        "plot": _plot(),
        "plot_kinds": [("answered", "Answered"), ("nothing", "Not answered")],
        "crumbs": [{"label": "Help Docs", "url": "#"}, {"label": "Payments", "url": "#"}],
    }


def _plot() -> plots.Plot:
    """Fourteen days, one of them without anything."""
    counts = [(12, 3), (9, 4), (14, 2), (0, 0), (17, 6), (15, 1), (11, 2)] * 2
    columns = [
        plots.Column(f"{day} Nov", f"{day} Nov\n{right} answered, {not_} not", (right, not_))
        for day, (right, not_) in enumerate(counts, start=1)
    ]
    return plots.drawn(columns, ["answered", "nothing"])


def _column(scheme: str) -> dict[str, Any]:
    """One scheme's half of the page, with ids of its own."""
    filled = {"subject": SHORT, "addresses": "finance@acme.example, bookkeeping@acme.example"}
    wrong = SpecimenForm({"subject": "", "description": "x"}, prefix=f"{scheme}-wrong")
    wrong.add_error(None, "Two things below need another look.")
    wrong.add_error("subject", "Please say in a few words what this is about.")
    return {
        "scheme": scheme,
        "form": SpecimenForm(initial=filled, prefix=scheme),
        "wrong": wrong,
        "dialog": f"{scheme}-dialog",
        "picker": f"{scheme}-picker",
        "menu": f"{scheme}-menu",
        "page": _page(scheme),
    }


class _Nowhere:
    """Every page leads to this one; the one picture is our mark."""

    def page(self, address: str) -> str | None:
        return "#main" if address.endswith(".md") else None

    def file(self, address: str) -> str | None:
        return static("base/mark.svg")


@cache
def _page(scheme: str) -> str:
    """A page of every block, whose anchors are named by the scheme since the page has two."""
    written = Path(__file__).with_name("design.md").read_text(encoding="utf-8")
    return render(written.replace("SCHEME", scheme), targets=_Nowhere(), language="en").html


def _statuses() -> list[tuple[str, str]]:
    return [
        ("open", "Open"),
        ("in_progress", "In Progress"),
        ("awaiting_response", "Awaiting your response"),
        ("solution_offered", "Solution Offered"),
        ("closed", "Closed"),
    ]


def _tiles() -> list[MenuItem]:
    lock = Lock("Meetings belong to the Enterprise plan.", "Ask about it", "#")
    return [
        MenuItem("docs", "Help Docs", "Read how things work, or ask.", "book-open", "#"),
        MenuItem("tickets", "Tickets", "Write to us and follow it here.", "ticket", "#", badge=2),
        MenuItem("booking", "Book Time", "", "calendar-clock", "#", lock=lock),
    ]


PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='960' height='540'%3E"
    "%3Crect width='960' height='540' fill='%230e6a54'/%3E"
    "%3Ccircle cx='480' cy='270' r='120' fill='%23f0c272'/%3E%3C/svg%3E"
)


def _attachments() -> list[dict[str, Any]]:
    return [
        {"name": "Screenshot of the balance page.png", "size": 482_133, "is_image": True},
        {"name": "banner.png", "size": 31_400, "is_image": True, "thumbnail_url": PICTURE},
        {"name": "invoice-march.pdf", "size": 88_211},
    ]
