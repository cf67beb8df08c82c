"""Is a draft kept over nobody else's, and begun where its editor began?"""

from typing import Any

import pytest

from handrail.mediums.docs import actions
from handrail.mediums.docs.actions import FromSource, Overtaken, WrittenMeanwhile, stamp_of
from handrail.mediums.docs.models import Draft, Page, Source
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole
from handrail.people.viewer import SYSTEM, NotEntitled, NotSignedIn, Viewer, viewer_for_nobody
from tests.making import viewer_of


def editor(name: str) -> Agent:
    return create_agent(
        email=f"{name}@h.example", name=name, role=AgentRole.EDITOR, password="x" * 20
    )


def keep(viewer: Viewer, page: Page, **known: Any) -> Draft:
    words = {"title": "Links", "summary": "", "body": "Words."}
    return actions.save_draft(viewer, page, **(words | known))


@pytest.fixture
def eva(installation: None) -> Agent:
    return editor("Eva")


@pytest.fixture
def page(eva: Agent) -> Page:
    viewer = viewer_of(eva)
    section = actions.make_section(viewer, title="Brand")
    made = actions.make_page(viewer, section, title="Links")
    keep(viewer, made)
    return actions.publish(viewer, made)


def test_a_draft_that_is_begun_late_knows_where_its_editor_began(eva: Agent, page: Page) -> None:
    viewer = viewer_of(eva)
    actions.publish(viewer, page)
    draft = keep(viewer, page, based_on=1)
    assert draft.based_on == 1
    with pytest.raises(Overtaken):
        actions.publish(viewer, page)
    actions.see_newer(viewer, page)
    assert actions.publish(viewer, page).number == 3


def test_nobody_begins_in_the_future(eva: Agent, page: Page) -> None:
    assert keep(viewer_of(eva), page, based_on=99).based_on == 1


def test_a_colleagues_draft_is_written_over_by_whoever_has_seen_it(eva: Agent, page: Page) -> None:
    ada = editor("Ada")
    hers = keep(viewer_of(ada), page, seen="", body="Hers.")
    with pytest.raises(WrittenMeanwhile) as raised:
        keep(viewer_of(eva), page, seen="")
    assert raised.value.draft.agent == ada
    keep(viewer_of(eva), page, seen=stamp_of(hers))
    assert Draft.objects.get().agent == eva


def test_ones_own_draft_of_another_window_is_not_written_over_either(
    eva: Agent, page: Page
) -> None:
    for _ in range(2):
        keep(viewer_of(eva), page, seen="long ago")  # the same words: nothing is lost
    with pytest.raises(WrittenMeanwhile):
        keep(viewer_of(eva), page, seen="long ago", body="Other words.")


def test_nul_is_left_out_everywhere(eva: Agent, page: Page) -> None:
    draft = actions.save_draft(viewer_of(eva), page, title="a\0", summary="b\0", body="c\0")
    assert (draft.title, draft.summary, draft.body) == ("a", "b", "c")


def test_pages_of_a_repository_are_changed_by_the_system_alone(eva: Agent, page: Page) -> None:
    page.source = Source.objects.create(url="https://git.example/help.git")
    page.save()
    viewer = viewer_of(eva)
    acts = (
        lambda: keep(viewer, page),
        lambda: actions.publish(viewer, page),
        lambda: actions.withdraw(viewer, page),
        lambda: actions.move_page(viewer, page, parent=None, position=0),
        lambda: actions.delete_page(viewer, page),
    )
    for act in acts:
        with pytest.raises(FromSource):
            act()
    keep(SYSTEM, page)


def test_who_does_not_edit_keeps_nothing(dora: Agent, page: Page) -> None:
    with pytest.raises(NotEntitled):
        keep(viewer_of(dora), page)
    with pytest.raises(NotSignedIn):
        actions.see_newer(viewer_for_nobody(), page)
