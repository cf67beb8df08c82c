"""What is the least that a Django page costs? One view without middleware, in both handlers.

A program of its own, with settings of its own: `uvicorn handrail.config.bench.bare:threads`.
"""

from django.conf import settings

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[])

from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from handrail.config.serving import BodyLimits, ThreadedPages

THREADS = 8


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [path("", page)]

threads = ThreadedPages(
    get_wsgi_application(), threads=THREADS, limits=BodyLimits(plain=0, multipart=0), scheme="http"
)
asgi = get_asgi_application()
