"""Where is what? The addresses that the public contract promises."""

from django.urls import include, path
from django.views.generic import RedirectView

from handrail.config import health
from handrail.hub.registry import medium_urls

urlpatterns = [
    path("", RedirectView.as_view(url="/help/")),
    path("help/", include("handrail.surfaces.help.urls")),
    path("help/", include(medium_urls("help"))),
    path("console/", include("handrail.surfaces.console.urls")),
    path("console/", include(medium_urls("desk"))),
    path("", include(medium_urls("public"))),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]

handler400 = "handrail.config.errors.bad_request"
handler403 = "handrail.config.errors.forbidden"
handler404 = "handrail.config.errors.not_found"
handler500 = "handrail.config.errors.server_error"
