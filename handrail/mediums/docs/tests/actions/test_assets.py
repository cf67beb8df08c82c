"""Is a file kept once, and never without its row?"""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from handrail.engines.conversations.files import FileRefused, NotKept
from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Asset, Section
from handrail.people.models import Agent, AgentRole
from handrail.people.viewer import NotEntitled, Viewer
from tests.making import picture, viewer_of


@pytest.fixture
def viewer(dora: Agent) -> Viewer:
    dora.role = AgentRole.EDITOR
    return viewer_of(dora)


@pytest.fixture
def section(viewer: Viewer) -> Section:
    return actions.make_section(viewer, title="Brand")


def kept(viewer: Viewer, section: Section, name: str = "a.png", content: bytes = b"") -> Asset:
    return actions.keep_asset(viewer, section, SimpleUploadedFile(name, content or picture()))


def test_the_same_file_again_is_the_one_that_is_there(viewer: Viewer, section: Section) -> None:
    assert kept(viewer, section) == kept(viewer, section)
    assert kept(viewer, section, "b.png") != kept(viewer, section)


def test_what_is_shown_is_the_picture_drawn_anew(viewer: Viewer, section: Section) -> None:
    asset = kept(viewer, section)
    with Image.open(asset.preview.path) as shown:
        assert (shown.format, shown.size) == ("WEBP", (asset.width, asset.height))


def test_a_name_without_letters_is_a_file(viewer: Viewer, section: Section) -> None:
    assert kept(viewer, section, "???.png").path.startswith("assets/page-")


def test_where_the_store_does_not_answer_nothing_is_left(
    viewer: Viewer, section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> str:
        raise OSError("no room")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", refuse)
    with pytest.raises(NotKept):
        kept(viewer, section)
    assert not Asset.objects.exists()


def test_where_the_row_does_not_come_its_file_goes(
    viewer: Viewer, section: Section, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Asset, "save", refuse)
    with pytest.raises(RuntimeError):
        kept(viewer, section)
    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_bad_files_and_people_who_do_not_edit_are_refused(
    viewer: Viewer, section: Section, dora: Agent
) -> None:
    with pytest.raises(FileRefused):
        kept(viewer, section, "a.svg", b"<svg/>")
    dora.role = AgentRole.AGENT
    with pytest.raises(NotEntitled):
        kept(viewer_of(dora), section)
