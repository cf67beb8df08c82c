"""What must the machine bring? PostgreSQL, Redis, Chromium, fonts, gettext: found or installed."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.progress import Stopped, run, step, warn


@dataclass(frozen=True)
class Part:
    """Something that no Python package brings."""

    name: str
    packages: tuple[str, ...]
    """Debian's packages that hold it."""
    is_there: Callable[[], bool]


def postgres_program(name: str) -> Path | None:
    """Where `initdb` or `postgres` is; Debian keeps each version's in a folder off the PATH."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True):
        if (folder / name).is_file():
            return folder / name
    found = shutil.which(name)
    return Path(found) if found else None


def redis_program() -> Path | None:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    return Path(found) if found else None


def chromium_program() -> Path | None:
    """The browser as people have it; `HANDRAIL_CHROMIUM` names another than the system's."""
    return _first_of(os.environ.get("HANDRAIL_CHROMIUM", ""), "chromium", "chromium-browser")


def chromium_shell() -> Path | None:
    """The same without a browser's own windows, where there is one: for most stories it is enough,
    at a sixth of the cost of each new page. It blocks no third-party cookies."""
    if os.environ.get("HANDRAIL_CHROMIUM"):
        return chromium_program()
    return _first_of("chromium-headless-shell") or chromium_program()


def _first_of(*names: str) -> Path | None:
    found = next(filter(None, map(shutil.which, filter(None, names))), None)
    return Path(found) if found else None


def provide() -> list[str]:
    """Installs what the tests miss when we may; returns the names of what is missing still.

    On a developer's machine that is a printed sentence; in CI (`CI=true`) it raises Stopped, so
    that a green run never means "not tried".
    """
    missing = _missing(PARTS)
    if missing:
        sentence = _what_to_do(missing)
        if is_ci():
            raise Stopped(sentence)
        warn(f"{sentence}\nTests that need them are skipped.")
    return [part.name for part in missing]


def require_gettext() -> None:
    """For `./dev translate` alone: what it writes is in git, so nothing else needs gettext."""
    if missing := _missing((GETTEXT,)):
        raise Stopped(_what_to_do(missing))


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def _missing(parts: Sequence[Part]) -> list[Part]:
    """What is not there, after an attempt to install it where we may."""
    missing = [part for part in parts if not part.is_there()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing)
    return [part for part in missing if not part.is_there()]


def _what_to_do(missing: Sequence[Part]) -> str:
    names = ", ".join(part.name for part in missing)
    packages = " ".join(package for part in missing for package in part.packages)
    return f"Missing: {names}. On Debian and Ubuntu: sudo apt-get install {packages}"


def _install(parts: list[Part]) -> None:
    """Installs with apt, without starting the services that the packages would start."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    packages = [package for part in parts for package in part.packages]
    with step(f"Installing {', '.join(part.name for part in parts)} with apt (first time only)"):
        run(["apt-get", "update", "-qq"], env)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env)


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in folder.parent.name.split(".") if number.isdigit())


def _has_font(pattern: str) -> bool:
    """Whether some font draws the pattern's letters (the syntax is fontconfig's)."""
    program = shutil.which("fc-list")
    if program is None:
        return False
    found = subprocess.run(
        [program, pattern, "family"], capture_output=True, text=True, check=False
    )
    return bool(found.stdout.strip())


PARTS = (
    Part("PostgreSQL", ("postgresql",), lambda: postgres_program("initdb") is not None),
    Part("Redis", ("redis-server",), lambda: redis_program() is not None),
    Part("Chromium", ("chromium",), lambda: chromium_program() is not None),
    Part(
        "Chromium's shell",
        ("chromium-headless-shell",),
        lambda: bool(os.environ.get("HANDRAIL_CHROMIUM") or _first_of("chromium-headless-shell")),
    ),
    Part(
        "fonts",  # for the stories: right-to-left scripts, and the emoji that people write
        ("fontconfig", "fonts-dejavu-core", "fonts-noto-color-emoji"),
        lambda: _has_font(":lang=ar") and _has_font(":lang=he") and _has_font(":charset=1f600"),
    ),
)
GETTEXT = Part(
    "gettext", ("gettext",), lambda: all(map(shutil.which, ("xgettext", "msgmerge", "msgattrib")))
)
