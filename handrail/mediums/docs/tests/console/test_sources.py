"""Can an editor work with repositories in the console?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from handrail.mediums.docs.actions import runs
from handrail.mediums.docs.models import Source
from handrail.people.models import Agent, AgentRole
from tests.trees import IMPORTER, page, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


@pytest.fixture
def editor(dora: Agent, browse: Callable[..., Client]) -> Client:
    dora.role = AgentRole.EDITOR
    dora.save()
    return browse(dora)


def test_a_repository_is_added_and_switched_off_and_removed(editor: Client) -> None:
    assert "No repository yet" in editor.get("/console/docs/sources/").content.decode()
    form = {
        "url": "https://git.example/help.git",
        "section_slug": "For Brands",
        "every_minutes": 30,
    }
    answer = editor.post("/console/docs/sources/new", form)
    source = Source.objects.get()
    assert answer["Location"] == f"/console/docs/sources/{source.public_id}/"
    assert (source.section_slug, source.every_minutes) == ("for-brands", 30)
    assert "git.example" in editor.get("/console/docs/sources/").content.decode()
    editor.post(f"/console/docs/sources/{source.public_id}/switch")
    assert "switched off" in editor.get(answer["Location"]).content.decode()
    editor.post(f"/console/docs/sources/{source.public_id}/remove")
    assert not Source.objects.exists()


def test_an_address_with_a_password_is_refused_in_words(editor: Client) -> None:
    answer = editor.post("/console/docs/sources/new", {"url": "https://a:b@git.example/x"})
    assert answer.status_code == 422
    assert "name and password" in answer.content.decode()


def test_the_report_leads_to_the_pages(editor: Client, tmp_path: Path) -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    take_in(tmp_path, {"a.md": "# A\n\n[x](no.md)\n"}, source=source)
    shown = editor.get(f"/console/docs/sources/{source.public_id}/").content.decode()
    assert "a.md" in shown
    assert "no.md" in shown
    assert f'href="/console/docs/{page("a").public_id}/"' in shown


def test_a_failure_is_told(editor: Client) -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    runs.fail(IMPORTER, runs.begin(IMPORTER, source), "There is no such branch.")
    assert (
        "There is no such branch."
        in editor.get(f"/console/docs/sources/{source.public_id}/").content.decode()
    )


def test_the_hooks_address_is_shown_this_once(editor: Client) -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    place = f"/console/docs/sources/{source.public_id}/"
    shown = editor.post(f"{place}hook").content.decode()
    assert "/docs/-/hooks/" in shown
    assert "/docs/-/hooks/" not in editor.get(place).content.decode()


def test_others_find_nothing(dora: Agent, browse: Callable[..., Client]) -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    for path in ("", "new", f"{source.public_id}/"):
        assert browse(dora).get(f"/console/docs/sources/{path}").status_code == 403
