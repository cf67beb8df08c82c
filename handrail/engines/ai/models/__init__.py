"""What do we remember of questions? What was asked, how it went, and what a model took for it."""

from handrail.engines.ai.models.calls import CallOutcome, ModelCall
from handrail.engines.ai.models.evaluating import EvaluationQuestion, EvaluationRun
from handrail.engines.ai.models.questions import (
    Question,
    QuestionGroup,
    Reason,
    Settled,
    Surface,
    Verdict,
)

__all__ = [
    "CallOutcome",
    "EvaluationQuestion",
    "EvaluationRun",
    "ModelCall",
    "Question",
    "QuestionGroup",
    "Reason",
    "Settled",
    "Surface",
    "Verdict",
]
