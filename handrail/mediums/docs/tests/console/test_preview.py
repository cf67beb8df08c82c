"""Is the preview what readers will see, and nothing that acts?"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Draft, Page
from handrail.people.models import Agent
from tests.making import picture, viewer_of


def draw(desk: Client, page: Page, body: str, **more: str) -> str:
    path = f"/console/docs/{page.public_id}/preview"
    answer: Any = desk.post(path, {"title": "Links", "body": body, **more})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_it_is_drawn_as_publishing_draws_it(desk: Client, page: Page) -> None:
    text = draw(desk, page, '{% hint style="info" %}\nGood to *know*.\n{% endhint %}')
    assert "callout" in text and "<em>know</em>" in text
    assert not Draft.objects.exists()


def test_what_was_not_understood_is_listed_with_its_line(desk: Client, page: Page) -> None:
    text = draw(desk, page, "Words.\n\n{% wobble %}\n")
    assert 'data-line="3"' in text and "{% wobble %}" in text
    assert "1 thing was not understood" in text


def test_pictures_that_no_published_page_shows_are_shown(
    desk: Client, page: Page, eva: Agent
) -> None:
    given = SimpleUploadedFile("a.png", picture())
    asset = actions.keep_asset(viewer_of(eva), page.section, given)
    text = draw(desk, page, f"![Teal](/{asset.path})")
    assert f'src="/console/docs/-/files/{asset.public_id}/a.png"' in text


def test_links_lead_to_the_public_pages(desk: Client, page: Page) -> None:
    assert 'href="/docs/brand/links"' in draw(desk, page, "[Here](/links.md)")


def test_scripts_do_not_come_in_by_text_title_or_summary(desk: Client, page: Page) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    text = draw(desk, page, evil + "\n\n[x](javascript:alert(1))", title=evil, summary=evil)
    assert "<script" not in text and "<img" not in text and 'href="javascript' not in text


def test_nonsense_is_drawn_too(desk: Client, page: Page) -> None:
    draw(desk, page, "\0" + "> " * 5000 + "{% tabs %}" * 50 + "\u202e" * 100)
