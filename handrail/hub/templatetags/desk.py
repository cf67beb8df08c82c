"""What do pages of the console share, whoever makes them?"""

from typing import Any

from django import template

from handrail.hub.menu import settings_menu

register = template.Library()


@register.inclusion_tag("hub/_settings_tabs.html", takes_context=True)
def settings_tabs(context: template.Context, current: str) -> dict[str, Any]:
    """The tabs of the settings that this agent may open. `current` is a name."""
    return {"parts": settings_menu(context["viewer"]), "current": current}
