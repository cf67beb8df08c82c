"""What does a git server of a test serve? Commits of these files, over http, as git does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from dulwich.object_store import PackCapableObjectStore
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.refs import Ref
from dulwich.repo import MemoryRepo
from dulwich.server import DictBackend
from dulwich.web import make_wsgi_chain

FILE, LINK, MODULE, FOLDER = 0o100644, 0o120000, 0o160000, 0o040000
SOMEBODY = b"Somebody <somebody@git.example>"


@dataclass
class GitServer:
    """A server with one repository. `asked` are the paths of all requests."""

    port: int = 0
    repo: MemoryRepo = field(default_factory=MemoryRepo)
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/help.git"

    @property
    def door(self) -> str:
        return f"127.0.0.1:{self.port}"

    def commit(
        self, files: dict[str, str | bytes | tuple[int, bytes]], branch: str = "main"
    ) -> str:
        """All of the files at once; a tuple gives the mode as well."""
        commit = Commit()
        commit.tree = _tree(self.repo.object_store, files)
        commit.author = commit.committer = SOMEBODY
        commit.author_time = commit.commit_time = 1_700_000_000 + len(self.asked)
        commit.author_timezone = commit.commit_timezone = 0
        commit.message = b"Write."
        self.repo.object_store.add_object(commit)
        self.repo.refs[Ref(f"refs/heads/{branch}".encode())] = commit.id
        self.repo.refs.set_symbolic_ref(Ref(b"HEAD"), Ref(b"refs/heads/main"))
        return commit.id.decode()


@contextmanager
def git_server() -> Iterator[GitServer]:
    made = GitServer()
    inner = make_wsgi_chain(DictBackend({"/help.git": made.repo}))  # type: ignore[arg-type]

    def app(environ: Any, start_response: Any) -> Any:
        made.asked.append(environ["PATH_INFO"])
        return inner(environ, start_response)

    server = make_server("127.0.0.1", 0, app, WSGIServer, _Quiet)
    made.port = server.server_port
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    try:
        yield made
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
        made.repo.close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None: ...


def _tree(store: PackCapableObjectStore, files: dict[str, Any]) -> ObjectID:
    tree, folders = Tree(), {}  # type: ignore[var-annotated]
    for path, content in files.items():
        name, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(name, {})[rest] = content
            continue
        mode, data = content if isinstance(content, tuple) else (FILE, content)
        if mode == MODULE:
            tree.add(name.encode(), mode, ObjectID(b"1" * 40))
            continue
        blob = Blob.from_string(data.encode() if isinstance(data, str) else data)
        store.add_object(blob)
        tree.add(name.encode("utf-8", "surrogateescape"), mode, blob.id)
    for name, inner in folders.items():
        tree.add(name.encode(), FOLDER, _tree(store, inner))
    store.add_object(tree)
    return tree.id
