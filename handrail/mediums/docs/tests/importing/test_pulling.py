"""Do the pages of a repository follow it?"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handrail.mediums.docs import actions
from handrail.mediums.docs.actions import sources
from handrail.mediums.docs.importing.pulling import pull_source
from handrail.mediums.docs.models import ImportRun, Page, Source
from handrail.people.models import Agent, AgentRole
from handrail.people.viewer import viewer_for_agent
from tests.git_server import GitServer, git_server
from tests.trees import IMPORTER, page, said, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


@pytest.fixture
def server(settings: Any) -> Iterator[GitServer]:
    with git_server() as made:
        settings.ENV = replace(settings.ENV, outbound_allow=[made.door])
        yield made


@pytest.fixture
def source(server: GitServer) -> Source:
    return sources.add_source(IMPORTER, url=server.url, section_slug="brand")


def pull(source: Source) -> Any:
    source.refresh_from_db()
    return pull_source(IMPORTER, source)


def test_its_pages_come_change_and_go(server: GitServer, source: Source) -> None:
    server.commit({"a.md": "# A\n", "b.md": "# B\n"})
    assert pull(source).counts["added"] == 2
    assert page("a").source == source
    tip = server.commit({"a.md": "# A\n\nNew.\n"})
    assert pull(source).counts["changed"] == 1
    assert not page("b").is_published
    source.refresh_from_db()
    assert source.commit == tip
    assert pull(source) is None
    assert ImportRun.objects.filter(source=source).count() == 2


def test_a_server_that_is_away_says_so_once(server: GitServer, source: Source) -> None:
    server.commit({"a.md": "# A\n"})
    pull(source)
    Source.objects.update(url="http://127.0.0.1:1/x.git")
    assert pull(source) is None
    assert pull(source) is None
    assert ImportRun.objects.exclude(failure="").count() == 1
    assert page("a").is_published


def test_an_import_by_hand_leaves_its_pages_alone(
    server: GitServer, source: Source, tmp_path: Path
) -> None:
    server.commit({"a.md": "# A\n"})
    pull(source)
    report = take_in(tmp_path, {"a.md": "# Mine\n", "c.md": "# C\n"})
    assert page("a").title == "A"
    assert [line.partition(":")[0] for line in said(report)] == ["a.md"]
    server.commit({"a.md": "# A\n\nmore\n"})
    assert pull(source).counts["removed"] == 0
    assert page("c").is_published


def test_what_is_written_in_git_is_not_edited_here(
    server: GitServer, source: Source, dora: Agent
) -> None:
    dora.role = AgentRole.EDITOR
    dora.save()
    server.commit({"a.md": "# A\n"})
    pull(source)
    editor = viewer_for_agent(dora)
    with pytest.raises(actions.FromSource):
        actions.save_draft(editor, page("a"), title="Mine", summary="", body="")
    sources.remove_source(editor, source)
    assert Page.objects.get().is_published
    assert actions.save_draft(editor, page("a"), title="Mine", summary="", body="")
