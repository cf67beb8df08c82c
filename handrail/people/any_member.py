"""As whom is a query written whose text all members share? (`base.statements`.)"""

from typing import Any, cast

from django.db.models import BigIntegerField

from handrail.base.statements import Blank
from handrail.people.models import Member
from handrail.people.viewer import Viewer


class _Member:
    """What a rule may ask of a member where the text is shared: these two, as blanks.

    A rule that asks for more, such as a role, finds no such attribute and fails at once: it never
    decides for everybody by what it found in one.
    """

    pk = Blank("member", BigIntegerField())
    account_id = Blank("account", BigIntegerField())


class _MembersViewer:
    member = _Member()
    agent = None
    system = None


ANY_MEMBER = cast(Viewer, _MembersViewer())
"""For `visible_to`. What it stands for is told by `facts_of`."""


def facts_of(member: Member) -> dict[str, Any]:
    """What is in ANY_MEMBER's blanks when this member asks."""
    return {"member": member.pk, "account": member.account_id}
