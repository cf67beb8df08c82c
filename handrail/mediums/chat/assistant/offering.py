"""Which tools are offered below an answer, and with what is a form filled in that they ask for?"""

from collections.abc import Sequence

from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.grouping import stems_of
from handrail.hub.tools import Choice, Field, FieldKind, Tool
from handrail.mediums.chat.assistant.following import goes_on
from handrail.mediums.chat.wishes import Kind, wish_in

MOST_OFFERED = 4

FEWEST_STEMS = 2
"""Of words that name a matter."""
MOST_WISHED = 1_000
"""Letters of a message in which a wish for a person is looked for."""


def offered_with(
    tools: Sequence[Tool], text: str, outcome: Outcome | None, language: str
) -> list[Tool]:
    """Those that the words are about, best first; and where the pages did not answer, the others
    after them."""
    said = stems_of(text, language)
    near = {tool.name: len(said & stems_of(tool.label, language)) for tool in tools}
    is_answered = outcome is Outcome.ANSWERED
    chosen = [tool for tool in tools if near[tool.name] or not is_answered]
    return sorted(chosen, key=lambda tool: -near[tool.name])[:MOST_OFFERED]


def asked_for(tools: Sequence[Tool], text: str, language: str) -> Tool | None:
    """The tool that the words name and nothing else: *Open a ticket, please.* A question is about
    it, and the pages answer it."""
    said = stems_of(text, language)
    if len(said) < FEWEST_STEMS or "?" in text or "\u061f" in text:
        return None
    return next((tool for tool in tools if said == stems_of(tool.label, language)), None)


def filled_in(
    tool: Tool, said: Sequence[str], language: str, given: dict[str, str] | None = None
) -> dict[str, str]:
    """The form of what writes, out of what the member said, oldest first: its first line is what
    they asked last, its text all of it, a choice the one that speaks of the same. `given` is there
    already."""
    arguments = dict(given or {})
    spoken = "\n\n".join(said)
    kinds: set[FieldKind] = set()
    for field in tool.fields:
        is_first, value = field.kind not in kinds, ""
        kinds.add(field.kind)
        if field.kind is FieldKind.CHOICE:
            value = _nearest(field.choices, spoken, language) or field.default
        elif field.is_required and is_first and said:
            is_long = field.kind is FieldKind.LONG
            value = spoken if is_long else _line(asked_last(said, tool.label, language))
        if value:
            arguments.setdefault(field.name, _fitting(field, value))
    return arguments


def asked_last(said: Sequence[str], label: str, language: str) -> str:
    """What of it names the matter: the last that stands for itself, says something, and more than
    that the tool of this label is wanted, or a person. Where nothing does, the first."""
    for text in reversed(said):
        stems = stems_of(text, language) - stems_of(label, language)
        if len(stems) < FEWEST_STEMS or goes_on(text):
            continue
        if wish_in(text[:MOST_WISHED]).kind is not Kind.PERSON:
            return text
    return said[0]


def _nearest(choices: Sequence[Choice], text: str, language: str) -> str:
    """The choice with most of the text's words; empty where none has any."""
    said = stems_of(text, language)
    counts = [len(said & stems_of(f"{one.label} {one.hint}", language)) for one in choices]
    best = max(counts, default=0)
    return choices[counts.index(best)].value if best else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _fitting(field: Field, value: str) -> str:
    """Cut between words."""
    if len(value) <= field.most:
        return value
    return value[: field.most - 1].rsplit(None, 1)[0] + "…"
