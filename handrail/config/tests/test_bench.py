"""Does the bench measure what it says? Its figures go into decisions."""

import asyncio
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from handrail.config.bench import (
    commits,
    load,
    machine,
    postgres,
    process,
    report,
    serving,
    tickets,
)
from handrail.config.bench.servers import DidNotStart, Installation, Server
from handrail.config.bench.serving import Cost

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The floor: a bare Django page on our threads."""
    installation = Installation(tmp_path_factory.mktemp("bench"))
    with installation.application("handrail.config.bench.bare:threads") as server:
        yield server


def test_cpu_time_grows_with_work() -> None:
    before, until = process.cpu_seconds(os.getpid()), time.process_time() + 0.1
    while time.process_time() < until:
        pass
    assert 0.08 < process.cpu_seconds(os.getpid()) - before < 1


def test_memory_is_counted_in_megabytes() -> None:
    assert 20 < process.resident_megabytes(os.getpid()) < 4000


def test_a_system_without_proc_is_said_so() -> None:
    with pytest.raises(process.Unmeasurable):
        process.cpu_seconds(-1)


def test_every_request_is_timed(bare: Server) -> None:
    timing = asyncio.run(load.get(bare.port, "/", {}, 40))
    assert timing.count == len(timing.each_ms) == 40
    assert timing.each_ms == sorted(timing.each_ms)
    assert timing.percentile(50) <= timing.percentile(99) <= timing.each_ms[-1]
    assert timing.per_second > 0


def test_an_error_page_is_not_measured(bare: Server) -> None:
    with pytest.raises(load.WrongAnswer, match="404"):
        asyncio.run(load.get(bare.port, "/nothing-here", {}, 4))


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(DidNotStart, match="no_such_module"),
        Installation(tmp_path).application("no_such_module:application"),
    ):
        pass


def test_what_the_operator_set_does_not_reach_the_servers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bench fills a database: never the installation's own."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/precious")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere")
    given = Installation(tmp_path).environment(1)
    assert not {"DATABASE_URL", "REDIS_URL"} & set(given)
    assert given["HANDRAIL_DATA"] == str(tmp_path)


def test_costs_are_medians_as_multiples_of_the_floor() -> None:
    rounds = ((1.0, 5.0, 9.0, 100.0), (3.0, 4.0, 9.0, 90.0), (2.0, 6.0, 9.0, 80.0))
    assert serving.median(rounds) == (2.0, 5.0, 9.0, 90.0)


def test_commits_are_counted_for_both_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commits, "COMMITS", 16)
    rows = commits.measure(tmp_path)["commits"]
    assert [(row["synchronous"], row["writers"]) for row in rows] == [
        ("FULL", 1),
        ("NORMAL", 1),
        ("FULL", 8),
        ("NORMAL", 8),
    ]
    assert all(row["per_second"] > 0 for row in rows)
    assert list(tmp_path.iterdir()) == []


def test_figures_name_their_machine() -> None:
    here = machine.describe()
    assert here.cores >= 1
    assert here.python in str(here)
    assert "django" in str(here)


def test_people_read_a_table() -> None:
    costs = [Cost("home", "threads", 12.0, 1.234, 5.0, 9.0, 800.0).__dict__]
    embedded = {
        "start_seconds": 2.0,
        "megabytes_after_start": 90.0,
        "megabytes_after_requests": 99.0,
        "idle_cpu_percent": 0.3,
    }
    slow = dict.fromkeys(
        ("page_quiet_p50", "page_quiet_p99", "page_busy_p50", "page_busy_p99"), 5.0
    ) | {"uploads": 20, "socket_quiet": 4.0, "socket_busy": 5.0}
    text = report.serving({"costs": costs, "embedded": embedded, "slow_uploads": slow})
    assert "home  threads      1.23    12.0" in text
    assert "90 MB" in text
    assert "20 uploads" in text


@pytest.mark.django_db
def test_programs_read_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commits, "COMMITS", 16)
    call_command("bench", "commits", json=True)
    given: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(given) == {"machine", "commits"}


KEYS = {"work", "database", "tickets", "p50_ms", "p99_ms", "per_second", "statements", "cpu_ms"}
MOST_STATEMENTS = {"list": 10, "filtered": 10, "search": 12, "page": 12}


def test_work_with_tickets_is_measured_on_both_databases(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The whole of it, small: servers, a crowd, a member who asks, the list that comes of it."""
    call_command("bench", "tickets", json=True, tickets=[120], requests=20)
    printed = capfd.readouterr()
    rows: list[dict[str, Any]] = json.loads(printed.out)
    assert all(set(row) == KEYS | {"bare_cpu_ms"} for row in rows)
    works = ["list", "filtered", "search", "page", "create"]
    assert [(row["database"], row["work"]) for row in rows] == [
        (database, work) for database in ("sqlite", "postgresql") for work in works
    ]
    assert all(row["tickets"] == 120 for row in rows)
    assert all(0 < row["p50_ms"] <= row["p99_ms"] for row in rows)
    for row in rows:
        assert 0 < row["statements"] <= MOST_STATEMENTS.get(row["work"], 100), row
    assert "making 120 tickets" in printed.err


def test_a_search_is_measured_beside_the_index_alone(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench", "search", "--tickets", "600", "--database", "sqlite", "--json")
    of_member, of_agent = json.loads(capsys.readouterr().out)
    assert (of_member["who"], of_agent["who"]) == ("member", "agent")
    assert 0 < of_member["matches"] < of_agent["matches"]
    assert 0 < of_member["database_ms"] < of_member["search_ms"]
    assert "to the index" in report.search([of_member, of_agent])


def test_people_read_a_table_of_work() -> None:
    row = tickets.Figure("list", "sqlite", 10_000, 5.0, 9.0, 200.0, 8, 4.0, 2.0).__dict__
    text = report.tickets([row])
    assert "sqlite    10,000   list  5.0     9.0     200         8           4.0     2.0" in text


def test_without_postgresql_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> Path:
        raise postgres.Missing(f"PostgreSQL's `{name}` is not on this machine.")

    monkeypatch.setattr(postgres, "_program", missing)
    with pytest.raises(CommandError, match="not on this machine"):
        call_command("bench", "tickets", json=True, database=["postgresql"], tickets=[10])
    assert capsys.readouterr().out == ""


def test_no_tickets_are_not_measured() -> None:
    with pytest.raises(CommandError, match="above 0"):
        call_command("bench", "tickets", tickets=[0])
