"""Does the bench measure what it says? Its figures go into decisions."""

import asyncio
import gzip
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
    grades,
    imports,
    library,
    live,
    load,
    machine,
    postgres,
    process,
    report,
    serving,
    sets,
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


def test_looking_up_is_measured_beside_the_index_alone(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench", "lookups", "--tickets", "600", "--database", "sqlite", "--json")
    of_member, of_agent = json.loads(capsys.readouterr().out)
    assert (of_member["who"], of_agent["who"]) == ("member", "agent")
    assert 0 < of_member["matches"] < of_agent["matches"]
    assert 0 < of_member["database_ms"] < of_member["search_ms"]
    assert "to the index" in report.lookups([of_member, of_agent])


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Two pages and three questions, of which the last has no answer; packed and not."""
    rows: dict[str, list[dict[str, Any]]] = {
        "queries.dev.jsonl": [
            {"id": "q1", "text": "paying by card", "body": "My card is not taken."},
            {"id": "q2", "text": "stripes"},
            {"id": "q3", "text": "weather", "answerable": False},
        ],
        "qrels.dev.jsonl": [
            {"query": "q1", "doc": "pay", "rel": 2},
            {"query": "q2", "doc": "zebra", "rel": 1},
        ],
    }
    for name, lines in rows.items():
        (tmp_path / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    lead = {"heading": "Pay", "anchor": "", "level": 0, "text": "How to pay."}
    card = {"heading": "By card", "anchor": "card", "level": 1, "text": "Press Pay now."}
    deep = {"heading": "Limits", "anchor": "limits", "level": 2, "text": "Ten a day."}
    pages: list[dict[str, Any]] = [
        {"id": "pay", "title": "Pay", "sections": [lead, card, deep, {**card, "heading": "Bank"}]},
        {"id": "zebra", "title": "Zebras", "text": "They have stripes."},
    ]
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt") as out:
        out.writelines(json.dumps(page) + "\n" for page in pages)
    return tmp_path


def test_a_set_is_read_with_the_headings_above_each_section(questions: Path) -> None:
    pay, zebra = sets.pages(questions)
    assert [section.heading_path for section in pay.sections] == [
        (),
        ("By card",),
        ("By card", "Limits"),
        ("Bank",),
    ]
    assert [section.text for section in zebra.sections] == ["They have stripes."]
    asked = sets.questions(questions, "dev", "ticket")
    assert asked[0].text == "paying by card. My card is not taken."
    assert asked[0].relevant == {"pay": 2}


def test_a_search_is_measured_on_both_databases(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, vectors = tmp_path / "run.jsonl", tmp_path / "vectors.npz"
    call_command("bench", "search", questions, json=True, run=run, vectors=vectors)
    figures: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert [row["database"] for row in figures] == ["sqlite", "postgresql"]
    for row in figures:
        assert row["refined_grades"] == {"ndcg@10": 1.0, "success@1": 1.0, "recall@5": 1.0}
        assert 0 < row["words"]["p50"] <= row["words"]["p99"]
    assert [row["vectors_known"] for row in figures] == [0, 7]
    answers = [json.loads(line) for line in run.read_text().splitlines()]
    assert [answer["query"] for answer in answers] == ["q1", "q2", "q3"]
    assert answers[0]["docs"][0] == "pay"
    assert answers[0]["confidence"] > answers[2]["confidence"]
    assert (tmp_path / "run.postgresql.jsonl").read_text() == run.read_text()
    assert "with meaning" in report.library(figures)


def test_without_grades_only_answers_are_written(questions: Path, tmp_path: Path) -> None:
    (questions / "qrels.dev.jsonl").unlink()
    run = tmp_path / "run.jsonl"
    call_command("bench", "search", questions, "--words", json=True, run=run, database=["sqlite"])
    assert len(run.read_text().splitlines()) == 3


def test_a_folder_without_pages_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no queries"):
        call_command("bench", "search", tmp_path)
    with pytest.raises(CommandError, match="which folder"):
        call_command("bench", "search")


def test_made_up_pages_are_searched_beside_plain_full_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(library, "PAGES", 40)
    call_command("bench", "library", json=True, database=["sqlite"])
    (figures,) = json.loads(capsys.readouterr().out)
    assert (figures["pages"], figures["passages"]) == (40, 240)
    assert figures["full_text"]["p50"] > 0
    assert "plain FTS5" in report.library([figures])


def test_made_up_pages_come_from_a_folder_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(imports, "PAGES", 60)
    call_command("bench", "imports", json=True, database=["sqlite"])
    (figures,) = json.loads(capsys.readouterr().out)
    assert figures["pages"] == 60
    assert 0 < figures["again_seconds"] < figures["seconds"]
    assert "again" in report.imports([figures])


def test_grades_are_those_of_the_measures() -> None:
    graded = grades.graded(["a", "b", "c"], {"b": 1, "d": 2})
    assert graded["success@1"] == 0
    assert graded["recall@5"] == 0.5
    assert graded["ndcg@10"] == pytest.approx(0.6309 / (3 + 0.6309), abs=1e-4)
    assert grades.auroc([3, 2], [1, 2]) == 0.875


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


FIGURES = {"work", "p50_ms", "p99_ms", "sent", "delivered", "lost", "twice", "cpu_us_per_delivery"}


def test_words_in_chats_are_measured_and_none_is_lost(capfd: pytest.CaptureFixture[str]) -> None:
    """The whole of it, small: a hub that is killed, a Redis that is, pages that catch up."""
    call_command("bench", "chat", json=True, members=3, seconds=2)
    rows: list[dict[str, Any]] = json.loads(capfd.readouterr().out)
    assert [row["work"] for row in rows] == [
        "steady",
        "one commit",
        "server killed and restarted",
        "Redis killed and restarted",
    ]
    for row in rows:
        assert set(row) == FIGURES | {"megabytes"}
        assert row["sent"] > 0
        assert (row["lost"], row["twice"]) == (0, 0), row
        assert row["delivered"] >= row["sent"]


def test_what_open_pages_hear_of_is_measured_beside_channels(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "ROUNDS", 1)
    call_command("bench", "live", json=True, seconds=1)
    rows: list[dict[str, Any]] = json.loads(capfd.readouterr().out)
    assert [row["work"] for row in rows] == list(live.WORKS.values())
    assert all(row["delivered"] > 0 for row in rows)
    assert all(row["lost"] == 0 for row in rows if row["work"].startswith("ours"))
