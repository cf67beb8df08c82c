"""How much may be attached?"""

from dataclasses import dataclass

from django import template
from django.conf import settings

from handrail.engines.conversations.files import most_bytes

register = template.Library()


@dataclass(frozen=True)
class Limits:
    """What the operator chose, for a page's words and its script."""

    files: int
    megabytes: int
    bytes: int


@register.simple_tag
def file_limits() -> Limits:
    return Limits(settings.MOST_FILES, settings.MOST_FILE_MB, most_bytes())
