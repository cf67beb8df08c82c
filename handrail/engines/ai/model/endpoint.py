"""Which model answers, and where? What the operator chose, or nobody."""

from dataclasses import dataclass, field
from typing import Self

from django.conf import settings


@dataclass(frozen=True)
class Endpoint:
    """An address with OpenAI's protocol, and one of its models."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 30
    """For a whole answer; half of it for the first word."""

    @classmethod
    def chosen(cls) -> Self | None:
        """The operator's; None: there is none, and answers are quoted."""
        env = settings.ENV
        if not env.ai_url:
            return None
        return cls(env.ai_url, env.ai_model, env.ai_key, env.ai_seconds)

    @property
    def name(self) -> str:
        """For rows and pages."""
        return self.model[:100]
