"""How do files come and go? The same four addresses for members and agents."""

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from handrail.engines.conversations import downloads, uploads
from handrail.engines.conversations.access import WORK
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer


@require_POST
def upload(request: ViewerRequest) -> HttpResponse:
    require_writer(request.viewer)
    return uploads.take(request, request.viewer)


@require_POST
def discard(request: ViewerRequest, public_id: str) -> HttpResponse:
    require_writer(request.viewer)
    return uploads.discard(request.viewer, public_id)


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
