"""Which elements are drawn otherwise than they are written? Beside blocks: what HTML and Markdown
share, such as pictures, tables and links."""

from handrail.base.markdown.blocks.block import Draw
from handrail.base.markdown.blocks.code import draw_fence, draw_pre
from handrail.base.markdown.blocks.hint import draw as draw_hint
from handrail.base.markdown.elements.icon import draw_icon
from handrail.base.markdown.elements.link import draw_link
from handrail.base.markdown.elements.lists import draw_details, draw_item
from handrail.base.markdown.elements.notes import (
    draw_note,
    draw_note_back,
    draw_note_mention,
    draw_notes,
)
from handrail.base.markdown.elements.picture import (
    draw_figure,
    draw_frame,
    draw_paragraph,
    draw_picture,
)
from handrail.base.markdown.elements.table import draw_table

ELEMENTS: dict[str, Draw] = {
    "%alert": draw_hint,
    "%fence": draw_fence,
    "%footnote": draw_note,
    "%footnote-back": draw_note_back,
    "%footnote-ref": draw_note_mention,
    "%footnotes": draw_notes,
    "a": draw_link,
    "details": draw_details,
    "div": draw_frame,
    "figure": draw_figure,
    "i": draw_icon,
    "img": draw_picture,
    "li": draw_item,
    "p": draw_paragraph,
    "pre": draw_pre,
    "table": draw_table,
}
