"""How does a picture or a file come into a section? Checked, drawn anew, under a name of ours."""

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from handrail.engines.conversations import files
from handrail.engines.conversations.files import CheckedFile
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.models import Asset, Section
from handrail.mediums.docs.paths import slug_of
from handrail.people.viewer import Viewer

log = structlog.get_logger("handrail.files")

FOLDER = "assets"
"""Within a section's folder: where files lie that came by the editor."""

LONGEST_STEM = 60
LETTERS_OF_HASH = 12
"""Tell two files of one name apart."""


def keep_asset(viewer: Viewer, section: Section, given: "UploadedFile") -> Asset:  # type: ignore[type-arg]
    """Keeps a file for the pages of a section; the same one again is the one that is there.

    Raises FileRefused, or NotKept where the store does not answer, in the person's words.
    """
    viewer.require(EDIT)
    checked = files.check(given)
    path = _path(checked)
    there = Asset.objects.filter(section=section, path=path).first()
    if there is not None and there.sha256 == checked.sha256:
        return there
    asset = Asset(
        section=section,
        path=path,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
    )
    asset.width, asset.height = _size(checked)
    _keep_bytes(asset, checked)
    try:
        with transaction.atomic():
            asset.save()
    except Exception:
        _remove_bytes(asset)  # nothing would ever point at them
        raise
    return asset


def _path(checked: CheckedFile) -> str:
    """`assets/error-message-1f0c….png`: letters, digits and dashes, whatever it was called."""
    stem, _dot, extension = checked.name.rpartition(".")
    name = slug_of(stem)[:LONGEST_STEM].strip("-") or "file"
    return f"{FOLDER}/{name}-{checked.sha256[:LETTERS_OF_HASH]}.{extension.lower()}"


def _size(checked: CheckedFile) -> tuple[int | None, int | None]:
    """Of the picture as it is shown, in pixels; its header is all that is read."""
    if checked.preview is None:
        return None, None
    with Image.open(checked.preview) as picture:
        size = picture.size
    checked.preview.seek(0)
    return size


def _keep_bytes(asset: Asset, checked: CheckedFile) -> None:
    try:
        asset.file.save(checked.name, checked.upload, save=False)
        if checked.preview:
            asset.preview.save("preview", checked.preview, save=False)
    except OSError as trouble:
        log.error("file_not_kept", why=str(trouble))
        _remove_bytes(asset)
        words = _("“%(name)s” could not be kept just now. Try again in a moment.")
        raise files.NotKept(words % {"name": checked.name}) from trouble


def _remove_bytes(asset: Asset) -> None:
    """As far as the store lets us: what stays costs room, and nothing leads to it."""
    for kept in (asset.file, asset.preview):
        if kept:
            try:
                kept.delete(save=False)
            except OSError as trouble:
                log.warning("files_not_removed", why=str(trouble), count=1)
