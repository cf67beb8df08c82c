"""What does the frame of every member page say to its script?"""

from django import template

from handrail.hub import registry

register = template.Library()


@register.simple_tag
def public_paths() -> str:
    """The beginnings of addresses that lead on within the panel, parted by spaces."""
    return " ".join(registry.public_paths())
