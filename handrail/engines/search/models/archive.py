"""What does the archive hold? The words of conversations, with who may find them beside."""

from django.db import models


class Layer(models.TextChoices):
    """Internal notes are rows of their own, in a scope that no member searches."""

    PUBLIC = "public"
    NOTES = "notes"


class ArchiveEntry(models.Model):
    """Words of one conversation; a very long one goes on in a next part.

    Beside this table, a migration makes the index: FTS5 on SQLite, kept up by triggers; on
    PostgreSQL a column `vector` with a GIN index, written by `actions`.
    """

    medium = models.CharField(max_length=16)
    thing_id = models.BigIntegerField()
    """The primary key of the conversation: the archive knows no other table."""
    layer = models.CharField(max_length=8, choices=Layer)
    part = models.PositiveSmallIntegerField(default=0)
    scope = models.CharField(max_length=200)
    """Who finds it: terms that stand beside the words inside every match."""
    words = models.TextField()
    """Tokens as `words.tokens` makes them, with a blank between."""

    objects: models.Manager["ArchiveEntry"] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["thing_id", "medium", "layer", "part"], name="archive_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.medium} {self.thing_id} {self.layer} {self.part}"
