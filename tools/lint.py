"""Does the code keep the rules that a program can check? `./dev lint`, two checks at a time."""

import os
import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.environment import PYTHON, VENV
from tools.progress import ROOT, run

CHECKS: dict[str, list[str | Path]] = {
    "types": ["-m", "mypy"],
    "migrations": ["-m", "handrail", "makemigrations", "--check", "--dry-run"],
    "imports": [VENV / "bin" / "lint-imports", "--no-logo"],
    "templates": ["-m", "djlint", "handrail", "--lint", "--quiet"],
    "rules": ["-m", "ruff", "check", "--output-format", "concise"],
    "format": ["-m", "ruff", "format", "--check", "--output-format", "concise"],
}
"""What each check is called, and what our Python runs for it; the slowest come first."""


def tidy() -> None:
    """Formats all Python code and mends what ruff can mend by itself."""
    for arguments in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
        run([PYTHON, "-m", "ruff", *arguments])


@dataclass(frozen=True)
class Finding:
    """How one check ended."""

    name: str
    is_clean: bool
    words: str
    seconds: float


def lint() -> list[str]:
    """Prints what every check has to say and returns the names of those that found something."""
    with TemporaryDirectory(prefix="handrail-") as data, ThreadPoolExecutor(2) as pool:
        env = {**os.environ, "HANDRAIL_DATA": data, "DATABASE_URL": f"sqlite:///{data}/empty"}
        findings = pool.map(partial(_check, env=env), CHECKS)
        return [finding.name for finding in findings if not _print(finding)]


def _check(name: str, env: Mapping[str, str]) -> Finding:
    started = time.monotonic()
    done = subprocess.run(
        [PYTHON, *CHECKS[name]],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Finding(name, done.returncode == 0, done.stdout.strip(), time.monotonic() - started)


def _print(finding: Finding) -> bool:
    verdict = "fine" if finding.is_clean else "wrong"
    print(f"lint: {finding.name} {verdict}, {finding.seconds:.1f} s", flush=True)
    if not finding.is_clean:
        print(finding.words, flush=True)
    return finding.is_clean
