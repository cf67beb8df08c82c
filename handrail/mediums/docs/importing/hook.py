"""How does a git server say that there is something new? By a secret address, and nothing else.

What it sends beside that is not read. The answer is always the same, whether the secret is known
or not, and at most one pull waits for each source.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from handrail.base.limits import Limit, TooMany, client_address
from handrail.mediums.docs.actions import sources
from handrail.people.viewer import system_viewer

CALLS = Limit("docs-hook", most=60, seconds=60)

HOOK = system_viewer("webhook")


@csrf_exempt
@require_POST
def called(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        CALLS.hit(client_address(request))
    except TooMany as error:
        headers = {"Retry-After": str(error.retry_after)}
        return HttpResponse(status=429, content_type="text/plain", headers=headers)
    sources.want_pull_by_hook(HOOK, secret)
    return HttpResponse("Thank you.\n", status=202, content_type="text/plain")
