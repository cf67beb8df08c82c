"""How do new words of the code come into the catalogs? `./dev translate` collects and compiles.

What it writes is in git, compiled catalogs too, so that nobody else needs gettext. Dates, line
numbers and line breaks stay out: a catalog differs only where words do.
"""

import os
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tools import machine
from tools.environment import PYTHON
from tools.progress import ROOT, run, step

PACKAGE = ROOT / "handrail"
LOCALE = PACKAGE / "locale"
CODE_OF_OTHER_WORDS = ("tests", "demo", "bench")
"""Folders that the catalogs leave out: what they say is for nobody, or is an example's content."""


def translate() -> None:
    """Brings every catalog up to date and tells how many messages wait for a translator."""
    machine.require_gettext()
    languages = _languages()
    with step("Collecting the words of templates and code"):
        _collect(languages)
    for language in languages:
        _compile(LOCALE / language / "LC_MESSAGES" / "django.po")


def _languages() -> list[str]:
    """Codes of all languages but the one that the code is written in."""
    program = "from handrail.config.settings import *; print(*dict(LANGUAGES), LANGUAGE_CODE)"
    with TemporaryDirectory(prefix="handrail-") as data:
        told = subprocess.run(
            [PYTHON, "-c", program],
            cwd=ROOT,
            env={**os.environ, "HANDRAIL_DATA": data},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    *codes, own = told.stdout.split()
    return [code for code in codes if code != own]


def _collect(languages: list[str]) -> None:
    command: list[str | Path] = [PYTHON, "-P", "-m", "handrail", "makemessages"]
    command += ["--add-location=file", "--no-wrap", "--no-obsolete"]
    command += [f"--ignore={folder}" for folder in CODE_OF_OTHER_WORDS]
    command += [f"--locale={language}" for language in languages]
    with TemporaryDirectory(prefix="handrail-") as data:
        run(command, {**os.environ, "HANDRAIL_DATA": data}, folder=PACKAGE)
    for catalog in LOCALE.glob("*/LC_MESSAGES/django.po"):
        words = re.sub(r'"POT-Creation-Date:.*\n', "", catalog.read_text())
        catalog.write_text(words)


def _compile(catalog: Path) -> None:
    """Checks the catalog as gettext does, compiles it and prints what is left to do in it."""
    compiled = catalog.with_suffix(".mo")
    print(f"{catalog.relative_to(ROOT)}: ", end="", flush=True)
    command = ["msgfmt", "--check-format", "--statistics", "-o", str(compiled), str(catalog)]
    subprocess.run(command, cwd=ROOT, stderr=subprocess.STDOUT, check=True)
