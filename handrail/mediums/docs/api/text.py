"""What is said around a page's Markdown? English: it is the same for all, whoever asks."""

from django.conf import settings
from django.http import HttpResponse

from handrail.hub import asking

MARKDOWN = "text/markdown; charset=utf-8"


def asking_is_on() -> bool:
    """Whether questions are answered at `<page>.md?ask=<question>`."""
    return asking.is_on()


def head(own: str) -> str:
    """The first line of every page: where the index is, and how to find Markdown."""
    return (
        f"> For the index of all pages see {settings.HANDRAIL_URL}/llms.txt. Every page is there "
        f"as Markdown, at its address with `.md`; this one is {own}."
    )


def footer(own: str) -> str:
    """How to ask; empty as long as nobody answers."""
    if not asking_is_on():
        return ""
    return (
        "---\n\n# Asking\n\n"
        "What this page does not say can be asked, over all public pages of this help centre:\n\n"
        f"```\nGET {own}?ask=<question>&goal=<goal>\n```\n\n"
        "`ask` is one question that can be understood by itself, in natural language; `goal`, "
        "if you give one, is what it is asked for. The answer is Markdown: a direct answer, "
        "the passages that it rests on, and their pages. Send no personal data.\n\n"
        f"AI agents can search, read and ask at {settings.HANDRAIL_URL}/mcp (Model Context "
        "Protocol, Streamable HTTP).\n"
    )


def joined(*parts: str) -> str:
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def link_text(words: str) -> str:
    """A title as the words of a link, whatever is in it."""
    one_line = " ".join(words.split())
    return one_line.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def markdown_response(body: str, *, robots: str = "noindex") -> HttpResponse:
    response = HttpResponse(body, content_type=MARKDOWN)
    response["X-Robots-Tag"] = robots
    return response
