"""How does a file come, before its message is sent, and when does it go?"""

from typing import Any

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.engines.conversations import files, kept
from handrail.engines.conversations.models import Attachment
from handrail.people.viewer import Viewer

log = structlog.get_logger("handrail.files")

MOST_UNSENT = 40
"""Uploads that one person may have lying about without sending them; or two messages full."""


def upload(viewer: Viewer, given: "UploadedFile[Any]") -> Attachment:
    """Keeps a file until its message is sent; raises FileRefused in the person's words."""
    most_unsent = max(MOST_UNSENT, 2 * settings.MOST_FILES)
    if Attachment.objects.unsent_by(viewer).count() >= most_unsent:
        raise files.FileRefused(_("Send or remove the files that you have added first."))
    checked = files.check(given)
    attachment = Attachment(
        member=viewer.member,
        agent=viewer.agent,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
    )
    try:
        kept.keep(attachment, checked)
    except OSError as trouble:
        log.error("file_not_kept", why=str(trouble))
        words = _("“%(name)s” could not be kept just now. Try again in a moment.")
        raise files.NotKept(words % {"name": checked.name}) from trouble
    try:
        attachment.save()
    except Exception:
        kept.remove(attachment)  # nothing would ever point at them
        raise
    return attachment


def discard_upload(viewer: Viewer, attachment: Attachment) -> None:
    """Removes an upload that was not sent; its files go after commit."""
    with transaction.atomic():
        attachment.delete()
        transaction.on_commit(lambda: kept.remove(attachment))


def forget_unsent_uploads(before: Any) -> int:
    """Removes uploads that nobody sent; returns how many."""
    stale = list(Attachment.objects.filter(message=None, created_at__lt=before)[:500])
    for attachment in stale:
        attachment.delete()
        kept.remove(attachment)
    return len(stale)
