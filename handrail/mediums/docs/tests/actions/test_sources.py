"""Are repositories added, pulled when it is time, and by editors alone?"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.base.tokens import hashed
from handrail.mediums.docs.actions import sources
from handrail.mediums.docs.models import Source
from handrail.people.models import Agent
from handrail.people.viewer import NotEntitled, viewer_for_agent
from tests.trees import IMPORTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

URL = "https://git.example/help.git"


def waiting() -> list[int]:
    rows = DBTaskResult.objects.filter(task_path="handrail.mediums.docs.tasks.pull")
    return [row.args_kwargs["args"][0] for row in rows.filter(status="READY")]


def test_a_new_repository_is_pulled_at_once_and_waits_once() -> None:
    source = sources.add_source(IMPORTER, url=URL)
    sources.want_pull(IMPORTER, source)
    assert waiting() == [source.pk]


@pytest.mark.parametrize("url", ["file:///etc", "https://a:b@git.example/x", "ssh://git.example/x"])
def test_an_address_that_is_not_asked_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        sources.add_source(IMPORTER, url=url)


def test_each_is_pulled_when_its_time_has_come() -> None:
    now = timezone.now()
    due = Source.objects.create(url=URL, every_minutes=60, pulled_at=now - timedelta(minutes=61))
    Source.objects.create(url=URL, every_minutes=60, pulled_at=now - timedelta(minutes=59))
    Source.objects.create(url=URL, every_minutes=None)
    Source.objects.create(url=URL, every_minutes=60, is_on=False)
    new = Source.objects.create(url=URL, every_minutes=60)
    assert sources.want_due_pulls(IMPORTER, now) == 2
    assert sources.want_due_pulls(IMPORTER, now) == 0
    assert waiting() == [due.pk, new.pk]


def test_only_the_last_secret_of_a_hook_counts_and_it_is_not_kept() -> None:
    source = Source.objects.create(url=URL)
    first, second = sources.make_hook(IMPORTER, source), sources.make_hook(IMPORTER, source)
    source.refresh_from_db()
    assert source.hook_digest == hashed(second)
    for wrong in (first, "", hashed(second), "\0"):
        sources.want_pull_by_hook(IMPORTER, wrong)
    assert waiting() == []
    sources.want_pull_by_hook(IMPORTER, second)
    assert waiting() == [source.pk]


def test_one_that_is_switched_off_hears_no_hook() -> None:
    source = Source.objects.create(url=URL)
    secret = sources.make_hook(IMPORTER, source)
    sources.set_on(IMPORTER, source, False)
    sources.want_pull_by_hook(IMPORTER, secret)
    assert waiting() == []


def test_only_editors_touch_them(dora: Agent) -> None:
    source = Source.objects.create(url=URL)
    viewer = viewer_for_agent(dora)
    for act in (sources.want_pull, sources.make_hook, sources.remove_source):
        with pytest.raises(NotEntitled):
            act(viewer, source)
    assert not Source.objects.visible_to(viewer).exists()
