"""How do pictures and files come into the editor, and how does its preview show them?"""

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from handrail.engines.conversations.files import FileRefused, NotKept
from handrail.mediums.docs import actions
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.console.parts import find_page
from handrail.mediums.docs.models import Asset
from handrail.mediums.docs.reading.sides import PANEL
from handrail.mediums.docs.views import files
from handrail.people.requests import ViewerRequest


@require_POST
def upload(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Keeps the files, each by itself, and answers with the Markdown that shows it.

    503 says that one of them may be sent once more.
    """
    page = find_page(request, public_id)
    kept, refusals, status = [], [], 200
    for given in request.FILES.getlist("files")[: settings.MOST_FILES]:
        try:
            kept.append(actions.keep_asset(request.viewer, page.section, given))
        except FileRefused as refusal:
            refusals.append(str(refusal))
            status = 503 if isinstance(refusal, NotKept) else status
    context = {"kept": [(asset, shows(asset)) for asset in kept], "refusals": refusals}
    return render(request, "docs/desk/_kept_files.html", context, status=status)


def shows(asset: Asset) -> str:
    """The Markdown for it: a picture without words yet, or the block of a file."""
    if asset.preview:
        return f"![](/{asset.path})"
    return f'{{% file src="/{asset.path}" %}}'


@require_safe
def file(request: ViewerRequest, public_id: str, name: str) -> HttpResponseBase:
    """A file of any section, for an editor: readers only load what a published page shows."""
    request.viewer.require(EDIT)
    return files.file(request, PANEL, public_id, name)
