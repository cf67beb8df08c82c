"""What do we remember of the help centre? Sections, their pages, and how pages came to be."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from handrail.base.ids import public_id
from handrail.mediums.docs.access import (
    AssetQuerySet,
    ImportRunQuerySet,
    PageQuerySet,
    RedirectQuerySet,
    SectionQuerySet,
    SourceQuerySet,
)

LONGEST_PATH = 400


class Section(models.Model):
    """A help centre within the help centre: for brands, for partners, for everything else."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    title = models.CharField(_("title"), max_length=120)
    description = models.CharField(_("description"), max_length=300, blank=True)
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    language = models.CharField(max_length=35, default="en")
    """In which its pages are written first; the others are translations of these."""
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    """Grows with every change of a page or of the order: what caches and ETags hold on to."""

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("section")

    def __str__(self) -> str:
        return self.title


class Page(models.Model):
    """A help page as it is read, or a category (`is_group`): a name in the tree without a text.

    `path` is the address within section and language. `html`, `outline` and `passages` are drawn
    from `body` when it is published, never when it is read. What an editor works on is in `Draft`.
    """

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="pages")
    language = models.CharField(max_length=35)
    original = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="translations"
    )
    """The page in the section's own language that this one translates."""
    translated_number = models.PositiveIntegerField(null=True)
    """The revision of the original that was translated; behind it, the translation is stale."""
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveIntegerField(default=0)
    """Among its siblings."""
    rank = models.PositiveIntegerField(default=0)
    """In reading order through section and language: what is before and after it."""
    trail = models.JSONField(default=list)
    """Primary keys of the pages above it, the topmost first."""
    slug = models.CharField(max_length=120)
    path = models.CharField(max_length=LONGEST_PATH)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True)
    icon = models.CharField(max_length=40, blank=True)
    keywords = models.JSONField(default=list)
    """Words that people look for it by, and that its text does not say."""
    questions = models.JSONField(default=list)
    """What a reader of this page may want to ask."""
    body = models.TextField(blank=True)
    """Markdown, as it was published."""
    html = models.TextField(blank=True)
    outline = models.JSONField(default=list)
    """`[level, text, anchor]` for every heading."""
    is_group = models.BooleanField(default=False)
    is_published = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    audience = models.ForeignKey("people.Audience", null=True, on_delete=models.PROTECT)
    """Who may read it; None: everybody, signed in or not."""
    number = models.PositiveIntegerField(default=0)
    """Of its latest revision."""
    published_at = models.DateTimeField(null=True)
    """When its words last changed for readers."""
    drawn_by = models.PositiveSmallIntegerField(default=0)
    """The version of the renderer that drew `html`: an older one draws it anew."""
    source = models.ForeignKey("Source", null=True, on_delete=models.SET_NULL)
    source_path = models.CharField(max_length=LONGEST_PATH, blank=True)
    """The file that it came from, within its section's folder; empty: written here."""
    source_hash = models.CharField(max_length=64, blank=True)
    """Of that file, and of what else decides what comes of it (half each, SHA-256): an import
    leaves what did not change alone. Empty for a page whose file went."""
    front = models.JSONField(default=dict)
    """Front matter that we have no use for, kept for the export."""
    good = models.PositiveIntegerField(default=0)
    """How many readers found it helpful."""
    assets: "models.ManyToManyField[Asset, PageAsset]" = models.ManyToManyField(
        "Asset", through="PageAsset", related_name="pages"
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("help page")
        constraints = (
            models.UniqueConstraint(fields=["section", "language", "path"], name="page_path_once"),
        )
        indexes = (
            models.Index(fields=["section", "language", "rank"], name="page_in_order"),
            models.Index(fields=["section", "language", "parent"], name="page_below"),
            models.Index(
                fields=["section", "source_path"],
                name="page_of_file",
                condition=~Q(source_path=""),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Draft(models.Model):
    """What an editor works on, while readers still read what was published. One a page."""

    page = models.OneToOneField(
        Page, primary_key=True, on_delete=models.CASCADE, related_name="draft"
    )
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    based_on = models.PositiveIntegerField(default=0)
    """The revision that it began with: publishing over a newer one is stopped."""
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.SET_NULL)
    saved_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.title} (draft)"


class Revision(models.Model):
    """What a page said from one publishing to the next. Never changed."""

    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="revisions", db_index=False
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)
    agent = models.ForeignKey("people.Agent", null=True, on_delete=models.SET_NULL)
    """None: an import."""
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["page", "number"], name="revision_once"),)

    def __str__(self) -> str:
        return f"{self.page} {self.number}"


class Redirect(models.Model):
    """An address that a page had, and that still leads to it."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, db_index=False)
    language = models.CharField(max_length=35)
    path = models.CharField(max_length=LONGEST_PATH)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="redirects")

    objects = RedirectQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["section", "language", "path"], name="redirect_path_once"
            ),
        )

    def __str__(self) -> str:
        return self.path


def asset_path(asset: "Asset", name: str) -> str:
    """Where the store keeps it: by its content, never by a name that somebody gave."""
    return f"docs/{asset.sha256[:2]}/{asset.sha256}"


class Asset(models.Model):
    """A picture or a file of the pages of one section."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=LONGEST_PATH)
    """Within the section's folder; for what was pasted in the editor, a name of ours."""
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    """Pixels of a picture: its place in the page is known before it has come."""
    file = models.FileField(upload_to=asset_path, max_length=120)
    preview = models.FileField(upload_to=asset_path, max_length=120, blank=True)
    """The picture drawn anew, the only thing that is shown inside a page."""
    created_at = models.DateTimeField(default=timezone.now)

    objects = AssetQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["section", "path"], name="asset_once"),)

    def __str__(self) -> str:
        return self.path


class PageAsset(models.Model):
    """A file that stands in a published page: whoever may read the page may load it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, db_index=False)
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["page", "asset"], name="page_asset_once"),)

    def __str__(self) -> str:
        return f"{self.page}: {self.asset}"


class Source(models.Model):
    """A git repository whose pages are imported again and again; they are not edited here."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    url = models.CharField(_("address"), max_length=500)
    branch = models.CharField(_("branch"), max_length=100, blank=True)
    folder = models.CharField(_("folder"), max_length=LONGEST_PATH, blank=True)
    section_slug = models.CharField(max_length=60, blank=True)
    """Into which section; empty: each folder of the tree is one, as its SUMMARY.md tells."""
    every_minutes = models.PositiveIntegerField(null=True, default=60)
    """How often it is pulled; None: only by its webhook or by hand."""
    hook_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the secret in its webhook's address; empty: it has none."""
    commit = models.CharField(max_length=64, blank=True)
    pulled_at = models.DateTimeField(null=True)
    is_on = models.BooleanField(default=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source of help pages")

    def __str__(self) -> str:
        return self.url


class ImportRun(models.Model):
    """One import and its report: what came in, and what was not understood."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    source = models.ForeignKey(Source, null=True, on_delete=models.CASCADE)
    """None: by the command."""
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    """`added`, `changed`, `moved`, `unchanged`, `removed` pages; `assets`."""
    problems = models.JSONField(default=list)
    """`{"file", "line", "construct", "words"}`, at most so many as a report keeps."""
    failure = models.TextField(blank=True)
    """Why nothing was imported; empty: it was."""

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["source", "began_at"], name="import_of_source"),)

    def __str__(self) -> str:
        return f"{self.source or 'command'} {self.began_at:%F %T}"


class Score(models.TextChoices):
    GOOD = "good", _("Good")
    OK = "ok", _("OK")
    BAD = "bad", _("Bad")


class Feedback(models.Model):
    """What a reader thought of a page. `public_id` lets its writer add a comment afterwards."""

    public_id = models.CharField(max_length=32, unique=True, default=public_id)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="feedback")
    number = models.PositiveIntegerField()
    """The revision that they read."""
    score = models.CharField(max_length=4, choices=Score, blank=True)
    """Empty: a program's, which says what it found and gives no score."""
    comment = models.CharField(max_length=2_048, blank=True)
    goal = models.CharField(max_length=500, blank=True)
    """What a program read the page for."""
    is_from_program = models.BooleanField(default=False)
    member = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL)
    """None: a visitor."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("feedback on a help page")

    def __str__(self) -> str:
        return f"{self.page}: {self.score}"
