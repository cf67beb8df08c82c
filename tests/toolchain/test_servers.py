"""Are the servers of a test session its own, and usable?"""

import os
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest
import redis
from django.db import connection

from tests import servers
from tools.progress import ROOT


def test_the_session_keeps_nothing_in_the_project() -> None:
    data = Path(os.environ["HANDRAIL_DATA"])
    assert not data.is_relative_to(ROOT)


@pytest.mark.django_db
def test_the_database_is_of_the_chosen_kind() -> None:
    assert connection.vendor == servers.database_kind()


@pytest.mark.django_db
def test_sqlite_works_on_a_file_with_a_write_ahead_log() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


def test_a_fresh_database_is_empty_and_alone(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        assert not Path(database_url.removeprefix("sqlite:///")).exists()
    else:
        with psycopg.connect(database_url) as fresh:
            tables = fresh.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            assert tables.fetchone() == (0,)


@pytest.mark.once
def test_postgres_listens_on_a_private_socket_and_ends_with_its_block() -> None:
    with servers.postgres() as url:
        folder = Path(unquote(url.split("@")[1].split("/")[0]))
        with psycopg.connect(url) as postgres:
            assert postgres.execute("SHOW listen_addresses").fetchone() == ("",)
    assert not folder.exists()


@pytest.mark.once
def test_redis_answers_and_keeps_nothing_on_disk(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.ping()
        assert client.config_get("save") == {"save": ""}
