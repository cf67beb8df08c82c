"""How does a file of a page leave us? Pictures as we drew them, all else as a download."""

import structlog
from django.db.models import Exists, OuterRef
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from handrail.mediums.docs.models import Asset, Page
from handrail.mediums.docs.reading.caching import PRIVATE
from handrail.mediums.docs.reading.sides import Side
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import NotSignedIn, viewer_for_nobody

SANDBOX = "sandbox; default-src 'none'"
YEAR = 365 * 24 * 60 * 60

IMMUTABLE = f"public, max-age={YEAR}, immutable"
"""Of what everybody may see: the address holds a random id, and its content never changes."""

OURS = "image/webp"

log = structlog.get_logger("handrail.docs")


@require_safe
def file(request: ViewerRequest, side: Side, public_id: str, name: str) -> HttpResponseBase:
    """`name` is for people: what is read is known by the id alone. Two queries at most."""
    viewer = request.viewer
    public = Page.objects.visible_to(viewer_for_nobody()).filter(
        assets=OuterRef("pk"), audience=None
    )
    found = Asset.objects.visible_to(viewer).filter(public_id=public_id)
    asset = found.annotate(is_public=Exists(public)).first()
    if asset is None:
        if not side.is_public and viewer.is_nobody:
            raise NotSignedIn
        raise Http404
    is_public = asset.is_public  # type: ignore[attr-defined]
    tag = f'"{asset.sha256[:32]}{"p" if asset.preview else ""}"'
    response: HttpResponseBase = get_conditional_response(request, etag=tag) or _of(asset)
    response["ETag"] = tag
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = IMMUTABLE if is_public else PRIVATE
    return response


def _of(asset: Asset) -> FileResponse:
    if asset.preview:
        return FileResponse(_opened(asset.preview), content_type=OURS)
    return FileResponse(
        _opened(asset.file),
        as_attachment=True,
        filename=asset.name,
        content_type=asset.content_type,
    )


def _opened(file: FieldFile) -> FieldFile:
    """Ready to be read. Where a row has lost its file, there is none; we hear of it, too."""
    try:
        return file.open("rb")
    except FileNotFoundError:
        log.error("file_lost", name=file.name)
        raise Http404 from None
