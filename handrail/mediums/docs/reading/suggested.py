"""What might somebody ask next? What editors wrote beside pages which this viewer may read."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import get_language

from handrail.base.ids import is_public_id
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.searching import MEDIUM
from handrail.people.viewer import Viewer

MOST = 4
MOST_FOLLOW_UPS = 3
MOST_PAGES = 40
"""Pages that are looked through for questions."""


def context_page(viewer: Viewer, ref: str) -> Page | None:
    """The page that somebody comes from, as a Ref says it; None for what they may not read."""
    medium, _slash, public_id = ref.partition("/")
    if medium != MEDIUM or not is_public_id(public_id):
        return None
    pages = Page.objects.visible_to(viewer).select_related("section")
    return pages.defer("body", "html", "outline").filter(public_id=public_id).first()


def to_begin_with(viewer: Viewer, page: Page | None) -> list[str]:
    """Of the page that they come from; where it has none, of the pages that helped most, the first
    of each, in the reader's own language if there are any. One query at most."""
    if page is not None and page.questions:
        return _some(page.questions, ())[:MOST]
    own = Case(
        When(language=get_language() or "en", then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    pages = Page.objects.visible_to(viewer).listed().filter(is_group=False).exclude(questions=[])
    lists = pages.order_by(own, "-good", "rank", "pk").values_list("language", "questions")
    found = list(lists[:MOST_PAGES])
    first = [questions[0] for language, questions in found if language == found[0][0] and questions]
    return _some(first, ())[:MOST]


def to_go_on_with(viewer: Viewer, public_ids: list[str], asked: Iterable[str]) -> list[str]:
    """Questions of the pages that an answer cites, in that order, that were not asked yet."""
    if not public_ids:
        return []
    pages = Page.objects.visible_to(viewer).listed().filter(public_id__in=public_ids)
    known = dict(pages.values_list("public_id", "questions"))
    ordered = [question for public_id in public_ids for question in known.get(public_id, ())]
    return _some(ordered, asked)[:MOST_FOLLOW_UPS]


def _some(questions: Iterable[object], asked: Iterable[str]) -> list[str]:
    """None twice, none that was asked: whatever its capitals, blanks and question mark."""
    seen = {_same(one) for one in asked}
    found = []
    for question in questions:
        text = str(question).strip()
        if text and _same(text) not in seen:
            seen.add(_same(text))
            found.append(text)
    return found


def _same(question: str) -> str:
    return "".join(filter(str.isalnum, question.casefold()))
