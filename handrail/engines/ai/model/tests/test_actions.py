"""Are calls kept for those who run the hub, and for nobody else, and not for ever?"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from handrail.engines.ai.actions import remember
from handrail.engines.ai.answers import NOTHING
from handrail.engines.ai.model import actions
from handrail.engines.ai.models import CallOutcome, ModelCall, Surface
from handrail.engines.ai.tasks import KEEP_CALLS, forget_calls
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member
from handrail.people.viewer import SYSTEM, Viewer, viewer_for_agent, viewer_for_member

pytestmark = pytest.mark.django_db


def test_only_who_runs_the_hub_sees_calls(
    alice: Member, carol: Member, dora: Agent, nobody: Viewer
) -> None:
    actions.not_asked("small", alice.account, CallOutcome.BUSY)
    olga = create_agent(email="olga@handrail.example", name="Olga", role=AgentRole.ADMIN)
    seen = {
        "olga": viewer_for_agent(olga),
        "dora": viewer_for_agent(dora),
        "alice": viewer_for_member(alice),
        "carol": viewer_for_member(carol),
        "nobody": nobody,
        "system": SYSTEM,
    }
    counts = {name: ModelCall.objects.visible_to(who).count() for name, who in seen.items()}
    assert counts == {"olga": 1, "dora": 0, "alice": 0, "carol": 0, "nobody": 0, "system": 1}


def test_a_question_that_is_remembered_knows_its_calls(alice: Member) -> None:
    viewer = viewer_for_member(alice)
    calls = [actions.not_asked("small", alice.account, CallOutcome.BUSY).pk for _ in range(2)]
    question = remember(
        viewer, "Why?", NOTHING, surface=Surface.PANEL, language="en", milliseconds=1
    )
    actions.belongs_to(question, calls[:1])
    of_it = ModelCall.objects.visible_to(SYSTEM).filter(question=question)
    assert [call.pk for call in of_it] == calls[:1]


def test_calls_of_long_ago_are_forgotten(alice: Member) -> None:
    with time_machine.travel(timezone.now() - KEEP_CALLS - timedelta(days=1)):
        actions.not_asked("old", alice.account, CallOutcome.BUSY)
    actions.not_asked("new", alice.account, CallOutcome.BUSY)
    forget_calls.call()
    assert [call.model for call in ModelCall.objects.visible_to(SYSTEM)] == ["new"]
