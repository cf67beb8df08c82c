"""What can the owner do with issue types?"""

from django.db import transaction
from django.utils import timezone

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.tickets.access import IssueTypeQuerySet
from handrail.mediums.tickets.actions.ordering import neighbour, swapped
from handrail.mediums.tickets.actions.policy import MANAGE, install_policy
from handrail.mediums.tickets.actions.sign_in_help import install_sign_in_help
from handrail.mediums.tickets.models import IssueType
from handrail.mediums.tickets.public.answers import FIRST_ANSWERS
from handrail.mediums.tickets.states import KIND
from handrail.people.models import Team
from handrail.people.viewer import Viewer

FIRST_TYPES = (
    ("Question", "How something works, or how to get something done."),
    ("Problem", "Something does not work as it should."),
    ("Billing", "Invoices, payments and your plan."),
    ("Other", "Anything else."),
)
"""The issue types of a new installation, for every kind of account; the owner chooses others."""


def install_defaults() -> None:
    """Makes the policy, and the first issue types and business hours where there are none."""
    install_policy()
    if not IssueType.objects.exists():
        for position, (name, description) in enumerate(FIRST_TYPES, start=1):
            add_issue_type(name=name, description=description, position=position)
    install_sign_in_help(FIRST_ANSWERS)


def add_issue_type(
    *, name: str, description: str = "", account_kind: str = "", position: int = 0
) -> IssueType:
    """Offers a type to accounts of one kind (empty: all), or renews its words and place."""
    issue_type, _made = IssueType.objects.update_or_create(
        account_kind=account_kind,
        name=name,
        defaults={"description": description, "position": position, "retired_at": None},
    )
    return issue_type


def retire_issue_type(issue_type: IssueType) -> None:
    """New tickets cannot have it; old ones keep it."""
    IssueType.objects.filter(pk=issue_type.pk).update(retired_at=timezone.now())


@transaction.atomic
def make_issue_type(
    viewer: Viewer,
    *,
    name: str,
    description: str,
    account_kind: str,
    team: Team | None,
    is_for_sign_in: bool,
) -> IssueType:
    """Offers a new type, as the last of its kind of account."""
    viewer.require(MANAGE)
    made = IssueType.objects.create(
        name=name,
        description=description,
        account_kind=account_kind,
        team=team,
        is_for_sign_in=is_for_sign_in,
    )
    _renumber([*_of_kind(account_kind).exclude(pk=made.pk), made])
    _record(viewer, "tickets.issue_type_made", made)
    return made


@transaction.atomic
def change_issue_type(
    viewer: Viewer,
    issue_type: IssueType,
    *,
    name: str,
    description: str,
    account_kind: str,
    team: Team | None,
    is_for_sign_in: bool,
) -> None:
    """Says it in other words, or to others (as the last of theirs); its tickets stay its own."""
    viewer.require(MANAGE)
    if account_kind != issue_type.account_kind:
        _renumber([*_of_kind(account_kind), issue_type])
    IssueType.objects.filter(pk=issue_type.pk).update(
        name=name,
        description=description,
        account_kind=account_kind,
        team=team,
        is_for_sign_in=is_for_sign_in,
    )
    _record(viewer, "tickets.issue_type_changed", issue_type)


@transaction.atomic
def move_issue_type(viewer: Viewer, issue_type: IssueType, *, is_up: bool) -> None:
    """One place up or down among the offered of its kind of account; first and last stay."""
    viewer.require(MANAGE)
    types = list(_of_kind(issue_type.account_kind).select_for_update())
    other = neighbour(types, issue_type, is_up=is_up)
    if other:
        _renumber(swapped(types, issue_type, other))
        _record(viewer, "tickets.issue_type_moved", issue_type)


@transaction.atomic
def set_issue_type_retired(viewer: Viewer, issue_type: IssueType, is_retired: bool) -> None:
    """New tickets cannot have it, or can again; old ones keep it."""
    viewer.require(MANAGE)
    retired_at = timezone.now() if is_retired else None
    IssueType.objects.filter(pk=issue_type.pk).update(retired_at=retired_at)
    verb = "tickets.issue_type_retired" if is_retired else "tickets.issue_type_revived"
    _record(viewer, verb, issue_type)


def _of_kind(account_kind: str) -> IssueTypeQuerySet:
    """In order, the retired ones too: one that comes back stands where it stood."""
    return IssueType.objects.filter(account_kind=account_kind).order_by("position", "pk")


def _renumber(types: list[IssueType]) -> None:
    for position, issue_type in enumerate(types, start=1):
        issue_type.position = position
    IssueType.objects.bulk_update(types, ["position"])


def _record(viewer: Viewer, verb: str, issue_type: IssueType) -> None:
    activity.record(viewer, verb, Ref(KIND, issue_type.public_id), name=issue_type.name)
