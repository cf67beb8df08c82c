"""How does a file leave us? As a download that no browser will run or render inside our origin."""

import structlog
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.utils.cache import patch_cache_control

from handrail.engines.conversations.models import Attachment
from handrail.people.viewer import NotSignedIn, Viewer

log = structlog.get_logger("handrail.files")

SANDBOX = "sandbox; default-src 'none'"


def find(viewer: Viewer, public_id: str) -> Attachment:
    """The attachment as this viewer; 404 for what is missing and for what is not theirs.

    Nobody is asked to sign in: the link may be good, and its reader's session have ended.
    """
    if viewer.is_nobody:
        raise NotSignedIn
    attachment = Attachment.objects.visible_to(viewer).filter(public_id=public_id).first()
    if attachment is None:
        raise Http404
    return attachment


def download(request: HttpRequest, viewer: Viewer, public_id: str) -> FileResponse:
    """The file itself, always as a download."""
    attachment = find(viewer, public_id)
    response = FileResponse(
        _opened(attachment.file),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    return _guarded(response)


def preview(request: HttpRequest, viewer: Viewer, public_id: str) -> FileResponse:
    """The bitmap that we drew anew, the only thing that is shown inside a page."""
    attachment = find(viewer, public_id)
    if not attachment.preview:
        raise Http404
    return _guarded(FileResponse(_opened(attachment.preview), content_type="image/webp"))


def _opened(file: FieldFile) -> FieldFile:
    """Ready to be read. Where a row has lost its file, there is none; we hear of it, too."""
    try:
        return file.open("rb")
    except FileNotFoundError:
        log.error("file_lost", name=file.name)
        raise Http404 from None


def _guarded(response: FileResponse) -> FileResponse:
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, no_store=True)
    return response
