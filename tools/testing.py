"""Does everything work, on every database that we promise? `./dev test`, with honest counts."""

import os
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from tools import lint, machine
from tools.environment import PYTHON
from tools.progress import ROOT

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SPREAD = ("-n", "2", "--dist", "loadscope")  # the tests of a file share the servers it starts
NOTHING_COLLECTED = 5  # pytest's exit code


@dataclass(frozen=True)
class Result:
    """What one run of pytest counted."""

    title: str
    code: int
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.title}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def test(arguments: list[str]) -> int:
    """Lints, then runs every test on each database; with arguments, only the tests they choose."""
    missing = machine.provide()
    complaints = [] if arguments else lint.lint()
    databases = dict(DATABASES)
    if "PostgreSQL" in missing:
        del databases["postgresql"]
    results = [_run_pytest(name, title, arguments) for name, title in databases.items()]
    return _summarise(complaints, results, missing)


def _run_pytest(database: str, title: str, arguments: list[str]) -> Result:
    """One run of pytest with its output on the terminal, counted from its own report."""
    print(f"\n{title}", flush=True)
    with tempfile.TemporaryDirectory(prefix="handrail-") as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run(
            [PYTHON, "-m", "pytest", *SPREAD, f"--junit-xml={report}", *arguments],
            cwd=ROOT,
            env={**os.environ, "HANDRAIL_TEST_DATABASE": database},
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return _count(title, done.returncode, report)


def _count(title: str, code: int, report: Path) -> Result:
    if not report.is_file():  # pytest stopped before its first test
        return Result(title, code, failed=1)
    suite = ElementTree.parse(report).getroot()[0].attrib
    failed = int(suite["failures"]) + int(suite["errors"])
    skipped = int(suite["skipped"])
    return Result(title, code, int(suite["tests"]) - failed - skipped, failed, skipped)


def _summarise(complaints: list[str], results: list[Result], missing: list[str]) -> int:
    """Prints one line a database and returns the exit code: 0 only when nothing at all failed."""
    print()
    if missing:
        print(f"Not tried, because this machine lacks it: {', '.join(missing)}")
    if complaints:
        print(f"Lint found something: {', '.join(complaints)}")
    for result in results:
        print(result)
    codes = {result.code for result in results}
    nothing_ran = codes == {NOTHING_COLLECTED}
    return int(bool(complaints) or nothing_ran or not codes <= {0, NOTHING_COLLECTED})
