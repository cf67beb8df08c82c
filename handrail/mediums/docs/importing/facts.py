"""What does a file say of its page? Front matter, the heading that is its title, and its text."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from handrail.base import markdown
from handrail.mediums.docs.paths import LANGUAGE, slug_of

Note = Callable[[int, str, str], None]
"""Takes a line, a construct and words."""

HEAD = ""
"""Under this key, `Page.front` keeps all that stood above the text, to the letter: an export
writes it again as long as it says what the page is."""

LONGEST_WORD = 100
MOST_WORDS = 50
DEEPEST_VALUE = 8

_HEADING = re.compile(
    r"(?P<above>(?:[ \t]*\r?\n)*)[ ]{0,3}(?P<level>#{1,6})[ \t]+(?P<words>[^\r\n]{1,1000})"
    r"(?:\r?\n|\Z)(?:[ \t]*\r?\n)?"
)
_UNDERLINED = re.compile(
    r"(?P<above>(?:[ \t]*\r?\n)*)(?P<words>[^\s#>*+=`<|{-][^\r\n]{0,999})\r?\n=+[ \t]*"
    r"(?:\r?\n|\Z)(?:[ \t]*\r?\n)?"
)
_FIRST_LEVEL = re.compile(r"[ ]{0,3}#[ \t]+([^\r\n]{1,1000})")
_FENCE = re.compile(r"[ ]{0,3}(```+|~~~+)")


@dataclass
class Facts:
    """A page as its file has it. Lengths are as the database takes them, no text holds NUL."""

    title: str = ""
    """Empty where the file has none."""
    summary: str = ""
    body: str = ""
    icon: str = ""
    audience: str = ""
    """The key, whether or not there is such an audience."""
    is_hidden: bool = False
    is_draft: bool = False
    """Also where the file says something of its readers that we do not understand."""
    keywords: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    slug: str = ""
    language: str = ""
    translation_of: str = ""
    front: dict[str, Any] = field(default_factory=dict)
    first_line: int = 1
    """Of the body in the file."""


def read_facts(data: bytes | str, note: Note) -> Facts:
    """Reads a file; what is wrong with it is noted. Raises UnreadableSource where it is no text."""
    source = markdown.read_source(data)
    for problem in source.problems:
        note(problem.line, problem.construct, problem.words)
    lines = str(data[:40_000], "utf-8", "replace") if isinstance(data, bytes) else data[:40_000]
    facts = _Front(source.front, _at_its_line(note, lines)).facts()
    if any(problem.construct == "---" for problem in source.problems):
        facts.is_draft = True
        note(1, "---", _("Whom the page is for is not readable; it was not published."))
    body = source.body
    if not facts.title:
        facts.title, body, taken = _take_title(source.body)
        facts.first_line = source.first_line + taken
    else:
        facts.first_line = source.first_line
    facts.body = body
    head = _head(data, body)
    if head:
        facts.front[HEAD] = head
    return facts


def write_facts(facts: Facts) -> str:
    """The text of a file that says this. What stood above the text stays where it is still true."""
    head = facts.front.get(HEAD)
    if isinstance(head, str) and says(head + facts.body, facts):
        return head + facts.body
    front: dict[str, Any] = {}
    heading = _heading_for(facts.title)
    if not heading:
        front["title"] = facts.title
    optional: dict[str, Any] = {
        "description": facts.summary,
        "icon": facts.icon,
        "audience": facts.audience,
        "hidden": facts.is_hidden,
        "status": facts.front.get("status", "draft") if facts.is_draft else "",
        "keywords": facts.keywords,
        "questions": facts.questions,
        "slug": facts.slug,
        "language": facts.language,
        "translation_of": facts.translation_of,
    }
    front |= {key: value for key, value in optional.items() if value}
    front |= {key: value for key, value in facts.front.items() if key not in {HEAD, *front}}
    return markdown.write_source(front, f"{heading}\n\n{facts.body}" if heading else facts.body)


def says(text: str, facts: Facts) -> bool:
    """Whether a file of this text says exactly that."""
    try:
        read = read_facts(text, lambda line, construct, words: None)
    except markdown.UnreadableSource:
        return False
    return compared(read) == compared(facts)


def compared(facts: Facts) -> tuple[object, ...]:
    """All that counts of a page, without how it is written."""
    others = {key: value for key, value in facts.front.items() if key != HEAD}
    return (
        *(facts.title, facts.summary, facts.body, facts.icon, facts.audience),
        *(facts.is_hidden, facts.is_draft, facts.keywords, facts.questions),
        *(facts.slug, facts.language, facts.translation_of, others),
    )


def title_of_name(name: str) -> str:
    """`01-first-steps.md` is “First steps”."""
    stem = re.sub(r"\.(?:md|markdown)$", "", name, flags=re.IGNORECASE)
    words = " ".join(re.split(r"[-_\s]+", re.sub(r"^\d+[-_. ]+(?=\S)", "", stem))).strip()
    return (words[:1].upper() + words[1:])[:200] or stem[:200] or "Page"


@lru_cache(maxsize=4096)
def words_of_heading(words: str) -> str:
    """The plain words of a heading: `Use **bold** &amp; [links](x.md)` → “Use bold & links”."""
    title = markdown.render(f"# {words}").title
    return " ".join(title.split())[:200].strip()


def _at_its_line(note: Note, text: str) -> Note:
    """Notes what is said of `key:` at the line that begins with it."""

    def at(line: int, construct: str, words: str) -> None:
        place = f"\n{text}".find(f"\n{construct}")
        note(text.count("\n", 0, place) + 1 if place > 0 else line, construct, words)

    return at


def _take_title(body: str) -> tuple[str, str, int]:
    """The title, the body without it, and how many lines that took from the beginning."""
    found = _HEADING.match(body) or _UNDERLINED.match(body)
    if found:
        level = len(found.groupdict().get("level") or "#")
        title = words_of_heading(found["words"])
        if title and (level == 1 or not _other_title(body)):
            return title, body[found.end() :], body.count("\n", 0, found.end())
    return _other_title(body), body, 0


def _other_title(body: str) -> str:
    """A first-level heading further down, outside of code."""
    fence = ""
    for line in body[:200_000].split("\n"):
        if marks := _FENCE.match(line):
            fence = "" if fence and marks[1].startswith(fence) else fence or marks[1]
        elif not fence and (found := _FIRST_LEVEL.match(line)):
            return words_of_heading(found[1])
    return ""


def _heading_for(title: str) -> str:
    """A line that is read as this title; empty where none is."""
    line = f"# {title}"
    if re.search(r"[\\`*_\[\]<>#&{}$|~:!@^]|https?|www\.", title):
        line = "# " + re.sub(r"([\\`*_\[\]<>#&{}$|~!])", r"\\\1", title)
    taken, rest, _lines = _take_title(f"{line}\n\n")
    return line if taken == title and not rest else ""


def _head(data: bytes | str, body: str) -> str:
    """All that stands in the file above this body; empty where it is in another encoding."""
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    if "\0" in text or not text.endswith(body):
        return ""
    return text[: len(text) - len(body)].removeprefix("\ufeff")


class _Front:
    """Takes what we know out of front matter; what we do not know stays for the export."""

    def __init__(self, front: Mapping[str, Any], note: Note) -> None:
        self._left = {plain_text(key): plain(value) for key, value in front.items()}
        self._left.pop(HEAD, None)
        self._note = note

    def facts(self) -> Facts:
        facts = Facts(
            title=self._text("title", 200),
            summary=self._text("description", 500),
            icon=self._text("icon", 40),
            audience=self._audience(),
            keywords=self._words("keywords"),
            questions=self._words("questions", 300),
            slug=self._slug(),
            language=self._language(),
            translation_of=self._text("translation_of", 400),
        )
        facts.is_hidden = self._flag("hidden")
        facts.is_draft = self._is_draft() or "audience" in self._left
        facts.front = self._left
        return facts

    def _text(self, key: str, longest: int) -> str:
        value = self._left.pop(key, None)
        if value is None or value == "":
            return ""
        if isinstance(value, list | dict | bool):
            self._note(1, f"{key}:", _("This must be words; it was left out."))
            return ""
        text = " ".join(str(value).split())
        if len(text) > longest:
            self._note(1, f"{key}:", _("This is too long; it was cut."))
        return text[:longest].strip()

    def _words(self, key: str, longest: int = LONGEST_WORD) -> list[str]:
        value = self._left.pop(key, None)
        if isinstance(value, str):
            value = value.split(",") if key == "keywords" else [value]
        if value is None:
            return []
        if not isinstance(value, list):
            self._note(1, f"{key}:", _("This must be a list of words; it was left out."))
            return []
        words = [" ".join(str(one).split())[:longest] for one in value]
        if len(words) > MOST_WORDS:
            self._note(1, f"{key}:", _("This is too long; it was cut."))
        return [one for one in words if one][:MOST_WORDS]

    def _flag(self, key: str) -> bool:
        value = self._left.pop(key, False)
        if isinstance(value, bool) or value is None:
            return bool(value)
        self._note(1, f"{key}:", _("This must be true or false; it counts as true."))
        return True

    def _audience(self) -> str:
        """The key; one that we do not understand stays as it is, and the page a draft."""
        value = self._left.pop("audience", None)
        if value in (None, ""):
            return ""
        if isinstance(value, str) and value.strip():
            return value.strip()[:64]
        self._left["audience"] = value
        self._note(1, "audience:", _("This must be one key; the page was not published."))
        return ""

    def _slug(self) -> str:
        given = self._text("slug", 120)
        return slug_of(given) if given else ""

    def _language(self) -> str:
        value = self._text("language", 35)
        if value and not LANGUAGE.fullmatch(value):
            self._note(1, "language:", _("This is no code of a language; it was left out."))
            return ""
        return value

    def _is_draft(self) -> bool:
        """GitBook's `if:` shows a page to some readers alone: not to nobody is not to everybody."""
        value = self._left.pop("status", "published")
        if "if" in self._left:
            self._note(1, "if:", _("Conditions are not understood; the page was not published."))
            return True
        if value in ("published", "live", "", None):
            return False
        if value != "draft":
            self._left["status"] = value
            self._note(1, "status:", _("This status is not known; the page was not published."))
        return True


def plain(value: Any, depth: int = 0) -> Any:
    """A value of YAML as JSON can hold it, in both databases: no NaN, no NUL, no dates."""
    if value is None or isinstance(value, bool | int):
        return value if not isinstance(value, int) or abs(value) < 1 << 63 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, dict | list | tuple | set) and depth < DEEPEST_VALUE:
        if isinstance(value, dict):
            return {plain_text(key): plain(one, depth + 1) for key, one in value.items()}
        return [plain(one, depth + 1) for one in value]
    return plain_text(value)


def plain_text(value: Any) -> str:
    """Without NUL and halves of letters: YAML can write them, and no database keeps them."""
    return str(value).replace("\0", "").encode("utf-8", "replace").decode()
