"""What does a new installation start with? Plans and audiences that the owner then changes."""

from django.db import transaction

from handrail.people.models import AccountKind, Audience, MemberRole, Plan, PlanEntitlement

BASIC = ("tickets.open", "tickets.reply", "chat.open", "docs.ask", "academy.learn")

PLANS: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "free": ("Free", 0, BASIC),
    "professional": ("Professional", 10, BASIC),
    "enterprise": ("Enterprise", 20, (*BASIC, "booking.book")),
}
"""Key → name, rank, what it opens."""


def install_defaults() -> None:
    """Makes the first plans and audiences. Does nothing where there are some: they are rows of
    the owner's, who may have renamed or removed ours."""
    with transaction.atomic():
        if not Plan.objects.exists():
            _install_plans()
        if not Audience.objects.exists():
            _install_audiences()


def _install_plans() -> None:
    for key, (name, rank, opened) in PLANS.items():
        plan = Plan.objects.create(key=key, name=name, rank=rank)
        PlanEntitlement.objects.bulk_create(PlanEntitlement(plan=plan, key=act) for act in opened)


def _install_audiences() -> None:
    Audience.objects.bulk_create(
        [
            Audience(key="everyone", name="Everyone", everyone=True),
            Audience(key="members", name="All members"),
            Audience(key="brand", name="Brands", kinds=[AccountKind.BRAND]),
            Audience(key="partner", name="Partners", kinds=[AccountKind.PARTNER]),
            Audience(key="account-admins", name="Account admins", roles=[MemberRole.ADMIN]),
            Audience(key="agents", name="Agents", agents=True),
        ]
    )
