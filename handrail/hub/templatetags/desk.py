"""What do pages of the console share, whoever makes them?"""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.hub.medium import SettingsPart
from handrail.hub.registry import mediums

register = template.Library()


@register.inclusion_tag("hub/_settings_tabs.html", takes_context=True)
def settings_tabs(context: template.Context, current: str) -> dict[str, Any]:
    """The tabs of the settings: the console's own, then each medium's. `current` is a name."""
    viewer = context["viewer"]
    own = [
        SettingsPart("agents", _("Agents"), reverse("console:agents")),
        SettingsPart("hosts", _("Platforms"), reverse("console:hosts")),
    ]
    theirs = [part for medium in mediums() for part in medium.settings_parts(viewer)]
    return {"parts": [*own, *theirs], "current": current}
