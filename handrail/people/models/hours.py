"""When are we there?"""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import PUBLIC_ID_LENGTH, public_id


class BusinessHours(models.Model):
    """A week of opening times in a zone of its own, with holidays.

    `periods` is a list of `[weekday, opens, closes]`: Monday is 0, times are "HH:MM" on the local
    clock, "24:00" is midnight at the day's end; several a day where there is a break. A period
    does not cross midnight: two do.
    """

    public_id = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, editable=False, default=public_id
    )
    name = models.CharField(_("name"), max_length=80, unique=True)
    zoneinfo = models.CharField(_("time zone"), max_length=64, default="UTC")
    periods = models.JSONField(_("opening times"), default=list)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = _("business hours")

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zoneinfo)


class Holiday(models.Model):
    """A local date on which we are closed all day."""

    hours = models.ForeignKey(
        BusinessHours, on_delete=models.CASCADE, related_name="holidays", db_index=False
    )
    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering: ClassVar = ["date"]
        constraints: ClassVar = [
            UniqueConstraint(fields=["hours", "date"], name="people_holiday_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.name}"
