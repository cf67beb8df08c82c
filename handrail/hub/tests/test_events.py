"""Does a medium hear of what happened in another: after commit, at least once, and in the end?"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.engines.activity.actions import record
from handrail.engines.activity.ref import Ref
from handrail.engines.tasks.worker import Worker
from handrail.hub import registry
from handrail.hub.medium import Event, Medium
from handrail.people.models import Member
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db

REF = Ref("walkthroughs", "A" * 22)


class Listener(Medium):
    """Counts the things that happened, each once, however often it is told."""

    name = "listener"
    listens_to = frozenset({"walkthroughs.finished", "tickets.opened"})

    def __init__(self) -> None:
        self.told: list[Event] = []
        self.counted: set[int] = set()
        self.is_broken = False

    def on_event(self, event: Event) -> None:
        self.told.append(event)
        if self.is_broken:
            raise RuntimeError("not now")
        self.counted.add(event.activity_id)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with registry.temporarily(Listener()) as medium:
        assert isinstance(medium, Listener)
        yield medium


def test_a_medium_hears_what_it_listens_to(listener: Listener, alice: Member) -> None:
    activity = record(viewer_of(alice), "walkthroughs.finished", REF, step=3)
    record(viewer_of(alice), "walkthroughs.begun", REF)
    assert listener.told == [], "not before its task runs"
    Worker().run_ready()
    assert listener.told == [Event("walkthroughs.finished", REF, activity.pk, {"step": 3})]


def test_it_hears_of_real_acts(listener: Listener, alice: Member) -> None:
    ticket = ticket_of(alice)
    Worker().run_ready()
    [event] = listener.told
    assert (event.verb, event.ref) == ("tickets.opened", ticket.conversation.ref)


def test_without_a_listener_nothing_is_enqueued(alice: Member) -> None:
    record(viewer_of(alice), "walkthroughs.finished", REF)
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_never_happened(listener: Listener, alice: Member) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record(viewer_of(alice), "walkthroughs.finished", REF)
        raise RuntimeError
    Worker().run_ready()
    assert listener.told == []


def test_who_could_not_listen_is_told_again(listener: Listener, alice: Member) -> None:
    record(viewer_of(alice), "walkthroughs.finished", REF)
    listener.is_broken = True
    Worker().run_ready()
    listener.is_broken = False
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        Worker().run_ready()
    assert (len(listener.told), len(listener.counted)) == (2, 1)


def test_one_deaf_medium_does_not_keep_it_from_others(listener: Listener, alice: Member) -> None:
    class Deaf(Listener):
        name = "deaf"

    with registry.temporarily(Deaf()) as deaf:
        assert isinstance(deaf, Deaf)
        deaf.is_broken = True
        record(viewer_of(alice), "walkthroughs.finished", REF)
        Worker().run_ready()
        assert (len(deaf.told), len(listener.counted)) == (1, 1)


def test_a_medium_that_was_removed_meanwhile_is_told_nothing(alice: Member) -> None:
    with registry.temporarily(Listener()):
        record(viewer_of(alice), "walkthroughs.finished", REF)
    Worker().run_ready()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
