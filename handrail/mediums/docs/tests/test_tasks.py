"""Do pages follow their sources and the renderer by themselves?"""

from pathlib import Path

import pytest

from handrail.engines.tasks.worker import Worker
from handrail.mediums.docs import tasks
from handrail.mediums.docs.actions import redrawing
from handrail.mediums.docs.models import Page, Source
from tests.trees import page, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


def test_what_an_older_version_drew_is_drawn_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(tmp_path, {"a.md": "# A\n\ntext\n", "b.md": "# B\n\ntext\n", "c.md": "# C\n\nx\n"})
    Page.objects.exclude(path="c").update(drawn_by=0, html="old")
    versions = set(Page.objects.values_list("section__version", flat=True))
    monkeypatch.setattr(redrawing, "AT_ONCE", 1)
    tasks.redraw_old.func()
    Worker().run_ready()
    assert "text" in page("a").html
    assert "text" in page("b").html
    assert set(Page.objects.values_list("section__version", flat=True)) != versions


def test_a_source_that_went_meanwhile_is_no_trouble() -> None:
    tasks.pull.func(7)
    Source.objects.create(url="https://127.0.0.1/x.git")
    tasks.pull_due.func()
    Worker().run_ready()
    assert Source.objects.get().commit == ""
