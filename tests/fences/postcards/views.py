"""What do members and agents see of postcards?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.people.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    request.viewer.require_member()
    return render(request, "postcards/index.html")


@require_safe
def desk(request: ViewerRequest) -> HttpResponse:
    request.viewer.require_agent()
    return HttpResponse("All cards are read.")
