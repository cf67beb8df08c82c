"""Do the lock files pin everything, and tie nobody to an address?"""

import re
from pathlib import Path

import pytest

from tools.progress import ROOT

pytestmark = pytest.mark.once

LOCKS = [
    *sorted((ROOT / "requirements").glob("*.txt")),
    ROOT / "package-lock.json",
    ROOT / ".npmrc",
]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_holds_no_address_and_no_path(path: Path) -> None:
    assert not re.search(
        r"https?://|file:|git\+|(?<![\w.-])/(?:home|root|work|tmp)/", path.read_text()
    )


@pytest.mark.parametrize("name", ["run", "dev", "node"])
def test_every_python_package_is_pinned_by_hash(name: str) -> None:
    for requirement in _requirements(name):
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", requirement)
        assert "--hash=sha256:" in requirement


def test_tests_run_on_the_versions_that_are_served() -> None:
    served = {_pin(requirement) for requirement in _requirements("run")}
    tested = {_pin(requirement) for requirement in _requirements("dev")}
    assert served <= tested


def _requirements(name: str) -> list[str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _pin(requirement: str) -> str:
    return requirement.split()[0]
