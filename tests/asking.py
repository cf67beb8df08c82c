"""How does a test ask? By the real engine, or with answers of its own; both by the real actions."""

from typing import Any

from handrail.engines.ai import actions
from handrail.engines.ai.answers import Answer, Outcome, Piece, Source
from handrail.engines.ai.models import Question, QuestionGroup, Surface
from handrail.engines.search.library.blocks import Kind
from handrail.hub import asking
from handrail.mediums.docs.models import Page
from handrail.people.models import Member
from handrail.people.viewer import Viewer, viewer_for_member, viewer_for_nobody

PAYOUTS = "When does the payout arrive?"
QUOTE = "At most 100 links are open at once."


def source_of(page: Page, heading: str = "Limits", anchor: str = "limits") -> Source:
    path = (heading,) if heading else ()
    return Source("docs", page.public_id, page.language, page.title, path, anchor)


def piece_of(*lines: str, kind: Kind = Kind.TEXT, **facts: Any) -> Piece:
    return Piece(kind, lines or (QUOTE,), **{"sources": (1,), **facts})


def answer_of(page: Page, *pieces: Piece, **facts: Any) -> Answer:
    """An answer that rests on one section of this page."""
    usual: dict[str, Any] = {"outcome": Outcome.ANSWERED, "sources": (source_of(page),)}
    return Answer(**{"certainty": 0.9, "pieces": pieces or (piece_of(),), **usual, **facts})


def nothing(*near: Page) -> Answer:
    return Answer(Outcome.NOTHING, 0.1, closest=tuple(source_of(page) for page in near))


def asked_by(
    viewer: Viewer, answer: Answer, text: str = "How many links?", **facts: Any
) -> Question:
    """What this viewer asked and was answered. `thread` goes on with one of theirs."""
    usual: dict[str, Any] = {"surface": Surface.PANEL, "language": "en", "milliseconds": 30}
    return actions.remember(viewer, text, answer, **{**usual, **facts})


def thread_path(question: Question, *, is_public: bool = False) -> str:
    side = "/docs" if is_public else "/help/docs"
    return f"{side}/ask?thread={question.thread}"


def answer_path(question: Question, act: str = "", *, is_public: bool = False) -> str:
    """Where something is done with an answer: `/stop`, `/verdict`, `/tell-me`, `/to/tickets`."""
    side = "/docs" if is_public else "/help/docs"
    return f"{side}/-/answers/{question.thread}/{question.public_id}{act}"


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
