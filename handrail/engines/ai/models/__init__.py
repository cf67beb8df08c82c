"""What do we remember of questions? What was asked and how it went, and what a model took."""

from handrail.engines.ai.models.calls import CallOutcome, ModelCall
from handrail.engines.ai.models.questions import Question, Reason, Surface, Verdict

__all__ = ["CallOutcome", "ModelCall", "Question", "Reason", "Surface", "Verdict"]
