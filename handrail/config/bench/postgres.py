"""Where does the bench get a PostgreSQL? It starts one of its own, set up as it comes."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.sql import SQL, Identifier

from handrail.config.bench.servers import DidNotStart

START_SECONDS = 30
END_SECONDS = 30

SETTINGS = {"listen_addresses": "", "max_connections": "100", "shared_buffers": "512MB"}
"""Beside these the defaults: what is committed is on the disk, as with our SQLite."""


class Missing(Exception):
    """This machine lacks a program; the text says which one, and what to do."""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a private server while the block runs; nothing of it stays."""
    initdb, program = _program("initdb"), _program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="handrail-pg-"))
    try:
        owner = _owner(folder)
        arguments = ["--auth=trust", "--username=handrail", "--encoding=UTF8", "--locale=C.UTF-8"]
        made = subprocess.run(  # noqa: S603  PostgreSQL's own program
            [initdb, f"--pgdata={folder / 'data'}", "--no-sync", *arguments],
            user=owner,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise DidNotStart(made.stderr[-2000:])
        with _running(program, folder, owner):
            yield f"postgresql://handrail@{quote(str(folder), safe='')}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """The address of an empty database, gone after the block."""
    name = f"bench_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield server.rpartition("/")[0] + f"/{name}"
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def _running(program: Path, folder: Path, owner: str | None) -> Iterator[None]:
    settings = {**SETTINGS, "unix_socket_directories": str(folder)}
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(  # noqa: S603  PostgreSQL's own program
            [program, "-D", folder / "data", *(f"--{k}={v}" for k, v in settings.items())],
            user=owner,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        _wait(server, folder, log)
        yield
    finally:
        server.send_signal(signal.SIGINT)  # fast: without waiting for clients
        try:
            server.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: "subprocess.Popen[bytes]", folder: Path, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user="handrail", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise DidNotStart(log.read_text()[-2000:]) from None
            time.sleep(0.05)
        else:
            return


def _program(name: str) -> Path:
    """Debian keeps each version's programs in a folder off the PATH; the newest one is taken."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    for folder in sorted(folders, key=lambda each: _version(each.parent.name), reverse=True):
        if (folder / name).is_file():
            return folder / name
    if found := shutil.which(name):
        return Path(found)
    raise Missing(
        f"PostgreSQL's `{name}` is not on this machine. On Debian and Ubuntu: "
        "sudo apt-get install postgresql. To measure SQLite alone: --database sqlite."
    )


def _version(name: str) -> float:
    try:
        return float(name)
    except ValueError:
        return 0


def _owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root, so root gives the folder to somebody else."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    owner = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user=owner)
    return owner
