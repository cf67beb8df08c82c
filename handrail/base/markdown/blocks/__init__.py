"""Which blocks do we know? One file each; a new one is a file and a line here."""

from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.blocks.code import CODE
from handrail.base.markdown.blocks.columns import COLUMN, COLUMNS
from handrail.base.markdown.blocks.content_ref import CONTENT_REF
from handrail.base.markdown.blocks.embed import EMBED
from handrail.base.markdown.blocks.file import FILE
from handrail.base.markdown.blocks.hint import HINT
from handrail.base.markdown.blocks.others import OTHERS
from handrail.base.markdown.blocks.stepper import STEP, STEPPER
from handrail.base.markdown.blocks.tabs import TAB, TABS

_ALL = (HINT, TABS, TAB, STEPPER, STEP, COLUMNS, COLUMN, CODE, CONTENT_REF, EMBED, FILE, *OTHERS)

BLOCKS: dict[str, Block] = {block.name: block for block in _ALL}
