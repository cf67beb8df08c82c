"""What can the owner do with the Help menu?"""

from handrail.hub.models import MediumOffer
from handrail.hub.registry import mediums
from handrail.people.models import Audience

FIRST_ORDER = ("academy", "walkthroughs", "booking", "chat", "tickets", "docs")
"""The order in which a new installation offers its mediums."""


def install_defaults() -> None:
    """Offers every medium to everyone, in the first order; changes nothing that exists.

    Mediums of others that are installed beside ours come last.
    """
    everyone = Audience.objects.get(key="everyone")
    names = dict.fromkeys([*FIRST_ORDER, *(medium.name for medium in mediums())])
    for position, name in enumerate(names, start=1):
        MediumOffer.objects.get_or_create(
            medium=name, defaults={"position": position, "audience": everyone}
        )
