"""What does an installation with the demo start from? From a copy of one that was loaded before.

Loading the demo costs ten seconds of a processor, and the model that reads its pages ten more.
What is loaded knows its own addresses: a place keeps its ports, and one installation at a time is
at it.
"""

import atexit
import contextlib
import itertools
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg.sql import SQL, Identifier

if TYPE_CHECKING:
    from tests.stack import Stack

FRESH_SECONDS = 600
"""What the demo tells happened some minutes ago, and some of it falls due within hours."""

READ_THE_PAGES = """
from handrail.engines.search.tasks import embed_waiting, progress
while (now := progress()).done < now.all:
    embed_waiting.func()
"""


FIRST_PORT, PORTS, OF_ONE_PROCESS = 20_000, 10_000, 16
"""Below what systems hand out by themselves, so that nobody gets them by chance meanwhile."""

_numbers = itertools.count()


def _port() -> int:
    """One that is free, and that no other process of these tests takes."""
    for _try in range(OF_ONE_PROCESS):
        port = FIRST_PORT + (os.getpid() * OF_ONE_PROCESS + next(_numbers)) % PORTS
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("No port is free.")


@dataclass
class Place:
    """Two ports, and what was loaded for them last."""

    hub_port: int = field(default_factory=_port)
    platform_port: int = field(default_factory=_port)
    folder: Path | None = None
    database_url: str = ""
    loaded_at: float = 0.0
    is_taken: bool = False


_places: list[Place] = []
"""As many as this process had installations at a time."""


@contextlib.contextmanager
def place() -> Iterator[Place]:
    """Where no other installation is."""
    free = next((each for each in _places if not each.is_taken), None)
    if free is None:
        _places.append(free := Place())
    free.is_taken = True
    try:
        yield free
    finally:
        free.is_taken = False


def give_demo(stack: "Stack", where: Place) -> None:
    """Puts the demo into the empty installation, which was planned at this place."""
    if time.monotonic() > where.loaded_at + FRESH_SECONDS or where.folder is None:
        _load(stack, where)
    assert where.folder is not None
    shutil.copytree(where.folder, stack.env["HANDRAIL_DATA"], dirs_exist_ok=True)
    if _is_postgres(stack):
        _make_database(stack.env["DATABASE_URL"], where.database_url)


def _load(stack: "Stack", where: Place) -> None:
    where.folder = Path(tempfile.mkdtemp(prefix="handrail-"))
    atexit.register(shutil.rmtree, where.folder, ignore_errors=True)
    if _is_postgres(stack):
        server = stack.env["DATABASE_URL"].rpartition("/")[0]
        where.database_url = f"{server}/loaded_{os.getpid()}_{next(_numbers)}"
        _make_database(where.database_url, f"{server}/template1")
    else:
        name = stack.env["DATABASE_URL"].rpartition("/")[2]
        where.database_url = f"sqlite:///{where.folder / name}"
    there = {"HANDRAIL_DATA": str(where.folder), "DATABASE_URL": where.database_url}
    empty = replace(stack, env={**stack.env, **there})
    empty.handrail("demo", "--load")
    empty.run(READ_THE_PAGES)
    where.loaded_at = time.monotonic()


def _is_postgres(stack: "Stack") -> bool:
    return stack.env["DATABASE_URL"].startswith("postgresql")


def _make_database(url: str, template_url: str) -> None:
    """Makes it anew as a copy of the other, to which nobody is connected."""
    server, _slash, name = url.rpartition("/")
    template = template_url.rpartition("/")[2]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
        copy = SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(Identifier(name), Identifier(template)))
