"""Stored XSS in rich text, written by one editor for another. FreeScout CVE-2026-32754.

An editor's page shows what colleagues wrote, readers said and visitors searched for: in a title, a
summary, a note, a name of a section, the preview, a change, a comment, a question.
"""

import pytest
from django.test import Client
from django.utils import timezone

from handrail.engines.search.library import actions as library
from handrail.mediums.docs import actions
from handrail.mediums.docs.models import ImportRun, Page, Score, Source
from handrail.people.models import Agent, AgentRole
from handrail.people.viewer import viewer_for_nobody
from tests.attacks.test_07_stored_scripts import PAYLOADS, dangers
from tests.browsing import client_for
from tests.help_pages import EDITOR, page_of, section_of

pytestmark = pytest.mark.django_db

PAGES = ("", "settings", "revisions", "revisions/1", "revisions/2", "feedback", "delete")


@pytest.fixture
def editor(dora: Agent, settings: object) -> Client:
    settings.REQUIRE_SECOND_FACTOR = False  # type: ignore[attr-defined]
    dora.role = AgentRole.EDITOR
    dora.save()
    return client_for(dora)


def written(payload: str) -> Page:
    """A page that says it wherever something can be said, and everything around the page too."""
    section = section_of(payload[:100], slug="brands", description=payload)
    page = page_of(section, payload, payload, keywords=[payload], questions=[payload])
    actions.save_draft(EDITOR, page, title=payload, summary=payload, body=f"{payload}\n\nmore")
    actions.publish(EDITOR, page, note=payload)
    actions.save_draft(EDITOR, page, title=payload, summary=payload, body=payload)
    actions.translate(EDITOR, page, "de")
    given = actions.rate(viewer_for_nobody(), page, Score.BAD)
    actions.comment(given.public_id, payload)
    actions.add_synonym(EDITOR, "en", f"bill {payload}"[:100], f"invoice {payload}"[:100])
    library.record_miss(payload, "en")
    return page


def alone(page: Page, payload: str) -> Page:
    """A page in another language that nobody has joined with `page`, which it could be."""
    return page_of(page.section, payload, payload, language="fr", slug=page.slug)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_an_editor_sees_runs(editor: Client, payload: str) -> None:
    page = written(payload)
    german = page.translations.get()
    paths = [f"{page.public_id}/{tail}" for tail in PAGES]
    paths += ["", "?q=script", "new", "search/", f"{german.public_id}/"]
    paths += [f"sections/{page.section.public_id}/{tail}" for tail in ("", "branch")]
    paths += [f"{one.public_id}/settings" for one in (german, alone(page, payload))]
    for path in paths:
        answer = editor.get(f"/console/docs/{path}")
        assert answer.status_code == 200, path
        assert not dangers(answer.content.decode()), path


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_came_with_a_repository_runs(editor: Client, payload: str) -> None:
    url = f"https://git.example/{payload}"
    source = Source.objects.create(url=url, branch=payload[:100], folder=payload)
    about = {"page": "", "line": 1}
    problem = {**about, "file": payload, "construct": payload, "words": payload}
    facts = {"source": source, "ended_at": timezone.now(), "problems": [problem]}
    ImportRun.objects.create(**facts)
    page = page_of(section_of(), payload, payload)
    Page.objects.filter(pk=page.pk).update(source=source, source_path=payload[:400])
    for path in ("sources/", f"sources/{source.public_id}/", f"{page.public_id}/"):
        assert not dangers(editor.get(f"/console/docs/{path}").content.decode()), path
    ImportRun.objects.create(source=source, ended_at=timezone.now(), failure=payload)
    for path in ("sources/", f"sources/{source.public_id}/", f"{page.public_id}/settings"):
        assert not dangers(editor.get(f"/console/docs/{path}").content.decode()), path


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_runs_where_a_refusal_repeats_it(editor: Client, payload: str) -> None:
    page = written(payload)
    other = page_of(page.section, "Andere", language="de")
    given = {"of": page.public_id, "original": payload}
    root = f"/console/docs/{other.public_id}/"
    for path, sent in ((f"{root}join", given), (f"{root}move", {"to": payload})):
        answer = editor.post(path, sent, follow=True)
        assert not dangers(answer.content.decode()), path
    answer = editor.post(f"/console/docs/{page.public_id}/revisions/1/restore")
    assert answer.status_code in (302, 409)
    assert not dangers(answer.content.decode())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_runs_in_the_preview(editor: Client, payload: str) -> None:
    page = page_of(section_of(), "Links")
    given = {"title": payload, "summary": payload, "body": f"{payload}\n\n# {payload}"}
    answer = editor.post(f"/console/docs/{page.public_id}/preview", given)
    assert answer.status_code == 200
    assert not dangers(answer.content.decode())


def test_nothing_runs_in_what_an_autosave_answers(editor: Client, dora: Agent) -> None:
    page = page_of(section_of(), "Links")
    for payload in PAYLOADS:
        actions.save_draft(EDITOR, page, title=payload, summary=payload, body=payload)
        given = {"title": "Links", "body": f"</ins>{payload}", "seen": "long ago"}
        for path in ("draft", "publish"):
            answer = editor.post(f"/console/docs/{page.public_id}/{path}", given)
            assert answer.status_code == 409
            assert not dangers(answer.content.decode())
