"""How does a rendered page come into a template? Cleaned once more, with icons and buttons put in.

What is kept of a page holds only places for them: where the sprite is hangs on the release, and
what a button says on the reader's language.
"""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from handrail.base.markdown import clean
from handrail.base.markdown.icons import served
from handrail.base.templatetags.components import icon

register = template.Library()

_PLACE = re.compile(r'<i data-(?:icon="([a-z0-9-]+)"|copy-code="")></i>')


@register.simple_tag
def prose(html: str) -> SafeString:
    """`{% prose page.html %}`, where `page.html` is what `render` made. Half a millisecond.

    It goes through the list of what is harmless again, so a row that somebody changed is none the
    worse; this is why it may be called safe here, and nowhere else.
    """
    button = ""

    def put_in(place: re.Match[str]) -> str:
        nonlocal button
        if place[1]:
            return icon(place[1]) if served(place[1]) else ""
        button = button or render_to_string("base/copy_code.html").strip()
        return button

    return SafeString(_PLACE.sub(put_in, clean(html)))
