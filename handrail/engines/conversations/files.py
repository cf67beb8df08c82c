"""Which files do we accept, under what name and as what type?

The type is what the content says, from a short list of allowed ones, and the extension must agree.
Nothing that a client says about type or name is believed, and no client-given name reaches the
disk.
"""

import hashlib
import io
import re
import threading
import unicodedata
from dataclasses import dataclass
from typing import Any

import filetype
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

NAME_LENGTH = 120
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Categories of Unicode that no name shows: controls, formats, surrogates, breaks of lines."""

PREVIEW_PIXELS = 1600
"""Longest side of a preview."""

MOST_PIXELS = 50_000_000
"""An image that unpacks to more is kept as a file, and gets no preview."""

SIXTEEN_BITS = {"I", "I;16", "I;16B", "I;16L"}
"""Modes of grey pictures whose white is 65,535."""

_drawing = threading.Lock()
"""One picture at a time: the largest one needs some 400 MB for a second."""

Image.MAX_IMAGE_PIXELS = None  # its own limit first warns; ours is asked before anything unpacks

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPE_OF_EXTENSION = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": OFFICE + "wordprocessingml.document",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "pptx": OFFICE + "presentationml.presentation",
    "zip": "application/zip",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "txt": "text/plain",
    "log": "text/plain",
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
}
FOLDER_OF_EXTENSION = {"docx": b"word/", "xlsx": b"xl/", "pptx": b"ppt/", "zip": b""}
"""ZIP archives: Office's own are known by a folder inside."""

ARCHIVE_TAIL = 128 * 1024
"""How much of an archive's end we look at: its directory of names stands there."""

TEXTS = {"txt", "log", "csv", "json", "md"}
BITMAPS = {"image/png", "image/jpeg", "image/gif", "image/webp"}
PICTURE_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


class FileRefused(Exception):
    """The file is not taken; the text says why in the person's words."""


class NotKept(FileRefused):
    """There is nothing wrong with the file: we could not keep it, and may in a moment."""


@dataclass(frozen=True)
class CheckedFile:
    """An upload whose name, type and size are known to be good."""

    name: str
    content_type: str
    size: int
    sha256: str
    upload: "UploadedFile[Any]"
    preview: ContentFile[bytes] | None


def most_bytes() -> int:
    """Size of one file, as the operator chose."""
    return int(settings.MOST_FILE_MB) * 1024 * 1024


def check(upload: "UploadedFile[Any]") -> CheckedFile:
    """Looks at an upload; raises FileRefused in the person's words."""
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if size > most_bytes():
        raise FileRefused(
            _("“%(name)s” is larger than %(most)s MB. Send it smaller, or as several files.")
            % {"name": name, "most": settings.MOST_FILE_MB}
        )
    if size == 0:
        raise FileRefused(_("“%(name)s” is empty.") % {"name": name})
    content_type = _type_of(name, upload)
    preview = draw_preview(upload) if content_type in BITMAPS else None
    return CheckedFile(name, content_type, size, _sha256(upload), upload, preview)


def clean_name(given: str) -> str:
    """A name to show: no folders, no invisible or control characters, at most 120 letters.

    Normalised before anything is checked: a zero-width character must not hide an extension.
    """
    name = unicodedata.normalize("NFC", given)
    name = "".join(c for c in name if unicodedata.category(c) not in INVISIBLE)
    name = re.split(r"[/\\]", name)[-1].strip().rstrip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:NAME_LENGTH] or "file"
    extension = extension[:10]
    return f"{stem[: NAME_LENGTH - len(extension) - 1] or 'file'}.{extension}"


def _type_of(name: str, upload: "UploadedFile[Any]") -> str:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    expected = TYPE_OF_EXTENSION.get(extension)
    if expected is None:
        raise FileRefused(
            _("We can't take “%(name)s”: send pictures, PDF, Office, text, CSV, ZIP or video.")
            % {"name": name}
        )
    if not _is_what_it_says(upload, extension, expected):
        raise FileRefused(
            _("“%(name)s” is not what its name says. Save it again in the right format.")
            % {"name": name}
        )
    return expected


def _is_what_it_says(upload: "UploadedFile[Any]", extension: str, expected: str) -> bool:
    if extension in TEXTS:
        return _is_text(upload)
    if extension in FOLDER_OF_EXTENSION:
        return _is_archive(upload, FOLDER_OF_EXTENSION[extension])
    return _content_type(upload) == expected


def _is_archive(upload: "UploadedFile[Any]", folder: bytes) -> bool:
    """A ZIP with something in that folder, as its directory says (APPNOTE.TXT, 4.3.12).

    Nothing is unpacked. Programs write the parts of a document in different orders, so its first
    bytes do not tell what it is.
    """
    upload.seek(0)
    begins = upload.read(4) == b"PK\x03\x04"
    upload.seek(max(0, (upload.size or 0) - ARCHIVE_TAIL))
    entries = upload.read().split(b"PK\x01\x02")[1:]
    upload.seek(0)
    return begins and any(entry[42:].startswith(folder) for entry in entries)


def _content_type(upload: "UploadedFile[Any]") -> str:
    upload.seek(0)
    kind = filetype.guess(upload.read(8192))
    upload.seek(0)
    return kind.mime if kind else ""


def _is_text(upload: "UploadedFile[Any]") -> bool:
    """Text is UTF-8 (or UTF-16 with its mark, as spreadsheets write it) without control codes."""
    upload.seek(0)
    start = upload.read(65536)
    upload.seek(0)
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = start.decode(encoding, errors="strict")
    except UnicodeDecodeError as error:
        if len(start) < 65536 or error.start < len(start) - 4:
            return _is_latin(start)
        text = start[: error.start].decode(encoding)
    return not _has_control_codes(text)


def _is_latin(start: bytes) -> bool:
    return not _has_control_codes(start.decode("latin-1"))


def _has_control_codes(text: str) -> bool:
    return bool(re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text))


def _sha256(upload: "UploadedFile[Any]") -> str:
    upload.seek(0)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return digest


def draw_preview(upload: "UploadedFile[Any]") -> ContentFile[bytes] | None:
    """The picture drawn anew: whatever else its file held is gone. None where it can't be drawn."""
    upload.seek(0)
    try:
        with Image.open(upload, formats=PICTURE_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            with _drawing:
                out = _drawn(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    finally:
        upload.seek(0)
    return ContentFile(out.getvalue(), name="preview.webp")


def _drawn(picture: Image.Image) -> io.BytesIO:
    picture.draft(None, (PREVIEW_PIXELS, PREVIEW_PIXELS))  # a photograph unpacks smaller at once
    drawn = ImageOps.exif_transpose(picture)
    if drawn.mode in SIXTEEN_BITS:
        drawn = drawn.point(lambda shade: shade * (1 / 256)).convert("L")
    drawn = drawn.convert("RGBA" if _has_alpha(drawn) else "RGB")
    drawn.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=85)
    return out


def _has_alpha(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
