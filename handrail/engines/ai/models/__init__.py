"""What do we remember of questions? What was asked and how it went."""

from handrail.engines.ai.models.questions import Question, Reason, Surface, Verdict

__all__ = ["Question", "Reason", "Surface", "Verdict"]
