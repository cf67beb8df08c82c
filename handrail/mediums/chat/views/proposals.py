"""What does a member let the assistant do? A tool's button, and the yes or no below its form."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.base.limits import TooMany
from handrail.hub import tools
from handrail.hub.tools import NoSuchTool, Refused
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Proposal
from handrail.mediums.chat.threads import Refusal
from handrail.mediums.chat.views.finding import SLOWED, find_chat, toast
from handrail.mediums.chat.views.talk import SAID, line_as_drawn
from handrail.people.requests import ViewerRequest

ANSWER = "answer"
"""The form's button (`keep`: none yet); all else that it sends are the tool's fields."""


@require_POST
def tool(request: ViewerRequest, public_id: str, name: str) -> HttpResponse:
    """What only reads is done at once; what writes is a form in the chat first."""
    request.viewer.require_member()
    chat = find_chat(request, public_id)
    found = tools.find(request.viewer, name)
    if found is None:
        raise Http404
    try:
        SAID.hit(request.viewer.require_member().public_id)
        if found.writes:
            actions.propose(request.viewer, chat, name)
        else:
            actions.use_tool(request.viewer, chat, name)
    except (NoSuchTool, Refused, ValidationError) as refusal:
        return toast(_words(refusal), "danger")
    except TooMany:
        return toast(str(SLOWED), "danger")
    return HttpResponse(status=204)


@require_POST
def proposal(request: ViewerRequest, public_id: str, proposal_id: str) -> HttpResponse:
    """Yes, with what the form says, or no. The line comes back as it is then. Before that: what
    was written into the form so far."""
    request.viewer.require_member()
    chat = find_chat(request, public_id)
    found = (
        Proposal.objects.visible_to(request.viewer)
        .select_related("message")
        .filter(conversation=chat.pk, public_id=proposal_id)
        .first()
    )
    if found is None:
        raise Http404
    given = {name: request.POST[name] for name in request.POST if name != ANSWER}
    if request.POST.get(ANSWER) == "keep":
        return _kept(request, found, given)
    errors = {}
    try:
        if request.POST.get(ANSWER) == "yes":
            actions.confirm(request.viewer, found, given)
        else:
            actions.decline(request.viewer, found)
    except Refused as refusal:
        errors = dict(refusal.errors)
    except ValidationError as refusal:
        errors = {"": refusal.messages[0]}
    refused = Refusal(found.message.pk, given, errors) if errors else None
    return line_as_drawn(request, chat, found.message.public_id, refused)


def _kept(request: ViewerRequest, found: Proposal, given: dict[str, str]) -> HttpResponse:
    """What cannot be kept is told with their yes."""
    with suppress(Refused):
        actions.fill_in(request.viewer, found, given)
    return HttpResponse(status=204)


def _words(refusal: Exception) -> str:
    if isinstance(refusal, ValidationError):
        return str(refusal.messages[0])
    if isinstance(refusal, Refused):
        return " ".join(refusal.errors.values())
    return _("This cannot be done any more.")
