"""What does a program get for `<page>.md?ask=<question>`? An answer over all that it may read.

The page does not matter, nor whether there is one, or one that is not for whoever asks: only the
language that its address names is wanted before others.
"""

from django.http import HttpResponse

from handrail.base.limits import TooMany, client_address
from handrail.engines.ai.models import Surface
from handrail.hub import asking, programs
from handrail.hub.answer_text import Way, as_markdown
from handrail.mediums.docs.api.text import asking_is_on, joined, markdown_response
from handrail.mediums.docs.reading.finding import taken_apart
from handrail.mediums.docs.reading.sides import SITE, absolute, speaking
from handrail.people.requests import ViewerRequest

ASK, GOAL = "ask", "goal"

REMINDER = (
    "Nothing was asked: write your question in place of `<question>`, as one sentence in natural "
    "language that can be understood by itself."
)
OFF = "Questions are not answered here. All pages are listed at {index}."
TOO_LONG = (
    f"A question has {asking.LONGEST_QUESTION} letters at most, a goal {programs.LONGEST_GOAL}. "
    "Ask for one thing, in a sentence or two."
)
TOO_MANY = "Too many questions were asked. Ask again in {seconds} seconds."


def is_asked(request: ViewerRequest) -> bool:
    return ASK in request.GET


def answer(request: ViewerRequest, address: str = "") -> HttpResponse:
    """Markdown with the status that SPEC names. Eight queries, one of which writes: the question is
    kept for the editors, though it came by a GET."""
    response = _answer(request, address)
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept"
    return response


def _answer(request: ViewerRequest, address: str) -> HttpResponse:
    index = absolute("/llms.txt")
    question, goal = request.GET.get(ASK, ""), request.GET.get(GOAL, "")
    if not asking_is_on():
        return _said("Not Found", OFF.format(index=index), status=404)
    try:
        if asking.is_blank(asking.cleaned(question)):
            return _said("Ask a question", REMINDER)
        parts = taken_apart(address)
        language = parts.language if parts else ""
        with speaking(SITE, language):
            reply = programs.ask(
                request.viewer,
                question,
                goal=goal,
                client=client_address(request),
                surface=Surface.MARKDOWN,
                languages=[language] if language else (),
            )
    except asking.TooLong:
        return _said("The question is too long", TOO_LONG, status=400)
    except TooMany as error:
        words = TOO_MANY.format(seconds=error.retry_after)
        response = _said("Too many questions", words, status=429)
        response["Retry-After"] = str(error.retry_after)
        return response
    way = Way(ask_at=absolute("/docs/index.md"), index=index)
    return markdown_response(as_markdown(reply, way, goal=asking.cleaned(goal)))


def _said(title: str, words: str, *, status: int = 200) -> HttpResponse:
    response = markdown_response(joined(f"# {title}", words))
    response.status_code = status
    return response
