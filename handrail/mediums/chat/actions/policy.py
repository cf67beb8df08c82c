"""What did the owner choose about chats?"""

from typing import Any

from django.db import transaction

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.chat.actions.assistant import MANAGE, install_assistant_defaults
from handrail.mediums.chat.models import Policy
from handrail.mediums.chat.states import KIND
from handrail.people.models import BusinessHours
from handrail.people.viewer import Viewer


def current_policy() -> Policy:
    """The one row; where it is not made yet, what it would hold."""
    return Policy.objects.order_by("pk").select_related("hours").first() or Policy()


def change_policy(viewer: Viewer, **changes: Any) -> Policy:
    """Keeps what the form made of the policy: fields of Policy by their names."""
    viewer.require(MANAGE)
    with transaction.atomic():
        policy = Policy.objects.order_by("pk").select_for_update().first() or Policy()
        for name, value in changes.items():
            setattr(policy, Policy._meta.get_field(name).name, value)
        policy.full_clean(exclude=["hours"])
        policy.save()
        activity.record(viewer, "chat.policy_changed", Ref(KIND, "policy"), fields=sorted(changes))
    return policy


def install_defaults() -> None:
    """The policy, with the first business hours, and the assistant's defaults, of a new
    installation; what is there stays as it is."""
    if not Policy.objects.exists():
        Policy.objects.create(hours=BusinessHours.objects.order_by("pk").first())
    install_assistant_defaults()
