"""How does a git repository become a tree? Its last commit alone, over our own outbound client.

Neither the program git nor a working copy: files are read out of the pack, so that a link in the
repository is never a link of this machine. Nothing else than http(s) to public addresses is asked
(see handrail/base/outbound.py), no submodule is followed, and no address with a password is taken.
"""

import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import urlsplit

import structlog
from django.utils.translation import gettext as _
from dulwich.client import AbstractHttpGitClient
from dulwich.errors import GitProtocolError, NotGitRepository
from dulwich.object_store import BaseObjectStore
from dulwich.objects import Blob, Commit, ObjectID, Tag, Tree
from dulwich.repo import Repo

from handrail.base import outbound
from handrail.mediums.docs.importing.packs import BadPack, check_pack
from handrail.mediums.docs.importing.report import Report
from handrail.mediums.docs.importing.trees import (
    DEEPEST_FOLDER,
    MOST_FILES,
    Unreadable,
    fault_of,
    is_left_out,
    too_large,
)

log = structlog.get_logger("handrail.docs")

MOST_SECONDS = 300
"""For everything that is asked of the server together."""

MOST_BYTES = 256 * 1024 * 1024
"""Of one answer. With a single commit of it, most help centres have a hundredth."""

ADVERTISED = "application/x-git-upload-pack-advertisement"


class Unreachable(Exception):
    """No tree came of it. Its words say why, for a person, and nothing of our own network."""


@dataclass(frozen=True)
class Fetched:
    commit: str
    tree: "GitTree | None"
    """None: the commit is the one that is known already."""


def fault_of_address(url: str) -> str:
    """Why this is no address of a repository; empty where it may be one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return _("This is no address.")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return _("The address begins with https://.")
    if "@" in parts.netloc:
        return _("Addresses with a name and password are not taken.")
    if not url.isascii() or not url.isprintable() or " " in url or parts.query or parts.fragment:
        return _("The address holds signs that it may not.")
    return ""


@contextmanager
def fetched(url: str, branch: str, folder: str, known: str, report: Report) -> Iterator[Fetched]:
    """The last commit of a branch (empty: of the one that the server shows first).

    Raises Unreachable. What is fetched lies in a temporary folder, for as long as it is needed.
    """
    if fault := fault_of_address(url):
        raise Unreachable(fault)
    with (
        tempfile.TemporaryDirectory(prefix="handrail-git-") as place,
        Repo.init_bare(place) as repo,
        closing(_Client(url)) as client,
    ):
        try:
            found = _fetch(client, repo, branch, folder, known, report)
        except outbound.OutboundRefused as error:
            raise Unreachable(_("This address is not asked from here.")) from error
        except outbound.OutboundFailed as error:
            raise Unreachable(_("The server gave no whole answer.")) from error
        except Unreachable:
            raise
        except Exception as error:  # dulwich promises no kind of error for what a server makes up
            log.info("git_unreadable", kind=type(error).__name__)
            raise Unreachable(_("There is no git repository that can be read.")) from error
        yield found


def _fetch(
    client: "_Client", repo: Repo, branch: str, folder: str, known: str, report: Report
) -> Fetched:
    tip = _tip(client, branch)
    if tip.decode("ascii") == known:
        return Fetched(known, None)
    store = repo.object_store
    file, commit, abort = store.add_pack()
    try:
        client.fetch_pack("", lambda refs, depth=None: [tip], _Nothing(), file.write, depth=1)
        file.flush()
        check_pack(file)
    except BaseException:
        abort()
        raise
    commit()
    return Fetched(tip.decode("ascii"), GitTree(store, _tree_of(store, tip), folder, report))


def _tip(client: "_Client", branch: str) -> ObjectID:
    prefixes = [b"HEAD", f"refs/heads/{branch}".encode()]
    refs = client.get_refs("", ref_prefix=prefixes).refs
    name = f"refs/heads/{branch}".encode() if branch else b"HEAD"
    tip = refs.get(name)  # type: ignore[call-overload]
    if tip is None:
        raise Unreachable(_("There is no such branch."))
    return ObjectID(tip)


def _tree_of(store: BaseObjectStore, tip: ObjectID) -> ObjectID:
    found = store[tip]
    if isinstance(found, Tag):
        found = store[found.object[1]]
    if not isinstance(found, Commit):
        raise BadPack("no commit")
    return ObjectID(found.tree)


class GitTree:
    """The files of one commit, below a folder of it."""

    def __init__(self, store: BaseObjectStore, root: ObjectID, folder: str, report: Report) -> None:
        self._store = store
        self._report = report
        self._blobs: dict[str, ObjectID] = {}
        for part in filter(None, folder.strip("/").split("/")):
            root = self._below(root, part)
        self._walk(root, "", 0)

    def paths(self) -> list[str]:
        return list(self._blobs)

    def read(self, path: str, most_bytes: int) -> bytes:
        try:
            found = self._store[self._blobs[path]]
        except KeyError as error:
            raise Unreadable(_("The repository does not hold the file's content.")) from error
        if not isinstance(found, Blob):
            raise Unreadable(_("This is no plain file; it was left out."))
        data = found.as_raw_string()
        if len(data) > most_bytes:
            raise Unreadable(too_large(len(data)))
        return data

    def _below(self, tree: ObjectID, name: str) -> ObjectID:
        found = self._store[tree]
        for entry in found.iteritems() if isinstance(found, Tree) else ():
            if entry.path == name.encode() and entry.mode == stat.S_IFDIR:
                return ObjectID(entry.sha)
        raise Unreachable(_("There is no such folder in the repository."))

    def _walk(self, tree: ObjectID, above: str, depth: int) -> None:
        try:
            found = self._store[tree]
        except KeyError:
            found = None
        if not isinstance(found, Tree):
            self._report.note(f"{above}/", 0, "", _("The folder cannot be read."))
            return
        for entry in found.iteritems():
            name = entry.path.decode("utf-8", "surrogateescape")
            path = f"{above}/{name}".lstrip("/")
            if is_left_out(name):
                continue
            fault = fault_of(f"{above}/{name}" if above else name) or self._fault_of(
                entry.mode, depth
            )
            if fault:
                self._report.note(path, 0, "", fault)
            elif stat.S_ISDIR(entry.mode):
                self._walk(ObjectID(entry.sha), path, depth + 1)
            else:
                self._blobs[path] = ObjectID(entry.sha)

    def _fault_of(self, mode: int, depth: int) -> str:
        if stat.S_ISLNK(mode):
            return _("This is a link to somewhere else; links are not followed.")
        if stat.S_IFMT(mode) == 0o160000:
            return _("This is another repository; it was left out.")
        if depth >= DEEPEST_FOLDER:
            return _("The folder is too deep; it was left out.")
        if len(self._blobs) >= MOST_FILES:
            return _("There are too many files; this one was left out.")
        is_known = stat.S_ISDIR(mode) or stat.S_ISREG(mode)
        return "" if is_known else _("This is no plain file; it was left out.")


class _Nothing:
    """We have nothing yet: a walk through no commits."""

    def __next__(self) -> None:
        return None

    def ack(self, sha: bytes) -> None: ...

    def nak(self) -> None: ...


@dataclass
class _Response:
    """An answer as dulwich wants to see it."""

    status: int
    headers: Mapping[str, str]
    content_type: str | None
    redirect_location: str
    file: IO[bytes]

    def close(self) -> None:
        self.file.close()


class _Client(AbstractHttpGitClient):
    """git's smart protocol; each request goes through our outbound client, with its rules."""

    def __init__(self, url: str) -> None:
        super().__init__(url, dumb=False, quiet=True)
        self._deadline = time.monotonic() + MOST_SECONDS
        self._files: list[IO[bytes]] = []

    def close(self) -> None:
        """dulwich leaves some answers open where they are not what it expected."""
        for file in self._files:
            file.close()

    def _http_request(
        self,
        url: str,
        headers: dict[str, str] | None = None,
        data: Any = None,
        raise_for_status: bool = True,
    ) -> tuple[Any, Callable[[int], bytes]]:
        content = data if isinstance(data, bytes) or data is None else b"".join(data)
        given = dict(headers or {})
        given.pop("Content-Length", None)
        file = tempfile.TemporaryFile(prefix="handrail-git-")
        self._files.append(file)
        answer = outbound.fetch(
            url,
            method="GET" if content is None else "POST",
            headers=given,
            content=content or b"",
            seconds=max(0.1, self._deadline - time.monotonic()),
            most_bytes=MOST_BYTES,
            into=file,
        )
        if not answer.is_ok:
            raise NotGitRepository(f"status {answer.status}")
        kind = answer.headers.get("content-type")
        if content is None and (kind or "").partition(";")[0] != ADVERTISED:
            raise GitProtocolError("not a smart server")  # dulwich would ask for each object
        file.seek(0)
        moved = answer.url if answer.url != url else ""
        return _Response(answer.status, answer.headers, kind, moved, file), file.read
