"""Does a webhook ask for a pull, and tell nothing?"""

import pytest
import time_machine
from django.test import Client
from django_tasks_db.models import DBTaskResult

from handrail.mediums.docs.actions import sources
from handrail.mediums.docs.importing import hook
from handrail.mediums.docs.models import Source
from tests.trees import IMPORTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


def test_the_answer_is_the_same_for_every_secret() -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    secret = sources.make_hook(IMPORTER, source)
    answers = set()
    for given in (secret, "a" * 43, "x", "%00", "é"):
        answer = Client().post(f"/docs/-/hooks/{given}", "{}", content_type="application/json")
        answers.add((answer.status_code, answer.content, answer.headers["Content-Type"]))
    assert len(answers) == 1
    assert DBTaskResult.objects.filter(task_path__endswith="tasks.pull").count() == 1


def test_reading_it_does_nothing() -> None:
    source = Source.objects.create(url="https://git.example/help.git")
    secret = sources.make_hook(IMPORTER, source)
    assert Client().get(f"/docs/-/hooks/{secret}").status_code == 405
    assert not DBTaskResult.objects.filter(task_path__endswith="tasks.pull").exists()


@time_machine.travel("2026-03-02T12:00:00Z", tick=False)
def test_it_cannot_be_called_without_end() -> None:
    for _ in range(hook.CALLS.most):
        assert Client().post("/docs/-/hooks/x").status_code == 202
    answer = Client().post("/docs/-/hooks/x")
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
