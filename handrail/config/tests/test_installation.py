"""Is an installation brought up to date once, and left alone afterwards?"""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from handrail.config import installation
from handrail.hub.models import MediumOffer
from handrail.mediums.tickets.models import IssueType
from handrail.people.models import Audience, Plan

pytestmark = pytest.mark.django_db


def rows() -> list[int]:
    return [model.objects.count() for model in (Plan, Audience, MediumOffer, IssueType)]


def test_the_first_rows_are_made_once(db: None) -> None:
    installation.install_defaults()
    first = rows()
    assert all(first)
    installation.install_defaults()
    assert rows() == first


def test_a_database_that_is_up_to_date_is_not_migrated_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(installation, "call_command", lambda name, **options: called.append(name))
    installation.migrate()
    assert called == []


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_static_files_are_gathered_when_one_has_changed(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    called: list[bool] = []

    def collect(name: str, **options: Any) -> None:
        called.append(options["clear"])

    monkeypatch.setattr(installation, "call_command", collect)
    state = ["before"]
    monkeypatch.setattr(installation, "_state_of_sources", lambda: state[0])
    for _ in range(2):
        installation.collect_static()
    assert called == [False], "nothing has changed since"
    state[0] = "after"
    installation.collect_static()
    assert called == [False, True], "what is stale goes"
