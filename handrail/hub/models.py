"""What does the owner choose about the Help menu? Order, labels, icons and who sees what."""

from django.db import models

from handrail.hub.access import MediumOfferQuerySet


class MediumOffer(models.Model):
    """A medium as this installation offers it. Empty label, blurb or icon: the medium's own."""

    medium = models.CharField(max_length=32, unique=True)
    position = models.PositiveSmallIntegerField()
    is_on = models.BooleanField(default=True)
    audience = models.ForeignKey("people.Audience", on_delete=models.PROTECT)
    label = models.CharField(max_length=40, blank=True)
    blurb = models.CharField(max_length=200, blank=True)
    icon = models.CharField(max_length=40, blank=True)

    objects = MediumOfferQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.medium
