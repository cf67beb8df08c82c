"""What is in a file? Facts about the page, as front matter in YAML, and its text."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from handrail.base.markdown.caps import MOST_BYTES, MOST_FRONT_MATTER, MOST_LEVELS
from handrail.base.markdown.problems import Problem

_FENCED = re.compile(
    r"---[ \t]*\r?\n"
    r"(?P<front>(?:(?!---[ \t]*(?:\r?\n|\Z))[^\n]*\n)*?)"
    r"---[ \t]*(?:\r?\n|\Z)(?:[ \t]*\r?\n)?"
)
"""From one line of three dashes to the next, and the empty line after it."""

_WIDE = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class UnreadableSource(Exception):
    """The file is no text that could be a page. Its words say why, for a person."""


@dataclass(frozen=True)
class Source:
    """A page as it is kept. `first_line` is the line of the file at which the body begins."""

    front: Mapping[str, Any]
    body: str
    problems: tuple[Problem, ...] = ()
    first_line: int = 1


def read_source(data: bytes | str) -> Source:
    """Parts a file into its front matter and its body, which stays as it is to the last character.

    UTF-8 and UTF-16 are known by their bytes; what is neither is read as Windows-1252, with a
    problem. Raises UnreadableSource for what is too large or no text.
    """
    if len(data) > MOST_BYTES:
        size = len(data) / 1_000_000
        raise UnreadableSource(
            _("The file has %(size).0f MB, more than a page may have.") % {"size": size}
        )
    problems: list[Problem] = []
    text = data if isinstance(data, str) else _decode(data, problems)
    text = _without_strays(text.removeprefix("\ufeff"), problems)
    fenced = _FENCED.match(text)
    if fenced is None:
        return Source({}, text, tuple(problems))
    front = _read_front(fenced["front"], problems)
    if front is None:  # a line, some words and another line: the page begins with them
        return Source({}, text, tuple(problems))
    first_line = text.count("\n", 0, fenced.end()) + 1
    return Source(front, text[fenced.end() :], tuple(problems), first_line)


def write_source(front: Mapping[str, Any], body: str) -> str:
    """The text of a file that `read_source` reads as exactly this."""
    if not front and _FENCED.match(body) is None and not body.startswith("\ufeff"):
        return body
    written = _dump(dict(front)) if front else ""
    return f"---\n{written}---\n\n{body}"


def _decode(data: bytes, problems: list[Problem]) -> str:
    for mark, encoding in _WIDE.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableSource(_("The file is neither UTF-8 nor whole UTF-16.")) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise UnreadableSource(_("The file is no text.")) from error
        line = data.count(b"\n", 0, error.start) + 1
        words = _("The file is not UTF-8; it was read as Windows-1252.")
        problems.append(Problem(line, _("encoding"), words))
        return data.decode("cp1252", errors="replace")


def _without_strays(text: str, problems: list[Problem]) -> str:
    """NUL and halves of characters can be neither stored nor sent."""
    clean = text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if clean != text:
        at = next(
            index for index, pair in enumerate(zip(text, clean, strict=False)) if len(set(pair)) > 1
        )
        words = _("Characters that no text has were replaced.")
        problems.append(Problem(text.count("\n", 0, at) + 1, "NUL", words))
    return clean


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Plain values alone; in C, where PyYAML was built with it."""


class _Dumper(yaml.SafeDumper):
    """Writes what is there twice two times, since no references are read."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _load(written: str) -> Any:
    """YAML's plain values, without references: a few lines of those unfold to gigabytes."""
    depth = 0
    for event in yaml.parse(written, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > MOST_LEVELS:
            raise yaml.YAMLError("references, or too many lists in each other")
    return yaml.load(written, Loader=_LOADER)  # noqa: S506 - a SafeLoader


def _read_front(written: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The facts; none and a problem where they cannot be read; None where these are no facts."""
    if len(written) > MOST_FRONT_MATTER:
        problems.append(Problem(1, "---", _("The front matter is too long; it was left out.")))
        return {}
    try:
        front = _load(written)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        if ":" not in written:
            return None
        mark = getattr(error, "problem_mark", None)
        words = _("The front matter is not valid YAML; it was left out.")
        problems.append(Problem(2 + (mark.line if mark else 0), "---", words))
        return {}
    if front is None:
        return {}
    if not isinstance(front, dict):
        return None
    return {str(key): value for key, value in front.items()}


def _dump(front: dict[str, Any]) -> str:
    """The facts in YAML, one a line. A few strings have to be quoted that YAML would not quote."""
    plain = yaml.dump(front, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    try:
        if "\n---" not in f"\n{plain}" and _load(plain) == front:
            return plain
    except (yaml.YAMLError, ValueError):
        pass
    return yaml.dump(front, Dumper=_Dumper, sort_keys=False, default_style='"', width=1_000_000)
