"""What do we remember of questions? What was asked and how it went, and what should be answered."""

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
    "EvaluationQuestion",
    "EvaluationRun",
    "Question",
    "QuestionGroup",
    "Reason",
    "Settled",
    "Surface",
    "Verdict",
]
