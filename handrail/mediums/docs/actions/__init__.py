"""What can be done with the help centre?"""

from handrail.mediums.docs.actions.assets import keep_asset
from handrail.mediums.docs.actions.drafts import (
    FromSource,
    WrittenMeanwhile,
    discard_draft,
    save_draft,
    see_newer,
    stamp_of,
)
from handrail.mediums.docs.actions.evaluating import (
    drop_question,
    keep_question,
    want_run_by_hand,
)
from handrail.mediums.docs.actions.feedback import comment, rate, report
from handrail.mediums.docs.actions.pages import (
    KIND,
    Overtaken,
    change_page,
    delete_page,
    make_page,
    move_page,
    publish,
    restore,
    withdraw,
)
from handrail.mediums.docs.actions.questions import (
    begin_page,
    bring_back,
    bring_one_back,
    settle,
    settle_one,
)
from handrail.mediums.docs.actions.sections import (
    change_section,
    delete_section,
    make_section,
    order_sections,
)
from handrail.mediums.docs.actions.translating import mark_translated, translate
from handrail.mediums.docs.actions.versions import join_versions, part_versions
from handrail.mediums.docs.actions.wording import add_synonym, forget_miss, remove_synonym

__all__ = [
    "KIND",
    "FromSource",
    "Overtaken",
    "WrittenMeanwhile",
    "add_synonym",
    "begin_page",
    "bring_back",
    "bring_one_back",
    "change_page",
    "change_section",
    "comment",
    "delete_page",
    "delete_section",
    "discard_draft",
    "drop_question",
    "forget_miss",
    "join_versions",
    "keep_asset",
    "keep_question",
    "make_page",
    "make_section",
    "mark_translated",
    "move_page",
    "order_sections",
    "part_versions",
    "publish",
    "rate",
    "remove_synonym",
    "report",
    "restore",
    "save_draft",
    "see_newer",
    "settle",
    "settle_one",
    "stamp_of",
    "translate",
    "want_run_by_hand",
    "withdraw",
]
