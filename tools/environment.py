"""How does a clone come to its Python packages? A `.venv`, filled exactly from the lock files."""

import fcntl
import hashlib
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tools.progress import ROOT, Stopped, run, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = VENV / "bin" / "pip"
REQUIREMENTS = ROOT / "requirements"

Lock = Literal["run", "dev", "node"]


def prepare(*locks: Lock) -> None:
    """Makes `.venv` and installs the named lock files; costs a few file reads when all is there."""
    if not PYTHON.exists() or not PIP.exists():  # pip comes last: without it, making was stopped
        _create()
    for lock in locks:
        if not _is_installed(lock):
            _install_own(lock)
    _make_importable()


@contextmanager
def alone() -> Iterator[None]:
    """Lets a second `./dev`, started in the same clone meanwhile, wait for the first."""
    with (ROOT / "dev").open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def fingerprint(*paths: Path) -> str:
    """One hash over the content of several files, to notice that any of them changed."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_stamped(name: str, value: str) -> bool:
    """Whether the step `name` was finished in this environment for exactly this `value`."""
    path = _stamp_file(name)
    return path.is_file() and path.read_text() == value


def stamp(name: str, value: str) -> None:
    """Remembers that the step `name` was finished for this `value`."""
    _stamp_file(name).write_text(value)


def install(python: Path, *arguments: str | Path) -> None:
    """Installs into the environment of `python`: with uv if there is one (seconds), else with pip.

    Where uv fails pip is asked too, since it alone knows the mirrors that pip is set up with.
    """
    uv = shutil.which("uv") or shutil.which("uv", path=VENV / "bin")
    if uv is not None:
        try:
            run([uv, "pip", "install", "--quiet", "--python", python, *arguments])
        except Stopped:
            pass
        else:
            return
    run([python, "-m", "pip", "install", "--quiet", "--no-input", *arguments])


def install_lock(lock: Lock, python: Path) -> None:
    """Installs exactly what a lock file names, nothing else."""
    install(python, "--no-deps", "--require-hashes", "--requirement", _lock_file(lock))


def _stamp_file(name: str) -> Path:
    return VENV / f"handrail-{name}.stamp"


def _lock_file(lock: Lock) -> Path:
    return REQUIREMENTS / f"{lock}.txt"


def _is_installed(lock: Lock) -> bool:
    return is_stamped(lock, fingerprint(_lock_file(lock)))


def _create() -> None:
    with step("Making a Python environment in .venv"):
        try:
            run([sys.executable, "-m", "venv", "--clear", VENV])
        except Stopped as problem:
            raise Stopped(
                f"{problem}\nOn Debian and Ubuntu, `apt-get install python3-venv` helps."
            ) from None


def _install_own(lock: Lock) -> None:
    path = _lock_file(lock)
    reason = "its lock file changed" if _stamp_file(lock).exists() else "first time only"
    count = len(re.findall(r"^[\w.-]+(?:\[.*\])?==", path.read_text(), re.MULTILINE))
    packages = "1 Python package" if count == 1 else f"{count} Python packages"
    with step(f"Installing {packages} ({reason})"):
        install_lock(lock, PYTHON)
    stamp(lock, fingerprint(path))
    if lock == "dev":  # holds everything that `run` holds, in the same versions
        stamp("run", fingerprint(_lock_file("run")))


def _make_importable() -> None:
    """Puts the clone on the environment's path: an editable install without a build.

    The environment's own folder is searched for, since its Python may be another than ours.
    """
    for packages in VENV.glob("lib/python3*/site-packages"):
        path = packages / "handrail.pth"
        if not path.is_file() or path.read_text() != f"{ROOT}\n":
            path.write_text(f"{ROOT}\n")
