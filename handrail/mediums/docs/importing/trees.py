"""Which files are in a folder that a stranger may have filled? Plain ones, and no way out of it."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from handrail.mediums.docs.importing.report import Report
from handrail.mediums.docs.models import LONGEST_PATH

MOST_FILES = 50_000
DEEPEST_FOLDER = 40

KEPT_HIDDEN = {".gitbook", ".gitbook.yaml"}
"""Of what begins with a dot, only these are the help centre's."""

LEFT_OUT = {"node_modules", "__pycache__", "_book"}

NEVER_SHOWN = {"Cc", "Cs", "Co", "Zl", "Zp"}
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Signs that turn the direction of writing: a name with them looks like another one."""


class Unreadable(Exception):
    """The file cannot be taken. Its words say why, for a person."""


class Tree(Protocol):
    """Files by their paths, with `/` between the parts. What was left out is in the report."""

    def paths(self) -> list[str]: ...

    def read(self, path: str, most_bytes: int) -> bytes:
        """The whole file; raises Unreadable, also where it has more than `most_bytes`."""
        ...


def fault_of(path: str) -> str:
    """Why nothing can be called like this; empty where it can."""
    if len(path) > LONGEST_PATH - 20:
        return _("The name is too long; the file was left out.")
    if any(part in ("", ".", "..") or "\\" in part for part in path.split("/")):
        return _("The name leads out of the tree; the file was left out.")
    if any(unicodedata.category(sign) in NEVER_SHOWN or sign in TURNING for sign in path):
        return _("The name holds signs that no name shows; the file was left out.")
    return ""


def is_left_out(name: str) -> bool:
    return name in LEFT_OUT or (name.startswith(".") and name not in KEPT_HIDDEN)


class FolderTree:
    """A folder of this machine. No link in it is followed, nothing but plain files is opened."""

    def __init__(self, root: Path, report: Report) -> None:
        """Walks the folder once; raises NotADirectoryError."""
        self._root = root.resolve()
        if not self._root.is_dir():
            raise NotADirectoryError(str(root))
        self._report = report
        self._files: dict[str, str] = {}
        self._walk("", 0)

    def paths(self) -> list[str]:
        return list(self._files)

    def read(self, path: str, most_bytes: int) -> bytes:
        """Each part of the way is opened by itself and must be no link, also if it became one."""
        try:
            with self._opened(self._files[path]) as file:
                facts = os.fstat(file)
                if not stat.S_ISREG(facts.st_mode):
                    raise Unreadable(_("This is no plain file; it was left out."))
                return _whole(file, facts.st_size, most_bytes)
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            words = _("The file cannot be read: %(reason)s.") % {"reason": reason}
            raise Unreadable(words) from error

    def _walk(self, folder: str, depth: int) -> None:
        try:
            with os.scandir(self._root / folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            words = _("The folder cannot be read: %(reason)s.")
            reason = os.strerror(error.errno or 0)
            self._report.note(f"{folder}/", 0, "", words % {"reason": reason})
            return
        for entry in found:
            path = f"{folder}/{entry.name}".lstrip("/")
            if not is_left_out(entry.name) and self._is_taken(entry, path, depth):
                self._walk(path, depth + 1)

    def _is_taken(self, entry: "os.DirEntry[str]", path: str, depth: int) -> bool:
        """Notes a file, or why it is none; whether this is a folder to look into."""
        fault = fault_of(path) or _fault_of_kind(entry, depth) or self._fault_of_place(path)
        if fault:
            self._report.note(path, 0, "", fault)
            return False
        if entry.is_dir(follow_symlinks=False):
            if path.lower().endswith((".md", ".markdown")):
                self._report.note(path, 0, "", _("This is a folder, not a page."))
            return True
        self._files[unicodedata.normalize("NFC", path)] = path
        return False

    def _fault_of_place(self, path: str) -> str:
        if len(self._files) >= MOST_FILES:
            return _("There are too many files; this one was left out.")
        if unicodedata.normalize("NFC", path) in self._files:
            return _("Another file has the same name, written otherwise; this one was left out.")
        return ""

    @contextmanager
    def _opened(self, path: str) -> Iterator[int]:
        *folders, name = path.split("/")
        at = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for folder in folders:
                flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
                inner = os.open(folder, flags, dir_fd=at)
                os.close(at)
                at = inner
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
        finally:
            os.close(at)
        try:
            yield file
        finally:
            os.close(file)


def _fault_of_kind(entry: "os.DirEntry[str]", depth: int) -> str:
    if entry.is_symlink():
        return _("This is a link to somewhere else; links are not followed.")
    if entry.is_dir(follow_symlinks=False):
        return _("The folder is too deep; it was left out.") if depth >= DEEPEST_FOLDER else ""
    if not entry.is_file(follow_symlinks=False):
        return _("This is no plain file; it was left out.")
    return ""


def _whole(file: int, size: int, most_bytes: int) -> bytes:
    """Reads to the end: a file may be longer than it said, or grow."""
    if size > most_bytes:
        raise Unreadable(too_large(size))
    parts, got = [], 0
    while part := os.read(file, min(1 << 20, most_bytes + 1 - got)):
        parts.append(part)
        got += len(part)
        if got > most_bytes:
            raise Unreadable(too_large(got))
    return b"".join(parts)


def too_large(size: int) -> str:
    words = _("The file has %(size).1f MB, more than is taken; it was left out.")
    return words % {"size": size / 1_000_000}
