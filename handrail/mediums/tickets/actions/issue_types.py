"""What can the owner do with issue types?"""

from django.utils import timezone

from handrail.mediums.tickets.actions.policy import install_policy
from handrail.mediums.tickets.actions.sign_in_help import install_sign_in_help
from handrail.mediums.tickets.models import IssueType
from handrail.mediums.tickets.public.answers import FIRST_ANSWERS

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
