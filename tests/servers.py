"""Which servers does a test session talk to? Its own, in a folder of its own.

`HANDRAIL_TEST_DATABASE` chooses `sqlite` (the default) or `postgresql`. pytest loads this plugin
before Django reads its settings (`-p tests.servers` in pyproject.toml), so that `pytest` alone
works as well as `./dev test`. The workers of pytest-xdist inherit what the first process started.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tools import machine, processes

OPERATORS_CHOICES = (
    "REDIS_URL",
    "EMAIL_URL",
    "AI_URL",
    "AI_MODEL",
    "HANDRAIL_URL",
    "HANDRAIL_DEMO",
    "HOST",
    "PORT",
)
"""What a developer's shell may hold and no test may notice."""


def database_kind() -> str:
    return os.environ.get("HANDRAIL_TEST_DATABASE", "sqlite")


# --- pytest's hooks -------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Starts what the session needs; a wrapper, since pytest-django's own hook reads settings."""
    cleanup = contextlib.ExitStack()
    early_config.add_cleanup(cleanup.close)
    folder = cleanup.enter_context(temporary_folder())
    for name in OPERATORS_CHOICES:
        os.environ.pop(name, None)
    os.environ["HANDRAIL_DATA"] = str(folder)
    if database_kind() == "postgresql":
        os.environ["DATABASE_URL"] = cleanup.enter_context(postgres())
    else:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'handrail.sqlite3'}"
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    """Gives SQLite's tests a file, as in production: in memory, threads and WAL differ."""
    from django.conf import settings

    config.addinivalue_line(
        "markers", "once: does not depend on the database; runs with SQLite only"
    )
    config.addinivalue_line(
        "markers", "whole_browser: needs third-party cookies blocked, which Chromium's shell cannot"
    )
    if settings.configured and database_kind() == "sqlite":
        name = str(Path(os.environ["HANDRAIL_DATA"]) / "test.sqlite3")
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name


def pytest_report_header() -> str:
    return f"database: {database_kind()}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves tests marked `once` to the session with SQLite."""
    if database_kind() != "sqlite":
        once = {item for item in items if item.get_closest_marker("once")}
        config.hook.pytest_deselected(items=list(once))
        items[:] = [item for item in items if item not in once]


# --- fixtures -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of a private PostgreSQL; its one database is for making others in."""
    if database_kind() == "postgresql":
        yield os.environ["DATABASE_URL"]
    else:
        with postgres() as url:
            yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Address of an empty Redis of this worker's own."""
    with redis() as url:
        yield url


@pytest.fixture
def database_url(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a fresh, empty database of the session's kind, for a server that a test starts."""
    with fresh_database(tmp_path, request) as url:
        yield url


@contextlib.contextmanager
def fresh_database(folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database for as long as the block runs: a file in `folder`, or one of our server."""
    if database_kind() == "sqlite":
        yield f"sqlite:///{folder / 'fresh.sqlite3'}"
        return
    server = request.getfixturevalue("postgres_url")
    name = f"fresh_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield server.rpartition("/")[0] + f"/{name}"
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


# --- servers --------------------------------------------------------------------------------


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder of this session, with a short name, since a socket's path may have 100 letters."""
    folder = Path(tempfile.mkdtemp(prefix="handrail-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL on a socket in a folder of its own; nothing in it survives a power cut."""
    initdb, program = machine.postgres_program("initdb"), machine.postgres_program("postgres")
    if initdb is None or program is None:
        pytest.exit("PostgreSQL's initdb and postgres are not on this machine.", returncode=4)
    with temporary_folder() as folder:
        owner = _unprivileged_owner(folder)
        arguments = ["--auth=trust", "--username=handrail", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(
            [initdb, f"--pgdata={folder / 'data'}", "--no-sync", *arguments],
            user=owner,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "max_connections": "200",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        url = f"postgresql://handrail@{quote(str(folder), safe='')}/postgres"
        command: list[str | Path] = [program, "-D", folder / "data", *options]
        log, end = folder / "log", signal.SIGINT  # for PostgreSQL: without waiting for clients
        with processes.running(command, folder=folder, log=log, user=owner, end=end) as server:
            processes.wait_until(lambda: _answers(url), server, "PostgreSQL")
            yield url


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """A Redis that keeps nothing, on a socket in a folder of its own."""
    program = machine.redis_program()
    if program is None:
        pytest.skip("Redis is not on this machine.")
    with temporary_folder() as folder:
        path = folder / "redis.sock"
        options = f"--port 0 --unixsocket {path} --appendonly no --save".split()
        with processes.running(
            [program, *options, ""], folder=folder, log=folder / "log"
        ) as server:
            processes.wait_until(path.exists, server, "Redis")
            yield f"unix://{path}"


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def _unprivileged_owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root, so root gives the folder to somebody else."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    owner = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user=owner)
    return owner
