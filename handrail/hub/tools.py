"""What can be done for this viewer, as this viewer, by whoever helps them?

A medium contributes tools in its `ai.py`. Who asks for one is a page, or a model that may have been
talked into anything: so a tool is only ever found as its viewer, and what it is given is a
stranger's, checked against its fields. What writes is done after the viewer's own yes, and once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from handrail.engines.activity.ref import Ref
from handrail.engines.ai.model.choosing import Function
from handrail.hub.medium import Medium
from handrail.hub.models import MediumOffer
from handrail.hub.registry import find as find_medium
from handrail.people.viewer import Viewer

MOST_LETTERS = 50_000
"""Of any one value."""
SHORT = 140


class FieldKind(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    """A line."""
    LONG = "long"
    """Some lines."""
    CHOICE = "choice"


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """What a tool asks for. `choices` are those of the viewer whom the tool was made for."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = True
    most: int = SHORT
    """Letters."""
    choices: tuple[Choice, ...] = ()
    default: str = ""
    """Where nothing is given."""
    help_text: str = ""


@dataclass(frozen=True)
class Occasion:
    """What a tool is done for."""

    source: Ref | None = None
    """Where it came about, such as a chat."""
    once: UUID | None = None
    """Done twice with the same, it is done once. What writes needs one."""
    files: Sequence[str] = ()
    """Public ids of attachments that go with it, as far as the viewer may read them."""
    why: str = ""
    """Where it is done for them without their yes: why, in their language, for the mail that tells
    them of it."""
    agent: Viewer | None = None
    """An agent who does it for them and goes on with what comes of it."""


@dataclass(frozen=True)
class Thing:
    """Something that a tool made or found. It is shown to who may read it then."""

    ref: Ref
    title: str
    hint: str = ""


@dataclass(frozen=True)
class Result:
    """What came of it, in words, and the things that they are about."""

    text: str
    things: tuple[Thing, ...] = ()

    @property
    def ref(self) -> Ref | None:
        return self.things[0].ref if self.things else None


@dataclass(frozen=True)
class Said:
    """A field and what it is given, as people read them."""

    label: str
    value: str


Arguments = Mapping[str, str]
Work = Callable[[Viewer, Arguments, Occasion], Result]


@dataclass(frozen=True)
class Tool:
    """Something that can be done as the viewer whom it was made for."""

    name: str
    """`<medium>.<what>`."""
    label: str
    """On a button."""
    description: str
    """For people, and for a model that chooses among tools."""
    fields: tuple[Field, ...]
    writes: bool
    work: Work
    """By the medium's own actions, which ask what the viewer may do."""
    question: str = ""
    """What is asked before it is done, where it writes."""
    icon: str = "wrench"
    takes_files: bool = False
    """Whether files of the occasion come along."""

    def check(self, arguments: object, *, is_whole: bool = True) -> dict[str, str]:
        """What it may be done with; raises Refused. Not whole: what is missing may come yet."""
        if not isinstance(arguments, Mapping):
            raise Refused({"": _("That cannot be read.")})
        names = {one.name for one in self.fields}
        if not set(arguments) <= names:
            raise Refused({"": _("It was asked for with something that it does not know.")})
        cleaned, errors = {}, {}
        for one in self.fields:
            try:
                if value := _checked(one, arguments.get(one.name), is_whole):
                    cleaned[one.name] = value
            except ValueError as trouble:
                errors[one.name] = str(trouble)
        if errors:
            raise Refused(errors)
        return cleaned

    def preview(self, arguments: Arguments) -> list[Said]:
        """What would be done, for the viewer to read before they say yes."""
        return [
            Said(one.label, _spoken(one, arguments[one.name]))
            for one in self.fields
            if arguments.get(one.name)
        ]


def as_functions(found: Sequence[Tool]) -> list[Function]:
    """What a model is told of them."""
    return [Function(one.name, f"{one.label}. {one.description}", _schema(one)) for one in found]


class Refused(Exception):
    """What was given is not what the tool takes. `errors`: words for people, by the fields' names;
    the empty name: the whole."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class NoSuchTool(LookupError):
    """It is not there, or not for this viewer."""


def offered(viewer: Viewer) -> list[Tool]:
    """What can be done as this member, in the owner's order of mediums.

    One query for the mediums, and those of each that has tools. Nobody's and agents': nothing.
    """
    if viewer.member is None:
        return []
    offers = MediumOffer.objects.visible_to(viewer)
    return [
        tool
        for offer in offers
        if (medium := find_medium(offer.medium))
        for tool in _tools_of(medium, viewer)
    ]


def find(viewer: Viewer, name: str) -> Tool | None:
    """The tool of this name, where it is this viewer's to use. The costs of its medium alone."""
    medium = find_medium(name.partition(".")[0])
    if viewer.member is None or medium is None or type(medium).tools is Medium.tools:
        return None
    if not MediumOffer.objects.visible_to(viewer).filter(medium=medium.name).exists():
        return None
    return next((tool for tool in _tools_of(medium, viewer) if tool.name == name), None)


def do(viewer: Viewer, name: str, arguments: object, occasion: Occasion | None = None) -> Result:
    """Does it as this viewer. Raises NoSuchTool, Refused, and what the medium's actions raise."""
    occasion = occasion or Occasion()
    tool = find(viewer, name)
    if tool is None:
        raise NoSuchTool(name)
    if tool.writes and occasion.once is None:
        raise PermissionDenied("what writes is done once")
    return tool.work(viewer, tool.check(arguments), occasion)


def _tools_of(medium: Medium, viewer: Viewer) -> list[Tool]:
    """None of a medium that is locked, and none under another's name."""
    if type(medium).tools is Medium.tools or medium.lock(viewer) is not None:
        return []
    return [one for one in medium.tools(viewer) if one.name.startswith(f"{medium.name}.")]


def _schema(tool: Tool) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for one in tool.fields:
        said = [one.label, one.help_text, *(f"{it.value}: {it.label}" for it in one.choices)]
        fields[one.name] = {
            "type": "string",
            "description": "; ".join(part for part in said if part),
            "maxLength": one.most,
        }
        if one.choices:
            fields[one.name]["enum"] = [choice.value for choice in one.choices]
    required = [one.name for one in tool.fields if one.is_required]
    return {
        "type": "object",
        "properties": fields,
        "required": required,
        "additionalProperties": False,
    }


def _checked(one: Field, value: object, is_whole: bool) -> str:
    """A value as the field takes it; empty: none. Raises ValueError in words for people."""
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise ValueError(_("Write a text."))
    value = value.encode(errors="replace").decode().replace("\0", "").strip()
    if one.kind is FieldKind.LONG:
        value = value.replace("\r\n", "\n")
    else:
        value = " ".join(value.split())
    value = value or one.default
    if not value and one.is_required and is_whole:
        raise ValueError(_("Fill this in."))
    if len(value) > min(one.most, MOST_LETTERS):
        raise ValueError(_("Keep it within %(most)s letters.") % {"most": one.most})
    is_choice = one.kind is FieldKind.CHOICE
    if value and is_choice and value not in {choice.value for choice in one.choices}:
        raise ValueError(_("Choose one of these."))
    return value


def _spoken(one: Field, value: str) -> str:
    labels = {choice.value: choice.label for choice in one.choices}
    return labels.get(value, value)
