"""What becomes of what an editor types? It is kept as the page's draft, over nobody else's."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.models import Draft, Page
from handrail.people.viewer import Viewer


class FromSource(ValidationError):
    """The page's words are kept in a repository: an editor changes them there."""

    def __init__(self) -> None:
        super().__init__(_("This page comes from a repository. Change it there."))


class WrittenMeanwhile(ValidationError):
    """Somebody has saved `draft` since this editor looked: another agent, or they themselves in
    another window."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(_("Somebody else is writing on this page too."))
        self.draft = draft


def require_own_words(viewer: Viewer, page: Page) -> None:
    """Raises FromSource where a person changes what the next pull would bring back."""
    if page.source_id is not None and not viewer.is_system:
        raise FromSource


def stamp_of(draft: Draft | None) -> str:
    """By which an editor's page knows a draft again; empty where there is none."""
    return draft.saved_at.isoformat() if draft else ""


@transaction.atomic
def save_draft(
    viewer: Viewer,
    page: Page,
    *,
    title: str,
    summary: str,
    body: str,
    based_on: int | None = None,
    seen: str | None = None,
) -> Draft:
    """Keeps what is being written; readers see nothing of it. NUL is left out.

    `based_on`: the revision that the editor began with, where this begins a draft; None: the
    latest. `seen`: the stamp of the draft that they know; raises WrittenMeanwhile where one was
    saved since that says something else. None: whatever is there is written over.
    """
    viewer.require(EDIT)
    require_own_words(viewer, page)
    number = _lock(page)
    draft = Draft.objects.select_related("agent").filter(page=page).first()
    words = tuple(text.replace("\0", "") for text in (title, summary, body))
    if draft is not None and seen not in (None, stamp_of(draft)):
        if (draft.title, draft.summary, draft.body) != words:
            raise WrittenMeanwhile(draft)
    if draft is None:
        began = number if based_on is None else max(0, min(based_on, number))
        draft = Draft(page=page, based_on=began)
    draft.title, draft.summary, draft.body = words
    draft.agent, draft.saved_at = viewer.agent, timezone.now()
    draft.save()
    return draft


@transaction.atomic
def discard_draft(viewer: Viewer, page: Page) -> None:
    """What was published stays, and what was being written is gone."""
    viewer.require(EDIT)
    Draft.objects.filter(page=page).delete()


@transaction.atomic
def see_newer(viewer: Viewer, page: Page) -> None:
    """The editor has seen what was published meanwhile: their draft goes on from there."""
    viewer.require(EDIT)
    Draft.objects.filter(page=page).update(based_on=_lock(page))


def _lock(page: Page) -> int:
    """The number of the page's latest revision; one writer at a time from here to the commit."""
    row = Page.objects.select_for_update().filter(pk=page.pk).values_list("number", flat=True)
    number = row.first()
    if number is None:
        raise ValidationError(_("This page is not there any more."))
    return number
