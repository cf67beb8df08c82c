"""What is the address of a page, and which page is at an address?

`/docs/<section>/[<language>/]<path>`: the section's own language has no prefix. The same path
leads to the page in the panel, below `/help/docs/`, and with `.md` to what machines read.
"""

import re
import unicodedata

from django.conf import settings

from handrail.mediums.docs.models import Page, Section

MARK = "/-docs-/"
"""How stored HTML begins an address of ours: pages put their own side's prefix in its place."""

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def slug_of(title: str) -> str:
    """Letters and digits of every script, with dashes between: "Größe & Zahl" → "größe-zahl"."""
    plain = unicodedata.normalize("NFC", title).lower()
    slug = re.sub(r"[\W_]+", "-", plain).strip("-")
    return slug[:100].strip("-") or "page"


def path_of(section: Section, page: Page) -> str:
    """Within `/docs/`: `brand/tracking/links`, `brand/de/tracking/links`."""
    parts = [section.slug, page.language if page.language != section.language else "", page.path]
    return "/".join(part for part in parts if part)


def public_url(section: Section, page: Page, *, suffix: str = "") -> str:
    """Absolute, for mail, machines and canonical addresses."""
    return f"{settings.HANDRAIL_URL}/docs/{path_of(section, page)}{suffix}"
