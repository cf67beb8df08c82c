"""How do a person's words look in a talk? As Markdown, with nothing that they wrote left out.

A help page leaves out what it may not hold, and gives its title away; what somebody says is all
there: a tag is shown as it was typed, and a heading stays a heading within the message.
"""

import re
from functools import lru_cache

from handrail.base.markdown import render

_CODE = re.compile(r"(^```.*?(?:^```|\Z)|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^(#{1,5}) ", re.MULTILINE)


@lru_cache(maxsize=2048)
def drawn(text: str) -> str:
    """The words as HTML for the prose tag, which cleans it once more. A fifth of a millisecond."""
    parts = _CODE.split(text)
    whole = "".join(
        part if number % 2 else _TITLE.sub(r"#\1 ", part.replace("<", "&lt;"))
        for number, part in enumerate(parts)
    )
    return render(whole).html
