"""What did the model say, sentence by sentence? Its Markdown reduced to plain text, with citations.

Sentences, steps, items and `code` are kept. Links and emphasis become their text; pictures, HTML,
headings, blocks of code and what a model thinks aloud go.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handrail.engines.ai.model.prompting import NO_ANSWER, seen
from handrail.engines.search.library.blocks import Kind, sentences

MOST_LETTERS_OF_A_LINE = 2_000
"""A longer one is left out; it also bounds what the patterns below may cost."""

_MARK = r"(?:\[\s*\^?\d{1,3}(?:\s*[,;\u2013-]\s*\^?\d{1,3})*\s*\]|\u3010[^\u3011\n]{0,12}\u3011)"
_MARKS = re.compile(_MARK)
_AFTER_THE_END = re.compile(rf"([.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)]*)((?:\s*{_MARK})+)")
_STEP = re.compile(r"\s*\d{1,3}[.)]\s+(?=\S)")
_ITEM = re.compile(r"\s*[-*+\u2022\u2013]\s+(?=\S)")
_CODE = re.compile(r"(`[^`]*`)")
_TARGET = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"
_PLAIN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"!\[[^\]]*\](?:{_TARGET}|\[[^\]]*\])?"), ""),  # pictures
    (re.compile(rf"\[\[?(\^?\d{{1,3}})\]?\]{_TARGET}"), r"[\1]"),  # a mark that was made a link
    (re.compile(rf"\[([^\]]*)\]{_TARGET}"), r"\1"),  # links
    (re.compile(r"\]\([^)]*(?:\)|$)"), "]"),  # what is left of links in links
    (re.compile(r"<!--.*?(?:-->|$)|<[a-zA-Z/!?][^>]*(?:>|$)"), ""),  # HTML, also unfinished
    (re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)(.+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"`|\*\*|~~"), ""),  # what has no other end
)
_LEFT_OUT = re.compile(r"\s*(?:#{1,6}\s|\[[^\]]+\]:\s|[-*_ ]{3,}$|\|?[\s:|-]+\|[\s:|-]*$)")
"""Headings, addresses of links, rules, and the line below a table's head."""


@dataclass(frozen=True)
class Sentence:
    """As it may be shown, with the passages that it names."""

    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True)
class Said:
    """A sentence, or steps or items that belong together, each with its sentences in one."""

    kind: Kind
    lines: tuple[Sentence, ...]
    lead: str = ""
    """What announces steps or items, without marks."""


class Reader:
    """Takes in an answer piece by piece and gives out what is finished. Linear in its length."""

    def __init__(self) -> None:
        self._line = ""
        self._is_code = False
        self._thinks: bool | None = None
        """None while it is not clear whether the answer begins with thoughts."""
        self._listed: list[Sentence] = []
        self._kind = Kind.TEXT
        self._lead = ""
        self.says_no = False
        """It wrote, in a line of its own, that the passages do not say it."""

    def feed(self, text: str) -> Iterator[Said]:
        self._line += text
        if not self._has_thought():
            return
        while "\n" in self._line:
            line, _newline, self._line = self._line.partition("\n")
            yield from self._whole(line)
        if not text.isalnum():  # letters alone end nothing
            yield from self._finished_sentences()

    def end(self) -> Iterator[Said]:
        line, self._line = ("" if self._thinks else self._line), ""
        yield from self._whole(line)
        yield from self._list_ended()

    def _has_thought(self) -> bool:
        """Some models write their thoughts between <think> and </think> before they answer."""
        if self._thinks is None:
            begun = self._line.lstrip()
            if len(begun) < len("<think>") and "<think>".startswith(begun):
                return False
            self._thinks = begun.startswith("<think>")
        if self._thinks:
            _thoughts, end, rest = self._line.partition("</think>")
            if not end:
                self._line = self._line[-len("</think>") :]
                return False
            self._line, self._thinks = rest.lstrip(), False
        return True

    def _finished_sentences(self) -> Iterator[Said]:
        """Those of a line that goes on; a mark may still come after the last."""
        line = self._line
        if self._is_code or len(line) > MOST_LETTERS_OF_A_LINE or _looks_listed(line):
            return
        parts = sentences(_marks_first(line))
        if len(parts) < 2 or parts[-1][0] in "[\u3010" or _is_open(line):
            return
        self._line = parts[-1] + line[len(line.rstrip()) :]
        yield from self._whole(" ".join(parts[:-1]))

    def _whole(self, line: str) -> Iterator[Said]:
        """A line that is complete, or the finished sentences of one."""
        if line.strip().startswith(("```", "~~~")):
            self._is_code = not self._is_code
            return
        if self._is_code or _LEFT_OUT.match(line) or len(line) > MOST_LETTERS_OF_A_LINE:
            return
        step, item = _STEP.match(line), _ITEM.match(line)
        text = plain(line)
        if not text:
            return
        if text.strip(" .!*").upper() == NO_ANSWER:
            self.says_no = True
            return
        if step or item:
            number = step.group().strip() if step else "\u2022"
            yield from self._listing(Kind.STEPS if step else Kind.LIST, number, text)
            return
        yield from self._list_ended()
        if (lead := _sentence(text).text).endswith(":"):
            self._lead = lead
            return
        for one in sentences(_marks_first(text)):
            yield Said(Kind.TEXT, (_sentence(one),))

    def _listing(self, kind: Kind, number: str, text: str) -> Iterator[Said]:
        if kind is not self._kind and self._listed:
            yield from self._list_ended()
        self._kind = kind
        one = _sentence(text)
        self._listed.append(replace(one, text=f"{number} {one.text}"))

    def _list_ended(self) -> Iterator[Said]:
        if self._listed:
            yield Said(self._kind, tuple(self._listed), self._lead)
        self._listed, self._kind, self._lead = [], Kind.TEXT, ""


def plain(line: str) -> str:
    """A line without Markdown, HTML, and its number or bullet; code keeps its backticks."""
    line = re.sub(r"^\s*(?:>\s?)+", "", seen(line))
    marked = _STEP.match(line) or _ITEM.match(line)
    return " ".join(_outside_code(line[marked.end() :] if marked else line).split())


def _outside_code(text: str) -> str:
    parts = _CODE.split(text)
    for at in range(0, len(parts), 2):
        parts[at] = _without_marks(parts[at])
    return "".join(parts)


def _without_marks(text: str) -> str:
    """Again until nothing changes: what is taken out may leave a new tag, as in `<<b>script>`."""
    before = ""
    while text != before:
        before = text
        for pattern, instead in _PLAIN:
            text = pattern.sub(instead, text)
    return text


def _sentence(text: str) -> Sentence:
    marks = [int(number) for mark in _MARKS.findall(text) for number in re.findall(r"\d+", mark)]
    bare = _outside_code(re.sub(rf"\s*{_MARK}", "", text)).strip()  # a mark may part a tag
    return Sentence(bare, tuple(dict.fromkeys(marks)))


def _marks_first(text: str) -> str:
    """`Said. [1] More.` as `Said [1]. More.`: a mark belongs to the sentence before it."""
    return _AFTER_THE_END.sub(r"\2\1", text)


def _is_open(line: str) -> bool:
    """Whether a link, a tag, code or emphasis may go on beyond what has come."""
    return (
        "`" in line
        or any(line.count(mark) % 2 for mark in ("**", "__", "~~"))
        or line.count("[") != line.count("]")
        or line.rfind("<") > line.rfind(">")
        or ("](" in line and line.count("(") != line.count(")"))
    )


def _looks_listed(line: str) -> bool:
    return bool(_STEP.match(line) or _ITEM.match(line) or line.lstrip().startswith(("|", "#", ">")))
