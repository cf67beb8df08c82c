"""How do files come and go? The same four addresses for members and agents."""

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations import downloads
from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.files import FileRefused, NotKept
from handrail.engines.conversations.models import Attachment
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer


@require_POST
def upload(request: ViewerRequest) -> HttpResponse:
    """Keeps the chosen files until their message is sent; each is taken or refused by itself.

    503 says that one of them may be sent once more.
    """
    require_writer(request.viewer)
    taken, refusals, status = [], [], 200
    for given in request.FILES.getlist("files")[: settings.MOST_FILES]:
        try:
            taken.append(conversations.upload(request.viewer, given))
        except FileRefused as refusal:
            refusals.append(str(refusal))
            status = 503 if isinstance(refusal, NotKept) else status
    context = {"uploads": taken, "refusals": refusals}
    return render(request, "conversations/_uploads.html", context, status=status)


@require_POST
def discard(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Removes an upload before it is sent; one that is gone already is as good as removed."""
    require_writer(request.viewer)
    attachment = Attachment.objects.unsent_by(request.viewer).filter(public_id=public_id).first()
    if attachment:
        conversations.discard_upload(request.viewer, attachment)
    return HttpResponse()


@require_safe
def download(request: ViewerRequest, public_id: str) -> FileResponse:
    return downloads.download(request, request.viewer, public_id)


@require_safe
def preview(request: ViewerRequest, public_id: str) -> FileResponse:
    return downloads.preview(request, request.viewer, public_id)


def require_writer(viewer: Viewer) -> None:
    """Files come with messages: who may write neither a ticket nor a reply brings none."""
    if not viewer.may("tickets.open"):
        viewer.require(WORK if viewer.agent else "tickets.reply")
