"""Mass assignment: an editor's form is sent with more than it has. Chatwoot CVE-2026-72719.

Every form names what it takes: who wrote it, whether it is published, where it comes from and which
page it is are never among it.
"""

import pytest
from django.test import Client

from handrail.mediums.docs.models import Draft, Page, Source
from handrail.people.models import Agent, AgentRole, Audience
from tests.browsing import client_for
from tests.help_pages import draft_of, page_of, section_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(dora: Agent, settings: object) -> Client:
    settings.REQUIRE_SECOND_FACTOR = False  # type: ignore[attr-defined]
    dora.role = AgentRole.EDITOR
    dora.save()
    return client_for(dora)


def test_nothing_else_than_its_fields_is_taken(editor: Client, dora: Agent) -> None:
    section = section_of()
    page, other = draft_of(section, "Links"), page_of(section, "Other")
    source = Source.objects.create(url="https://git.example/help.git")
    audience = Audience.objects.filter(everyone=False)[0]
    more = {
        "page": str(other.pk),
        "page_id": str(other.pk),
        "agent": "1",
        "source": str(source.pk),
        "source_id": str(source.pk),
        "is_published": "on",
        "number": "99",
        "html": "<script>1</script>",
        "path": "elsewhere",
        "section": "partners",
        "audience_id": str(audience.pk),
        "good": "1000",
    }
    before = Page.objects.values().get(pk=page.pk)
    root = f"/console/docs/{page.public_id}/"
    editor.post(f"{root}draft", {"title": "Links", "body": "Words.", **more})
    editor.post(f"{root}settings", {"slug": page.slug, **more})
    editor.post(f"{root}place", {"place": "last", **more})
    draft = Draft.objects.get()
    assert (draft.page, draft.agent) == (page, dora)
    after = Page.objects.values().get(pk=page.pk)
    free = {"position", "rank"}
    assert {k: v for k, v in after.items() if k not in free} == {
        k: v for k, v in before.items() if k not in free
    }


def test_a_new_page_is_a_draft_whatever_is_sent(editor: Client) -> None:
    section_of()
    given = {"title": "Links", "is_published": "on", "html": "<b>x</b>", "path": "a", "good": "9"}
    editor.post("/console/docs/new", given)
    page = Page.objects.get()
    assert (page.is_published, page.html, page.path, page.good) == (False, "", "links", 0)
