"""Does everybody who shares a secret read the same one, whole?"""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handrail.config.secret_files import kept_secret

pytestmark = pytest.mark.once


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret"
    made = kept_secret(path)
    assert len(made) >= 48
    assert kept_secret(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_a_secret_that_somebody_put_there_counts(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("chosen by the operator\n")
    assert kept_secret(path) == "chosen by the operator"


def test_all_who_come_first_read_the_same_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        for turn in range(20):
            path = tmp_path / str(turn) / "secret"
            [secret] = set(pool.map(kept_secret, [path] * 8))
            assert len(secret) >= 48
