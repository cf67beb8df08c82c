"""Has every medium the same shape, and is one folder really all that a new one needs?"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from handrail.hub import registry
from handrail.people.models import Member
from tests.browsing import client_for
from tests.fences.code import ROOT, files

SHAPE = {
    "medium": "how does it plug in?",
    "models": "what do we remember?",
    "access": "who may see it?",
    "actions": "what can people do?",
    "forms": "what input do we accept?",
    "views": "what does a member see?",
    "console": "what does an agent see?",
    "api": "what does a program see?",
    "search": "what can be found?",
    "ai": "what may AI read and do here?",
    "tasks": "what happens later?",
    "urls": "where are its pages?",
    "apps": "how does Django know it?",
    "admin": "what does Django's admin show?",
    "states": "what may follow what?",
    "letters": "who is told what?",
    "lists": "which rows does a list show?",
    "rows": "how does one look in a list?",
    "threads": "what was said and done, for this viewer?",
    "uploads": "how do files come and go?",
    "drafts": "what was typed and not sent?",
    "handoffs": "how does another medium lead here?",
    "clocks": "by when do we owe what?",
    "fields": "what does it ask for, of whom?",
    "suggestions": "what may answer before somebody asks?",
    "exports": "how does it leave as a file?",
    "importing": "how does it come from files, and go back to them?",
    "public": "what does somebody see whom we do not know?",
    "finding": "what does the one search box find here?",
    "paths": "what is the address of a thing?",
    "reading": "what does somebody find at an address?",
    "searching": "what answers a question, for this viewer?",
    "wishes": "what does somebody want who writes this?",
    "assistant": "how does the assistant answer?",
    "waiting": "how long will it take?",
    "crew": "who of us is there?",
    "summaries": "what happened, in short?",
}
"""The files of a medium and the question that each answers. One that outgrows itself becomes a
package of the same name; one that has nothing to say is not there."""

FOLDERS = {"migrations", "static", "templates", "templatetags", "tests", "locale"}
NEEDED = {"medium", "apps", "urls", "__init__"}
NAMESPACED = {"static", "templates", "templatetags"}

MIRRORING = ("handrail/mediums/", "handrail/engines/", "handrail/hub/", "handrail/people/")
"""Packages whose tests are found by the name of what they test."""


def mediums() -> list[str]:
    """The folders of the installed mediums."""
    prefix = "handrail.mediums."
    return [app.removeprefix(prefix) for app in settings.INSTALLED_APPS if app.startswith(prefix)]


def parts_of(medium: str) -> Iterator[list[str]]:
    """The path of each file of a medium, below its folder."""
    top = f"handrail/mediums/{medium}/"
    return (path.removeprefix(top).split("/") for path in files() if path.startswith(top))


# --- The files ----------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize("medium", mediums())
def test_a_medium_holds_only_the_files_of_the_shape(medium: str) -> None:
    names = {parts[0].removesuffix(".py") for parts in parts_of(medium)}
    assert not strange(names)
    assert NEEDED <= names


def strange(names: set[str]) -> set[str]:
    return names - set(SHAPE) - FOLDERS - {"__init__"}


@pytest.mark.once
def test_a_file_of_another_name_is_noticed() -> None:
    assert strange({"medium", "actions", "templates", "workflow", "utils"}) == {"workflow", "utils"}


@pytest.mark.once
@pytest.mark.parametrize("medium", mediums())
def test_what_a_medium_brings_for_pages_is_under_its_own_name(medium: str) -> None:
    """Django looks templates and static files up in one namespace for all packages."""
    for folder, *below in parts_of(medium):
        if folder in NAMESPACED and below[-1] != "__init__.py":
            assert below[0].removesuffix(".py") == medium, "/".join([folder, *below])


@pytest.mark.once
def test_every_folder_among_the_mediums_is_installed() -> None:
    folders = {path.split("/")[2] for path in files() if path.startswith("handrail/mediums/")}
    assert folders - {"__init__.py"} == set(mediums())


@pytest.mark.once
def test_every_test_file_mirrors_what_it_tests() -> None:
    for path in files():
        before, _, below = path.partition("/tests/")
        folder, _, name = below.rpartition("/")
        if path.startswith(MIRRORING) and name.startswith("test_") and name.endswith(".py"):
            mirrored = ROOT / before / folder / name.removeprefix("test_")
            is_there = mirrored.is_file() or mirrored.with_suffix("").is_dir()
            tag = ROOT / before / "templatetags" / name.removeprefix("test_")
            assert is_there or tag.is_file(), f"{path} tests nothing of that name"


# --- A new medium -------------------------------------------------------------------------------


@pytest.mark.once
def test_a_second_medium_is_one_folder_and_one_line(tmp_path: Path) -> None:
    """The folder is `postcards` beside this file, the line is in `with_postcards`."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.fences.with_postcards",
        "HANDRAIL_DATA": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'fresh.sqlite3'}",
    }
    command = [sys.executable, "-m", "tests.fences.visit_postcards"]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    said = json.loads(done.stdout)
    assert said["home"].index("/help/tickets/") < said["home"].index("/help/postcards/")
    assert "Write us a card." in said["home"]
    assert "Wish you were here." in said["page"]
    assert "/console/postcards/" in said["queue"]
    assert said["desk"] == "200  All cards are read."
    assert 'id="suggestions"' in said["form"]
    assert "A card from the sea" in said["suggested"]
    assert "A card from nobody" not in said["suggested"]
    assert said["opened"].startswith("200 /help/postcards/#sea")
    assert said["stranger"].startswith("401")
    assert {"postcards.send", "postcards.count"} < set(said["tools"].split())
    assert "tickets.burn" not in said["tools"]


def test_without_its_line_a_medium_is_not_there(alice: Member) -> None:
    assert client_for(alice).get("/help/postcards/").status_code == 404
    assert registry.find("postcards") is None
    assert b"postcards" not in client_for(alice).get("/help/").content
    suggested = client_for(alice).get("/help/tickets/new/suggestions?subject=My+card+is+late")
    assert b"postcards" not in suggested.content
