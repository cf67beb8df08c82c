"""What can an AI agent do here? Four things, as nobody: it reads what everybody may read.

Two have a second name, by which some programs call them. All that comes back is text; what stands
in pages is quoted in it, but for a page that was asked for itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation

from handrail.base.limits import TooMany
from handrail.engines.ai.models import Surface
from handrail.hub import asking, programs
from handrail.hub.answer_text import Way, as_markdown, plain
from handrail.people.viewer import viewer_for_nobody

Given = Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """What a tool answers: text, and the same as data where a program may want that."""

    text: str
    data: dict[str, Any] | None = None
    is_error: bool = False


class Refused(Exception):
    """What was given does not do; the words tell the agent what would."""


@dataclass(frozen=True)
class Field:
    """Something that a tool is given: text, with at most so many letters."""

    name: str
    says: str
    most: int
    is_needed: bool = True

    def checked(self, value: object) -> str:
        """Without what no database takes. Raises Refused."""
        if not isinstance(value, str):
            raise Refused(f"`{self.name}` must be text.")
        text = value.encode(errors="replace").decode().replace("\0", "").strip()
        if len(text) > self.most:
            raise Refused(f"`{self.name}` may have {self.most} letters at most.")
        if self.is_needed and not text:
            raise Refused(f"`{self.name}` is empty.")
        return text

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "description": self.says, "maxLength": self.most}


@dataclass(frozen=True)
class Tool:
    """One thing that an agent can do. `work` gets the address that is counted, and the fields."""

    name: str
    title: str
    says: str
    fields: tuple[Field, ...]
    work: Callable[[str, Given], Said] = field(repr=False)
    is_reading: bool = True
    is_idempotent: bool = True

    @property
    def schema(self) -> dict[str, Any]:
        """What it is given, as JSON Schema."""
        return {
            "type": "object",
            "properties": {one.name: one.schema for one in self.fields},
            "required": [one.name for one in self.fields if one.is_needed],
            "additionalProperties": False,
        }

    def checked(self, given: Mapping[str, Any]) -> Given:
        known = [one.name for one in self.fields]
        if not given.keys() <= set(known):
            raise Refused(f"`{self.name}` takes {', '.join(f'`{name}`' for name in known)}.")
        for one in self.fields:
            if one.is_needed and given.get(one.name) is None:
                raise Refused(f"`{one.name}` is missing.")
        present = (one for one in self.fields if given.get(one.name) is not None)
        return {one.name: one.checked(given[one.name]) for one in present}


def call(tool: Tool, client: str, given: Mapping[str, Any]) -> Said:
    """Does it, in a thread that may ask the database. What is wrong is said in words."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            return tool.work(client, tool.checked(given))
    except Refused as refused:
        return Said(str(refused), is_error=True)
    except asking.TooLong:
        words = f"A question has {asking.LONGEST_QUESTION} letters at most."
        return Said(words, is_error=True)
    except TooMany as error:
        words = f"Too many at once. Try again in {error.retry_after} seconds."
        return Said(words, is_error=True)


def _search(client: str, given: Given) -> Said:
    found = programs.passages(viewer_for_nobody(via="api"), given["query"])
    if not found:
        return Said(f"Nothing was found. All pages: {_index()}", {"results": []})
    texts = [
        f"Title: {plain(one.title)}\nLink: {one.address}\nContent:\n{_quoted(one.text)}"
        for one in found
    ]
    results = [
        {"id": one.address, "title": one.title, "url": one.address, "text": one.text}
        for one in found
    ]
    return Said("\n\n".join(texts), {"results": results})


def _read(client: str, given: Given) -> Said:
    address = given.get("url") or given.get("id") or ""
    text = programs.read(viewer_for_nobody(via="api"), address)
    if text is None:
        raise Refused(f"Page not found. All pages: {_index()}")
    titles = (line[2:] for line in text.splitlines() if line.startswith("# "))
    data = {"id": address, "title": next(titles, ""), "url": address, "text": text}
    return Said(text, data)


def _ask(client: str, given: Given) -> Said:
    if asking.is_blank(given["question"]):
        raise Refused("Nothing was asked: write the question itself.")
    goal = given.get("goal", "")
    reply = programs.ask(
        viewer_for_nobody(via="api"),
        given["question"],
        goal=goal,
        client=client,
        surface=Surface.MCP,
    )
    return Said(as_markdown(reply, Way(suffix="", index=_index()), goal=goal))


def _send_feedback(client: str, given: Given) -> Said:
    is_kept = programs.take_feedback(
        viewer_for_nobody(via="api"),
        given["pageUrl"],
        given["content"],
        goal=given.get("goal", ""),
        client=client,
    )
    if not is_kept:
        raise Refused(
            "Page not found: `pageUrl` must be the address of a page that `getPage` reads."
        )
    return Said("Thank you. The people who write this page will read it.")


def _index() -> str:
    return f"{settings.HANDRAIL_URL}/llms.txt"


def _quoted(text: str) -> str:
    return "\n".join(f"> {plain(line)}" for line in text.splitlines() if line.strip())


QUERY = Field("query", "Words, or a question in natural language.", asking.LONGEST_QUESTION)
GOAL = Field("goal", "What it is for, in a few words.", programs.LONGEST_GOAL, is_needed=False)
PAGE = "The address of a page, as search results and sources give it."

SEARCH = Tool(
    "searchDocumentation",
    "Search the help pages",
    "Finds the public help pages that say most about some words or a question, best first, each "
    "with its best section. Read on with getPage.",
    (QUERY,),
    _search,
)
READ = Tool(
    "getPage",
    "Read a help page",
    "Gives the whole text of a public help page as Markdown.",
    (Field("url", PAGE, programs.LONGEST_ADDRESS),),
    _read,
)
ASK = Tool(
    "askQuestion",
    "Ask the help pages",
    "Answers one question from all public help pages, with quotes and their sources; says so where "
    "the pages do not answer it. Each question must be understood by itself. It is kept for the "
    "people who write the pages: send no personal data.",
    (
        Field("question", "One question in natural language.", asking.LONGEST_QUESTION),
        GOAL,
    ),
    _ask,
    is_idempotent=False,
)
FEEDBACK = Tool(
    "sendFeedback",
    "Report a mistake in a help page",
    "Tells the people who write a help page what in it is wrong, missing or unclear. One call for "
    "each thing. Not for praise, not for questions, and without personal data: nobody answers.",
    (
        Field("content", "What is wrong, and where in the page.", programs.MOST_LETTERS),
        Field("pageUrl", PAGE, programs.LONGEST_ADDRESS),
        GOAL,
    ),
    _send_feedback,
    is_reading=False,
    is_idempotent=False,
)
ALSO_SEARCH = Tool("search", SEARCH.title, "The same as searchDocumentation.", (QUERY,), _search)
ALSO_READ = Tool(
    "fetch",
    READ.title,
    "The same as getPage: the text of what `search` found.",
    (
        Field("id", "The id of a result of `search`.", programs.LONGEST_ADDRESS, is_needed=False),
        Field("url", PAGE, programs.LONGEST_ADDRESS, is_needed=False),
    ),
    _read,
)
TOOLS = (SEARCH, READ, ASK, FEEDBACK, ALSO_SEARCH, ALSO_READ)


def tools() -> list[Tool]:
    """Those that there are now, always in the same order."""
    return [tool for tool in TOOLS if tool is not ASK or asking.is_on()]


def find(name: str) -> Tool | None:
    return next((tool for tool in tools() if tool.name == name), None)
