"""How does a ticket become a PDF? By Typst, which sees our own template and the words as data.

Nothing that anybody wrote is ever read as Typst's language. It gets an empty folder of its own as
the whole file system, and our template asks for no package: it has nothing to read and nowhere
to go.
"""

import json
import tempfile
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from handrail.mediums.tickets.exports.transcript import Transcript

TEMPLATE = Path(__file__).with_name("ticket.typ")


def as_pdf(told: Transcript) -> bytes:
    """The pages. Scripts that Typst brings no letters for need a font of the system's."""
    return render(TEMPLATE.read_bytes(), inputs(told))


def inputs(told: Transcript) -> dict[str, str]:
    """The words as Typst gets them: one string, which the template reads as JSON."""
    return {"ticket": json.dumps(_data(told))}


def render(template: bytes, given: dict[str, str]) -> bytes:
    import typst  # 8 MB that most processes never need

    with tempfile.TemporaryDirectory(prefix="handrail-pdf-") as empty:
        made = typst.compile(
            template, root=empty, sys_inputs=given, font_paths=_fonts(), format="pdf"
        )
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made


@cache
def _fonts() -> Any:
    """Looked for once a process: that is most of the time of the first PDF."""
    import typst

    return typst.Fonts()


def _data(told: Transcript) -> dict[str, Any]:
    """Each text begins on the side where its first letter says."""
    data = told.as_dict()
    data["subject_is_rtl"] = _is_rtl(told.subject)
    data["note"] = gettext("Internal note")
    for entry in data["entries"]:
        entry["is_rtl"] = _is_rtl(entry["body"])
    return data


def _is_rtl(text: str) -> bool:
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
