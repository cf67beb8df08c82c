"""What of a page does its file decide, and what somebody here? Whichever changed last.

The file's head, as it was at the last import, stays with the page. What it says now and did not
say then is news; where it says the same, what somebody chose in the console stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from handrail.mediums.docs.importing.facts import HEAD, Facts, compared, read_facts
from handrail.mediums.docs.importing.options import Options
from handrail.mediums.docs.models import Page
from handrail.people.models import Audience

PLAIN = ("icon", "keywords", "questions", "is_hidden")
WORDS = ("title", "summary", "body")


@dataclass(frozen=True)
class Audiences:
    """Whom a page is for, by what its file and the command say."""

    options: Options
    fault: Callable[[str], None]
    """Told of a key that is nobody's."""

    def is_known(self, key: str) -> bool:
        return not key or key in self.options.audiences

    def find(self, key: str) -> Audience | None:
        """None for everybody."""
        found = self.options.audiences.get(key) if key else None
        return None if found is None or found.everyone else found


def merge(page: Page, facts: Facts, audiences: Audiences, *, whole: bool) -> set[str]:
    """Takes what is new in the file into `page`; returns which of its fields have changed.

    `whole`: all of it, whatever somebody chose here.
    """
    before = {name: getattr(page, name) for name in (*WORDS, *PLAIN, "is_published")}
    audience, front = page.audience_id, _unknown(page.front)
    old = Facts() if whole else _said_before(page)
    for name in WORDS:
        setattr(page, name, getattr(facts, name))
    for name in PLAIN:
        if whole or getattr(old, name) != getattr(facts, name):
            setattr(page, name, getattr(facts, name))
    if facts.slug and (whole or old.slug != facts.slug):
        page.slug = facts.slug
    _set_readers(page, facts, old, audiences, whole=whole)
    changed = {name for name, value in before.items() if getattr(page, name) != value}
    changed |= {"audience"} if page.audience_id != audience else set()
    return changed | ({"front"} if _unknown(page.front) != front else set())


def is_same(page: Page, facts: Facts) -> bool:
    """Whether the file says what the page is already, the heading and its place apart."""
    mine = facts_of(page)
    given = Facts(**{**vars(facts), "slug": mine.slug, "language": "", "translation_of": ""})
    mine.language = mine.translation_of = ""
    return compared(mine) == compared(given)


def facts_of(page: Page, *, slug: str = "", language: str = "", original: str = "") -> Facts:
    """What a file says that is this page; the rest is told by where it stands."""
    front: dict[str, Any] = dict(page.front)
    key = page.audience.key if page.audience else ""
    is_draft = not page.is_published
    if isinstance(front.get("audience"), str):  # nobody's key, at the last import
        key = front.pop("audience")
        is_draft = front.get("status") == "draft"
    if front.get("status") == "draft":
        del front["status"]
    return Facts(
        title=page.title,
        summary=page.summary,
        body=page.body,
        icon=page.icon,
        audience=key,
        is_hidden=page.is_hidden,
        is_draft=is_draft,
        keywords=list(page.keywords),
        questions=list(page.questions),
        slug=slug,
        language=language,
        translation_of=original,
        front=front,
    )


def _unknown(front: dict[str, Any]) -> dict[str, Any]:
    """Without how it was written."""
    return {key: value for key, value in front.items() if key != HEAD}


def _said_before(page: Page) -> Facts:
    head = page.front.get(HEAD)
    return read_facts(head if isinstance(head, str) else "", lambda *found: None)


def _set_readers(
    page: Page, facts: Facts, old: Facts, audiences: Audiences, *, whole: bool
) -> None:
    """Never wider than meant: a key that is nobody's keeps the page from everybody.

    What the command says narrows, and never opens what is narrower already.
    """
    was_unknown = isinstance(page.front.get("audience"), str)
    default = audiences.options.audience
    is_news = whole or was_unknown or old.audience != facts.audience
    is_known = audiences.is_known(facts.audience)
    if is_known and (is_news or (page.audience_id is None and not facts.audience and default)):
        page.audience = audiences.find(facts.audience or default)
    if whole or was_unknown or old.is_draft != facts.is_draft:
        page.is_published = not facts.is_draft
    page.front = dict(facts.front)
    if not is_known:
        audiences.fault(_("There is no such audience; the page was not published."))
        page.is_published = False
        page.front["audience"] = facts.audience
        if facts.is_draft:
            page.front.setdefault("status", "draft")
