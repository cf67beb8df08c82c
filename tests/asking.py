"""How does a test ask? By the real engine, and what came is remembered as the panel does."""

from handrail.engines.ai import actions
from handrail.engines.ai.models import Question, QuestionGroup, Surface
from handrail.hub import asking
from handrail.people.models import Member
from handrail.people.viewer import viewer_for_member, viewer_for_nobody

PAYOUTS = "When does the payout arrive?"


def ask(
    text: str = PAYOUTS,
    who: Member | None = None,
    *,
    wants_to_hear: bool = False,
    language: str = "en",
    surface: Surface = Surface.PANEL,
) -> Question:
    """As this member, or as a visitor; in a group of its own or of others."""
    viewer = viewer_for_member(who) if who else viewer_for_nobody()
    answer = asking.ask(viewer, text).answer
    question = actions.remember(
        viewer, text, answer, surface=surface, language=language, milliseconds=7
    )
    if wants_to_hear:
        actions.want_to_hear(viewer, question)
    actions.group_some()
    question.refresh_from_db()
    return question


def group_of(question: Question) -> QuestionGroup:
    assert question.group is not None
    return question.group
