"""By which words do readers search, and what do they not find?"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from handrail.engines.search.models import SearchMiss, Synonym
from handrail.mediums.docs import actions
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.console.forms import SynonymForm
from handrail.mediums.docs.console.parts import FORM_METHODS, INVALID, name_of_language, parts
from handrail.people.requests import ViewerRequest

MOST_SYNONYMS = 1_000
MOST_MISSES = 100

SORTS = {"asked": ("-asked", "-last_asked_at"), "newest": ("-last_asked_at", "-asked")}


@require_http_methods(FORM_METHODS)
def index(request: ViewerRequest) -> HttpResponse:
    """Synonyms, with a form for one more, and what was asked in vain."""
    request.viewer.require(EDIT)
    form = _form(request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_synonym(request.viewer, given["language"], given["words"], given["means"])
            return redirect("docs-desk:words")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    sort = request.GET.get("sort", "asked")
    sort = sort if sort in SORTS else "asked"
    misses = SearchMiss.objects.order_by(*SORTS[sort], "pk")[:MOST_MISSES]
    context: dict[str, Any] = {
        "parts": parts(),
        "part": "words",
        "form": form,
        "synonyms": [
            (one, name_of_language(one.language))
            for one in Synonym.objects.order_by("language", "words", "pk")[:MOST_SYNONYMS]
        ],
        "misses": [(one, name_of_language(one.language)) for one in misses],
        "sort": sort,
    }
    status = INVALID if form.is_bound else 200
    return render(request, "docs/desk/words.html", context, status=status)


@require_POST
def remove(request: ViewerRequest, pk: int) -> HttpResponse:
    actions.remove_synonym(request.viewer, pk)
    return redirect("docs-desk:words")


@require_POST
def forget(request: ViewerRequest, pk: int) -> HttpResponse:
    """Takes a question off the list."""
    actions.forget_miss(request.viewer, pk)
    return redirect("docs-desk:words")


def _form(request: ViewerRequest) -> SynonymForm:
    """In the editor's own language, where pages may be in it."""
    spoken = [tag for tag, _name in settings.LANGUAGES]
    own = get_language() or ""
    initial = {"language": own if own in spoken else spoken[0], "words": request.GET.get("asked")}
    return SynonymForm(request.POST or None, languages=spoken, initial=initial)
