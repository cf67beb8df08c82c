"""What does a view get? Django's request, with the viewer that the middleware found."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from handrail.people.viewer import Viewer


class ViewerRequest(HttpRequest):
    """Only a type: the objects are Django's own, completed by the middlewares."""

    viewer: Viewer
    htmx: HtmxDetails
