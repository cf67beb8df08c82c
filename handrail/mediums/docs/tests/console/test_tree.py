"""Does the tree say of each page what an editor has to know?"""

from collections.abc import Callable

from handrail.mediums.docs import actions
from handrail.mediums.docs.console.tree import Line, find_by_title, tree
from handrail.mediums.docs.models import Page, Section, Source
from handrail.people.models import Agent, Audience
from tests.making import viewer_of


def line_of(eva: Agent, section: Section, page: Page, language: str = "en") -> Line:
    lines = tree(viewer_of(eva), section, language)
    return next(line for line in lines if line.public_id == page.public_id)


def test_a_published_page_for_everybody_needs_no_badge(
    eva: Agent, section: Section, page: Page
) -> None:
    assert line_of(eva, section, page).is_plain


def test_a_page_that_nobody_published_is_a_draft(
    eva: Agent, section: Section, make: Callable[..., Page]
) -> None:
    line = line_of(eva, section, make(publish=False))
    assert not line.is_plain and not line.is_published


def test_changes_that_are_not_published_are_seen(eva: Agent, section: Section, page: Page) -> None:
    actions.save_draft(viewer_of(eva), page, title="Links", summary="", body="Other words.")
    assert line_of(eva, section, page).has_draft


def test_hidden_audience_and_source_are_seen(eva: Agent, section: Section, page: Page) -> None:
    audience = Audience.objects.filter(everyone=False)[0]
    source = Source.objects.create(url="https://git.example/help.git")
    Page.objects.filter(pk=page.pk).update(is_hidden=True, audience=audience, source=source)
    line = line_of(eva, section, page)
    assert (line.is_hidden, line.audience, line.source_id) == (True, audience.name, source.pk)


def test_a_translation_is_stale_once_its_original_is_published_anew(
    eva: Agent, section: Section, page: Page
) -> None:
    german = actions.translate(viewer_of(eva), page, "de")
    assert not line_of(eva, section, german, "de").is_stale
    actions.publish(viewer_of(eva), page)
    assert line_of(eva, section, german, "de").is_stale


def test_pages_come_in_reading_order(
    eva: Agent, section: Section, make: Callable[..., Page]
) -> None:
    top = make("Top", is_group=True)
    make("Last")
    make("Deeper", parent=make("Below", parent=top))
    lines = tree(viewer_of(eva), section, "en")
    assert [line.title for line in lines] == ["Top", "Below", "Deeper", "Last"]
    assert [len(line.trail) for line in lines] == [0, 1, 2, 0]


def test_titles_are_found_in_every_section(
    eva: Agent, page: Page, make: Callable[..., Page]
) -> None:
    other = actions.make_section(viewer_of(eva), title="Partner")
    make("Links for partners", section=other)
    found = find_by_title(viewer_of(eva), "lin")
    assert [(one.title, one.section) for one in found] == [
        ("Links", "Brand"),
        ("Links for partners", "Partner"),
    ]
    assert find_by_title(viewer_of(eva), "") == []
    nearest = find_by_title(viewer_of(eva), "lin", other)
    assert [one.section for one in nearest] == ["Partner", "Brand"]
    assert [one.path for one in nearest] == ["links-for-partners", "links"]


def test_who_edits_nothing_finds_what_they_may_read(dora: Agent, make: Callable[..., Page]) -> None:
    make(publish=False)
    assert find_by_title(viewer_of(dora), "links") == []
