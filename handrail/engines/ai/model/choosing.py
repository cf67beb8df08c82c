"""Which tool did the model choose, and with what? One of those that it was told of, or none.

A choice is only ever that: whoever asked decides whether anything is done. Names and arguments are
a stranger's, sent in pieces; they are put together here within limits, and looked at by who offers
the tool.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handrail.engines.ai.model.failures import ModelFailed
from handrail.engines.ai.models import CallOutcome

MOST_LETTERS = 20_000
"""Of the arguments of a choice."""


@dataclass(frozen=True)
class Function:
    """Something that a model may choose."""

    key: str
    """What whoever offers it calls it."""
    description: str
    parameters: Mapping[str, Any]
    """A JSON Schema of an object."""

    @property
    def name(self) -> str:
        """As the protocol lets it be called."""
        return self.key.replace(".", "-")[:64]

    @property
    def as_sent(self) -> dict[str, Any]:
        return {
            "type": "function",
            "function": {
                "name": self.name,
                "description": self.description,
                "parameters": dict(self.parameters),
            },
        }


@dataclass(frozen=True)
class Chosen:
    """The key of a function, and what it would be done with: whatever the model wrote."""

    key: str
    arguments: dict[str, Any]


@dataclass
class Choice:
    """A choice while its pieces come. The first one counts: one thing is proposed at a time."""

    functions: Sequence[Function]
    _name: str = ""
    _arguments: list[str] = field(default_factory=list)
    _letters: int = 0
    is_begun: bool = False

    def take(self, calls: object) -> None:
        """The `tool_calls` of one event. Raises ModelFailed where they are none of ours."""
        if not self.functions or not isinstance(calls, list):
            raise ModelFailed(CallOutcome.TOOLS)
        for call in calls:
            if getattr(call, "index", None) == 0:
                self._take(getattr(call, "function", None))
        self.is_begun = True

    def _take(self, function: object) -> None:
        name, text = getattr(function, "name", None), getattr(function, "arguments", None)
        if not isinstance(name, str | None) or not isinstance(text, str | None):
            raise ModelFailed(CallOutcome.TOOLS, "not in letters")
        self._name += name or ""
        self._arguments.append(text or "")
        self._letters += len(name or "") + len(text or "")
        if self._letters > MOST_LETTERS:
            raise ModelFailed(CallOutcome.TOOLS, "more than a tool takes")

    def made(self) -> Chosen:
        """The whole of it; raises ModelFailed where it cannot be read, or was not on offer."""
        key = next((one.key for one in self.functions if one.name == self._name), None)
        if key is None:
            raise ModelFailed(CallOutcome.TOOLS, "a tool that there is not")
        try:
            arguments = json.loads("".join(self._arguments) or "{}")
        except (ValueError, RecursionError):
            raise ModelFailed(CallOutcome.TOOLS, "arguments that cannot be read") from None
        if not isinstance(arguments, dict):
            raise ModelFailed(CallOutcome.TOOLS, "arguments without names")
        return Chosen(key, arguments)
