"""How does the owner write down rules? The policy, opening times and promises, as text and back."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from itertools import pairwise
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from handrail.engines.conversations.models import Priority
from handrail.mediums.tickets.models import Policy, SlaTarget
from handrail.people.models import BusinessHours, Plan

MOST_DAYS = 365
MOST_MINUTES = 365 * 24 * 60
MOST_HOLIDAYS = 200
NEVER = _("Empty: never.")

Period = list[int | str]


class PolicyForm(forms.ModelForm[Policy]):
    remind_after_days = forms.IntegerField(
        label=_("Remind members after days of silence"),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        help_text=_("Once, by mail and notice, while we wait for their word. Empty: never."),
    )
    close_after_days = forms.IntegerField(
        label=_("Close tickets after days of silence"),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        help_text=NEVER,
    )
    follow_up_after_days = forms.IntegerField(
        label=_("Days in which an answer reopens a closed ticket"),
        min_value=0,
        max_value=MOST_DAYS * 10,
        required=False,
        help_text=_("Later, an answer opens a follow-up. Empty: it always reopens."),
    )
    warn_before_minutes = forms.IntegerField(
        label=_("Minutes before a deadline at which we warn the assignee"),
        min_value=1,
        max_value=7 * 24 * 60,
    )
    asks_for_rating = forms.BooleanField(
        label=_("Ask members how it went"),
        required=False,
        help_text=_("On the page of their closed ticket."),
    )

    class Meta:
        model = Policy
        fields = (
            "remind_after_days",
            "close_after_days",
            "follow_up_after_days",
            "warn_before_minutes",
            "asks_for_rating",
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        remind, close = cleaned.get("remind_after_days"), cleaned.get("close_after_days")
        if remind and close and close <= remind:
            self.add_error("close_after_days", _("Leave them some days after the reminder."))
        return cleaned


# --- Business hours -----------------------------------------------------------------------------


class PeriodsField(forms.CharField):
    """A day's opening times as people write them: "09:00-12:00, 13:00-17:00"."""

    def clean(self, value: Any) -> list[tuple[str, str]]:
        periods = sorted(_period(part) for part in re.split(r"[,;]", super().clean(value)) if part)
        for (_opens, closes), (opens, _closes) in pairwise(periods):
            if opens < closes:
                raise ValidationError(_("Two of these times overlap."), code="overlap")
        return periods


def _period(text: str) -> tuple[str, str]:
    words = ValidationError(
        _("“%(text)s” is not a time such as 09:00-17:00."), params={"text": text.strip()[:40]}
    )
    opens, dash, closes = re.sub(r"\s*[-–—]\s*", "-", text.strip()).partition("-")  # noqa: RUF001
    if not dash:
        raise words
    try:
        start = time.fromisoformat(_padded(opens))
        end = _padded(closes)
        if end != "24:00" and time.fromisoformat(end) <= start:
            raise words
    except ValueError:
        raise words from None
    return start.isoformat("minutes"), end[:5]


def _padded(text: str) -> str:
    """ "9" and "9:30" are times too; seconds and zones are not."""
    if not re.fullmatch(r"\d{1,2}(:\d{2})?", text, re.ASCII):
        raise ValueError(text)
    hour, _colon, minute = text.partition(":")
    return f"{hour:0>2}:{minute or '00'}"


class HolidaysField(forms.CharField):
    """One a line: a date, then its name."""

    widget = forms.Textarea(attrs={"rows": 6})

    def clean(self, value: Any) -> dict[date, str]:
        holidays = {}
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            day, _space, name = line.partition(" ")
            try:
                holidays[date.fromisoformat(day)] = name.strip()[:80]
            except ValueError:
                raise ValidationError(
                    _("“%(line)s” does not begin with a date such as 2027-01-01."),
                    params={"line": line[:80]},
                ) from None
        if len(holidays) > MOST_HOLIDAYS:
            raise ValidationError(_("Those are too many."), code="too_many")
        return holidays


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]


class HoursForm(forms.Form):
    """The week of the business hours: a field a day, named by its weekday."""

    name = forms.CharField(label=_("Name"), max_length=80)
    zoneinfo = forms.ChoiceField(label=_("Time zone"), choices=_zones)
    holidays = HolidaysField(
        label=_("Holidays"),
        required=False,
        max_length=20_000,
        help_text=_("One a line, such as “2027-01-01 New Year”. We are closed all day."),
    )

    def __init__(self, hours: BusinessHours, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=_as_text(hours))
        self.hours = hours
        for weekday, label in WEEKDAYS.items():
            self.fields[f"day_{weekday}"] = PeriodsField(
                label=label, required=False, max_length=200
            )

    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{weekday}"] for weekday in WEEKDAYS]

    def periods(self) -> list[Period]:
        return [
            [weekday, opens, closes]
            for weekday in WEEKDAYS
            for opens, closes in self.cleaned_data[f"day_{weekday}"]
        ]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if BusinessHours.objects.filter(name=name).exclude(pk=self.hours.pk).exists():
            raise ValidationError(_("There are business hours of this name already."))
        return name


def _as_text(hours: BusinessHours) -> dict[str, str]:
    days: dict[str, list[str]] = {}
    for weekday, opens, closes in sorted(hours.periods):
        days.setdefault(f"day_{weekday}", []).append(f"{opens}-{closes}")
    holidays = [f"{holiday.date} {holiday.name}" for holiday in hours.holidays.order_by("date")]
    return {
        "name": hours.name,
        "zoneinfo": hours.zoneinfo,
        "holidays": "\n".join(holidays),
        **{key: ", ".join(periods) for key, periods in days.items()},
    }


# --- Promises -----------------------------------------------------------------------------------


class MinutesField(forms.CharField):
    """A span of business time as people write it: "30m", "4h", "1h 30m"; empty: no promise."""

    widget = forms.TextInput(attrs={"size": 7, "placeholder": "—", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).strip().lower()
        if not text:
            return None
        found = re.fullmatch(r"(?:(\d{1,6})\s*h)?\s*(?:(\d{1,6})\s*m)?", text, re.ASCII)
        minutes = int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0
        if not 0 < minutes <= MOST_MINUTES:
            raise ValidationError(_("Write it as 30m, 4h or 1h 30m."), code="invalid")
        return minutes


Cell = tuple[Plan | None, int | None]


class TargetsForm(forms.Form):
    """The grid: what is promised to each plan and priority; the first of each are all."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.plans: list[Plan | None] = [None, *Plan.objects.all()]
        self.priorities: list[int | None] = [None, *Priority.values]
        kept = {(row.plan_id, row.priority): row for row in SlaTarget.objects.all()}
        for plan, priority in self._cells():
            row = kept.get((plan.pk if plan else None, priority))
            first, solution = _names(plan, priority)
            self.fields[first] = _span(_("First reply"), row.first_reply_minutes if row else None)
            self.fields[solution] = _span(_("Solution"), row.resolution_minutes if row else None)

    def _cells(self) -> Iterator[Cell]:
        return ((plan, priority) for plan in self.plans for priority in self.priorities)

    def rows(self) -> list[tuple[Any, list[tuple[Any, list[forms.BoundField]]]]]:
        """For each plan its priorities, each with its two fields; all by their names."""
        return [
            (
                plan.name if plan else _("Every plan"),
                [
                    (
                        Priority(priority).label if priority else _("Every priority"),
                        [self[name] for name in _names(plan, priority)],
                    )
                    for priority in self.priorities
                ],
            )
            for plan in self.plans
        ]

    def promises(self) -> dict[Cell, tuple[int | None, int | None]]:
        """What is promised where; where nothing is, both are None."""
        given = self.cleaned_data
        return {
            (plan, priority): (given[first], given[solution])
            for plan, priority in self._cells()
            for first, solution in [_names(plan, priority)]
        }


def _names(plan: Plan | None, priority: int | None) -> tuple[str, str]:
    cell = f"{plan.key if plan else '*'}:{priority or '*'}"
    return f"reply:{cell}", f"solution:{cell}"


def _span(label: Any, minutes: int | None) -> MinutesField:
    whole, rest = divmod(minutes or 0, 60)
    words = [f"{whole}h"] * bool(whole) + [f"{rest}m"] * bool(rest)
    return MinutesField(label=label, required=False, max_length=20, initial=" ".join(words))
