"""What do search engines learn of a page? That it is an article, its age, and what is above it."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.mediums.docs.models import Page
from handrail.mediums.docs.reading.sides import SITE, absolute


class Written:
    """Data as it may stand in a script element: no sign of it can end the element or begin another.

    The same as Django's `json_script`, which knows one type alone.
    """

    def __init__(self, data: object) -> None:
        self._data = data

    def __html__(self) -> str:
        text = json.dumps(self._data, ensure_ascii=True)
        return text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")


def structured_data(page: Page, above: list[Page]) -> SafeString:
    """TechArticle and BreadcrumbList of https://schema.org, for a public page."""
    data = [_article(page), _trail(page, above)]
    return format_html('<script type="application/ld+json">{}</script>', Written(data))


def _article(page: Page) -> dict[str, Any]:
    address = absolute(SITE.address(page.section, page))
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": page.title,
        "inLanguage": page.language,
        "url": address,
        "mainEntityOfPage": address,
    }
    if page.summary:
        article["description"] = page.summary
    if page.published_at:
        article["dateModified"] = page.published_at.isoformat(timespec="seconds")
    return article


def _trail(page: Page, above: list[Page]) -> dict[str, Any]:
    """The section's own page, which has no path, is at the section's address: one step."""
    section = page.section
    of_section = [(section.title, SITE.index(section, page.language))] if page.path else []
    steps = [
        (_("Help Docs"), SITE.prefix),
        *of_section,
        *((one.title, SITE.address(section, one)) for one in [*above, page]),
    ]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(address)}
            for place, (name, address) in enumerate(steps, start=1)
        ],
    }
