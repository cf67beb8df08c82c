"""What can an editor do about a question that the pages do not answer? Begin a page, settle it."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.ai.answers import Source, from_json
from handrail.engines.ai.models import Question, QuestionGroup, Settled
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions.drafts import save_draft
from handrail.mediums.docs.actions.pages import KIND, make_page
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.paths import path_of
from handrail.people.viewer import Viewer

MOST_LISTED = 20
"""Questions of a group that its draft lists."""
MOST_NEAR = 5
TITLE_LETTERS = 200

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~$&:@])|^([#+=-])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])")
"""What begins markup anywhere, and what does at the beginning of a line."""


@transaction.atomic
def settle(viewer: Viewer, group: QuestionGroup) -> int:
    """Nothing is to be done about what was asked so far; asked again, it is on the list again."""
    viewer.require(EDIT)
    unsettled = Question.objects.filter(group=group, settled_at=None)
    return unsettled.update(settled_at=timezone.now(), settled_as=Settled.BY_HAND)


@transaction.atomic
def bring_back(viewer: Viewer, group: QuestionGroup) -> int:
    """Undoes `settle`. What the pages have answered since stays as it is."""
    viewer.require(EDIT)
    by_hand = Question.objects.filter(group=group, settled_as=Settled.BY_HAND)
    return by_hand.update(settled_at=None, settled_as="")


@transaction.atomic
def settle_one(viewer: Viewer, question: Question) -> None:
    """The same for one question alone: an answer that was rated badly is dealt with."""
    viewer.require(EDIT)
    Question.objects.filter(pk=question.pk, settled_at=None).update(
        settled_at=timezone.now(), settled_as=Settled.BY_HAND
    )


@transaction.atomic
def bring_one_back(viewer: Viewer, question: Question) -> None:
    viewer.require(EDIT)
    Question.objects.filter(pk=question.pk, settled_as=Settled.BY_HAND).update(
        settled_at=None, settled_as=""
    )


@transaction.atomic
def begin_page(viewer: Viewer, group: QuestionGroup) -> Page:
    """A page that nobody reads yet, with the questions and the nearest sections in its draft.

    It stands in the section of the page that is nearest, in the language that was asked in where
    the section's family has it. Asked for twice, it is the same page. Raises ValidationError where
    there is no section yet.
    """
    viewer.require(EDIT)
    group = QuestionGroup.objects.select_for_update().get(pk=group.pk)
    known = Page.objects.filter(public_id=group.page).first() if group.page else None
    if known is not None:
        return known
    asked = list(Question.objects.filter(group=group).order_by("-asked_at")[: 5 * MOST_LISTED])
    near = _near(asked)
    section = near[0][0].section if near else Section.objects.first()
    if section is None:
        raise ValidationError(_("Make a section first: a page stands in one."))
    speaks = Page.objects.filter(section=section, language=group.language).exists()
    title = title_of(group.text)
    language = group.language if speaks else section.language
    page = make_page(viewer, section, title=title, language=language)
    save_draft(viewer, page, title=title, summary="", body=_body(asked, near))
    QuestionGroup.objects.filter(pk=group.pk).update(page=page.public_id)
    return page


def title_of(question: str) -> str:
    """A question as a title: in one line, with a capital, and no longer than titles are."""
    plain = " ".join(question.replace("\0", " ").split())[:TITLE_LETTERS].strip()
    return plain[:1].upper() + plain[1:] if plain else _("New page")


def sources_of(question: Question) -> tuple[Source, ...]:
    """What its answer cited, then what was near; none where the answer cannot be read any more."""
    try:
        answer = from_json(question.answer)
    except (KeyError, TypeError, ValueError):
        return ()
    return (*answer.sources, *answer.closest)


def _near(asked: Sequence[Question]) -> list[tuple[Page, Source]]:
    """The pages that the answers came nearest to, as they are now; each once."""
    sources = {
        one.thing_id: one
        for question in reversed(asked)
        for one in reversed(sources_of(question))
        if one.medium == KIND
    }
    nearest = list(reversed(sources))
    pages = Page.objects.published().filter(public_id__in=nearest).select_related("section")
    found = {page.public_id: page for page in pages.defer("body", "html", "outline")}
    return [(found[one], sources[one]) for one in nearest if one in found][:MOST_NEAR]


def _body(asked: Sequence[Question], near: Sequence[tuple[Page, Source]]) -> str:
    """Markdown. What people typed is written so that none of it is markup."""
    texts = list(dict.fromkeys(question.text for question in asked))[:MOST_LISTED]
    asked_title, near_title = _("What was asked"), _("What comes near to it")
    lines = [_("Write the answer here, and take out what follows."), "", f"## {asked_title}", ""]
    lines += [f"- {as_plain_text(text)}" for text in texts]
    if near:
        lines += ["", f"## {near_title}", ""]
        lines += [_link(page, source) for page, source in near]
    return "\n".join(lines) + "\n"


def _link(page: Page, source: Source) -> str:
    words = ": ".join([page.title, *source.heading_path[-1:]])
    anchor = f"#{source.anchor}" if source.anchor else ""
    return f"- [{as_plain_text(words)}](/docs/{path_of(page.section, page)}{anchor})"


def as_plain_text(text: str) -> str:
    """Markdown that shows these words and nothing else, in one line."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", " ".join(text.split()))
