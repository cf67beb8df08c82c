"""Which pictures and files of a tree do we take? Those of the allowed types, named by a page."""

import hashlib
import io
import posixpath

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from handrail.base.ids import public_id
from handrail.engines.conversations.files import (
    BITMAPS,
    CheckedFile,
    FileRefused,
    check,
    most_bytes,
)
from handrail.mediums.docs.importing.outline import SUMMARY, is_page
from handrail.mediums.docs.importing.parts import Part
from handrail.mediums.docs.importing.trees import Unreadable
from handrail.mediums.docs.models import Asset, Section
from handrail.people.viewer import Viewer

ASSETS = ".gitbook/assets/"
ROTATED = {5, 6, 7, 8}
"""EXIF's orientations that lie on their side (tag 274)."""


class FileTaker:
    """The files of one section. What is taken is in `new` and `changed`, and not yet written.

    One query; a file is opened once, and drawn only when its bytes are not there already.
    """

    def __init__(self, viewer: Viewer, section: Section, part: Part) -> None:
        self._section = section
        self._part = part
        rows = Asset.objects.visible_to(viewer)
        known = rows.filter(section=section) if section.pk else rows.none()
        self._known = {asset.path: asset for asset in known}
        self._seen: dict[str, Asset | None] = {}
        self.new: list[Asset] = []
        self.changed: list[Asset] = []
        self.uploads: dict[str, CheckedFile] = {}
        """What has to be stored, by the hash of the content."""

    def take_all(self) -> None:
        """Whatever is in GitBook's folder of files, and what was taken earlier."""
        for path in sorted(self._part.paths):
            if ASSETS in path or path in self._known:
                self.take(path)

    def take(self, path: str) -> Asset | None:
        """The file at a path of the section; None, and a line in the report, where it is refused.

        Where the tree has no such file, the one that is there already, if any.
        """
        if path not in self._seen:
            is_file = path in self._part.paths and not is_page(path)
            is_file = is_file and posixpath.basename(path) != SUMMARY
            self._seen[path] = self._taken(path) if is_file else self._known.get(path)
        return self._seen[path]

    def assets(self) -> list[Asset]:
        """All of the section, as they will be."""
        others = {path: one for path, one in self._known.items() if path not in self._seen}
        return [one for one in [*self._seen.values(), *others.values()] if one is not None]

    def _taken(self, path: str) -> Asset | None:
        try:
            data = self._part.read(path, most_bytes())
            upload = SimpleUploadedFile(posixpath.basename(path), data)
            asset = self._known.get(path)
            digest = _digest(data)
            if asset is not None and asset.sha256 == digest:
                return asset
            checked = self._checked(upload, digest)
        except (Unreadable, FileRefused) as error:
            self._part.note(path, 0, "", str(error))
            return None
        return self._filled(asset, path, checked, data)

    def _checked(self, upload: SimpleUploadedFile, digest: str) -> CheckedFile:
        if (upload.name or "").lower().endswith((".svg", ".svgz")):
            raise FileRefused(_("SVG can hold scripts; save the picture as PNG or WebP."))
        checked = check(upload)
        if checked.content_type in BITMAPS and checked.preview is None:
            raise FileRefused(_("The picture cannot be drawn; save it again, or smaller."))
        self.uploads[digest] = checked
        return checked

    def _filled(self, asset: Asset | None, path: str, checked: CheckedFile, data: bytes) -> Asset:
        """A new file has a new id, also at an old path: what caches hold by the old one is old."""
        filled = asset or Asset(section=self._section, path=path)
        (self.changed if asset else self.new).append(filled)
        filled.public_id = public_id()
        filled.name, filled.content_type = checked.name, checked.content_type
        filled.size, filled.sha256 = checked.size, checked.sha256
        filled.width, filled.height = _size(data) if checked.preview else (None, None)
        return filled


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _size(data: bytes) -> tuple[int, int]:
    """Pixels as it is seen: a photograph may lie on its side and say so."""
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
        return (height, width) if picture.getexif().get(274) in ROTATED else (width, height)
