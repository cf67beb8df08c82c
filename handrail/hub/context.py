"""What do the frames of all pages show beside a page's own content?"""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from handrail.hub.menu import desk_scripts, navigation, settings_menu

OWNERS_ACTS = ("people.manage", "settings.manage")
"""Who may do one of these finds the settings in the navigation."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The viewer, and for agents the navigation; asked for only where a page draws it."""
    viewer = getattr(request, "viewer", None)
    if viewer is None:  # an error page before the viewer was known
        return {}
    match = request.resolver_match
    here = match.namespace.removesuffix("-desk") if match else ""
    return {
        "viewer": viewer,
        "panel": getattr(request, "panel", None),
        "navigation": SimpleLazyObject(lambda: navigation(viewer)) if viewer.agent else None,
        "desk_scripts": desk_scripts(viewer) if viewer.agent else [],
        "here": here,
        "may_set_up": viewer.agent
        and (viewer.may("people.manage") or viewer.may("settings.manage")),
        "settings_menu": SimpleLazyObject(lambda: settings_menu(viewer)) if viewer.agent else [],
    }
