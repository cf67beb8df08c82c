"""What can be done with the help centre?"""

from handrail.mediums.docs.actions.feedback import comment, rate
from handrail.mediums.docs.actions.pages import (
    KIND,
    Overtaken,
    ReadOnly,
    change_page,
    delete_page,
    discard_draft,
    make_page,
    move_page,
    publish,
    restore,
    save_draft,
    withdraw,
)
from handrail.mediums.docs.actions.sections import (
    change_section,
    delete_section,
    make_section,
    order_sections,
)

__all__ = [
    "KIND",
    "Overtaken",
    "ReadOnly",
    "change_page",
    "change_section",
    "comment",
    "delete_page",
    "delete_section",
    "discard_draft",
    "make_page",
    "make_section",
    "move_page",
    "order_sections",
    "publish",
    "rate",
    "restore",
    "save_draft",
    "withdraw",
]
