"""Is the assistant on for an account, and who said so? Its admins choose, until then a default."""

from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.chat.actions.refusals import OPEN
from handrail.mediums.chat.models import AssistantDefault, AssistantSwitch, NoticeAccepted
from handrail.mediums.chat.states import KIND
from handrail.people.models import Account, AccountKind, Member
from handrail.people.viewer import Viewer

MANAGE = "settings.manage"
WHY_LENGTH = 500

FIRST_DEFAULTS = {AccountKind.BRAND: True, AccountKind.PARTNER: False, AccountKind.AGENCY: False}
"""What a new installation says for accounts whose admin has not chosen. An agency works for
brands, as a partner does: for both, somebody chooses first whether a machine may answer."""


class AssistantState(NamedTuple):
    """Whether it is on, who said so (None: nobody, or they are gone) and when."""

    is_on: bool
    by: Member | None
    at: datetime | None
    is_default: bool


def assistant_state(account: Account) -> AssistantState:
    """What the account's admin chose, else the default of its kind; off where there is none."""
    switch = (
        AssistantSwitch.objects.filter(account=account).select_related("changed_by__person").first()
    )
    if switch:
        return AssistantState(switch.is_on, switch.changed_by, switch.changed_at, False)
    is_on = AssistantDefault.objects.filter(account_kind=account.kind, is_on=True).exists()
    return AssistantState(is_on, None, None, True)


def may_switch(viewer: Viewer) -> bool:
    return bool(viewer.member and viewer.member.is_account_admin and viewer.may(OPEN))


def switch_assistant(viewer: Viewer, is_on: bool, *, why: str = "") -> AssistantState:
    """Switches it for the viewer's account. `why` is what they tell us when it goes off.

    A chat that it answers just now goes to a person with the member's next message.
    """
    viewer.require(OPEN)
    member = viewer.require_member()
    if not may_switch(viewer):
        raise PermissionDenied
    why_off = "" if is_on else why.replace("\0", "").strip()[:WHY_LENGTH]
    with transaction.atomic():
        AssistantSwitch.objects.update_or_create(
            account=member.account,
            defaults={
                "is_on": is_on,
                "changed_by": member,
                "changed_at": timezone.now(),
                "why_off": why_off,
            },
        )
        verb = "chat.assistant_switched_on" if is_on else "chat.assistant_switched_off"
        ref = Ref(KIND, member.account.public_id)
        activity.record(viewer, verb, ref, account=member.account)
    return assistant_state(member.account)


def set_default(viewer: Viewer, account_kind: str, is_on: bool) -> None:
    """What holds for accounts of a kind whose admin has not chosen."""
    viewer.require(MANAGE)
    with transaction.atomic():
        kind = AccountKind(account_kind)
        AssistantDefault.objects.update_or_create(account_kind=str(kind), defaults={"is_on": is_on})
        ref = Ref(KIND, "defaults")
        activity.record(viewer, "chat.default_changed", ref, kind=str(kind), is_on=is_on)


def accept_notice(viewer: Viewer) -> None:
    """The member has read that a machine answers; once is enough."""
    viewer.require(OPEN)
    member = viewer.require_member()
    with transaction.atomic():
        _row, is_new = NoticeAccepted.objects.get_or_create(member=member)
        if is_new:
            ref = Ref(KIND, member.public_id)
            activity.record(viewer, "chat.notice_accepted", ref, account=member.account)


def has_accepted(viewer: Viewer) -> bool:
    return NoticeAccepted.objects.visible_to(viewer).filter(member=viewer.member).exists()


def install_assistant_defaults() -> None:
    """The rows of a new installation; what is there stays as it is."""
    for kind, is_on in FIRST_DEFAULTS.items():
        AssistantDefault.objects.get_or_create(account_kind=str(kind), defaults={"is_on": is_on})
