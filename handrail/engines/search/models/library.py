"""What does the library hold? Pages that are read, their passages, and what these mean.

The engine knows no other table: a page is the name that its medium calls it by. What is searched is
made of these rows, in the memory of every process; the rows say what is true.
"""

from django.db import models


class LibraryPage(models.Model):
    """One page in one language, whole."""

    medium = models.CharField(max_length=16)
    thing_id = models.CharField(max_length=200)
    """The public id of the page in its medium."""
    language = models.CharField(max_length=16)
    audience_id = models.BigIntegerField(null=True)
    """Who may find it; null: everybody."""
    title = models.TextField()
    summary = models.TextField()
    questions = models.TextField(default="")
    """What its author says that it answers, one a line."""
    words = models.TextField()
    """Tokens of the title, and of the summary and the questions, as `words.tokens` makes them,
    parted by BREAK."""
    text_hash = models.CharField(max_length=64)
    """Of title and summary, as they are embedded."""
    digest = models.CharField(max_length=64)
    """Of all that was put, so that the same page again costs nothing."""

    objects: models.Manager["LibraryPage"] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["medium", "thing_id", "language"], name="library_page_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.medium} {self.thing_id} {self.language}"


class LibraryEntry(models.Model):
    """One passage: what stands under a heading, or a window of it. Replaced, never changed."""

    page = models.ForeignKey(LibraryPage, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    """Its place in the page, from 0."""
    heading_path = models.TextField()
    """From the outermost heading to its own, joined by PATH; empty for the lead."""
    anchor = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    text = models.TextField()
    words = models.TextField()
    """Tokens of its own heading, of those above, and of the text, parted by BREAK."""
    repeated = models.PositiveIntegerField(default=0)
    """So many tokens of the text also end the window before."""
    text_hash = models.CharField(max_length=64, db_index=True)
    """Of the text as it is embedded, with title and headings."""

    objects: models.Manager["LibraryEntry"] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["page", "number"], name="library_entry_once"),
        )

    def __str__(self) -> str:
        return f"{self.page_id} {self.number}"


class LibraryVector(models.Model):
    """What a text means, as one model says. Computed once for each text."""

    text_hash = models.CharField(max_length=64)
    model = models.CharField(max_length=32)
    vector = models.BinaryField()
    """Numbers of 16 bits: 768 bytes, and cosines to three places."""
    pieces = models.BinaryField(default=bytes)
    """What each sentence, step and row means in the light of the whole; see `library.pieces`."""
    made_at = models.DateTimeField(auto_now_add=True)

    objects: models.Manager["LibraryVector"] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["text_hash", "model"], name="library_vector_once"),
        )

    def __str__(self) -> str:
        return self.text_hash


class LibraryStamp(models.Model):
    """One row, that every change of the library writes anew in its transaction.

    Drawn by lot, not counted: a restored backup must not meet a number that was there before.
    """

    stamp = models.CharField(max_length=32)
    changed_at = models.DateTimeField(auto_now=True)

    objects: models.Manager["LibraryStamp"] = models.Manager()

    def __str__(self) -> str:
        return self.stamp


class Synonym(models.Model):
    """Who asks for `words` also asks, half as much, for `means`."""

    language = models.CharField(max_length=16)
    words = models.CharField(max_length=100)
    means = models.CharField(max_length=100)

    objects: models.Manager["Synonym"] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["language", "words", "means"], name="library_synonym_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.words} → {self.means}"


class SearchMiss(models.Model):
    """What was asked and not found, without what could tell who asked."""

    language = models.CharField(max_length=16)
    question = models.CharField(max_length=200)
    asked = models.PositiveIntegerField(default=1)
    last_asked_at = models.DateTimeField()

    objects: models.Manager["SearchMiss"] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["language", "question"], name="search_miss_once"),
        )

    def __str__(self) -> str:
        return self.question
