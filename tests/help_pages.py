"""How does a test make help pages? By the real actions, as an editor would."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from handrail.mediums.docs import actions
from handrail.mediums.docs.actions.order import put_in_order
from handrail.mediums.docs.models import Asset, Page, Section
from handrail.people.models import Audience
from handrail.people.viewer import system_viewer

EDITOR = system_viewer("editor")


def section_of(title: str = "Brands", **facts: Any) -> Section:
    return actions.make_section(EDITOR, title=title, **facts)


def group_of(section: Section, title: str, **facts: Any) -> Page:
    """A category; readers find it once there is something in it for them."""
    return actions.make_page(EDITOR, section, title=title, is_group=True, **facts)


def draft_of(section: Section, title: str, body: str = "Some words.", **facts: Any) -> Page:
    """A page that nobody has published."""
    return actions.make_page(EDITOR, section, title=title, body=body, **facts)


def page_of(section: Section, title: str, body: str = "Some words.", **facts: Any) -> Page:
    """A published page. `audience` is the key of one; facts are fields of the page."""
    key = facts.pop("audience", None)
    audience = Audience.objects.get(key=key) if key else None
    page = draft_of(section, title, body, audience=audience, **facts)
    actions.publish(EDITOR, page)
    page.refresh_from_db()
    return page


def front_page_of(section: Section, title: str, body: str = "Begin here.", **facts: Any) -> Page:
    """The section's own page, as the README.md of a tree comes in: it has no path."""
    page = page_of(section, title, body, **facts)
    Page.objects.filter(pk=page.pk).update(slug="")
    put_in_order(section, page.language)
    page.refresh_from_db()
    return page


def translated(page: Page, title: str, body: str = "Ein paar Worte.", **facts: Any) -> Page:
    """Its German page."""
    facts = {"language": "de", "original": page, "translated_number": page.number} | facts
    return page_of(page.section, title, body, **facts)


def changed(page: Page, **facts: Any) -> Page:
    """The page with other facts than its words; see `actions.change_page`."""
    now: dict[str, Any] = {
        name: getattr(page, name)
        for name in ("slug", "icon", "audience", "is_hidden", "keywords", "questions")
    }
    return actions.change_page(EDITOR, page, **(now | facts))


def rewritten(page: Page, body: str) -> Page:
    """Published with other words."""
    actions.save_draft(EDITOR, page, title=page.title, summary=page.summary, body=body)
    return actions.publish(EDITOR, page)


def asset_of(section: Section, name: str, content: bytes, *, is_drawn: bool = True) -> Asset:
    """A file of a section, as an import keeps it; with the picture that we would draw of it."""
    asset = Asset(
        section=section,
        path=name,
        name=name,
        content_type="image/svg+xml" if name.endswith("svg") else "application/octet-stream",
        size=len(content),
        sha256=hashlib.sha256(content + name.encode()).hexdigest(),
    )
    asset.file.save("original", ContentFile(content), save=False)
    if is_drawn:
        asset.width, asset.height = 40, 30
        asset.preview = asset.file.name
    asset.save()
    return asset
