"""What does a brand see on the platform?"""

from handrail.demo.brand import (
    campaigns,
    dashboard,
    links,
    new_campaign,
    partners,
    payments,
    reports,
)

__all__ = [
    "campaigns",
    "dashboard",
    "links",
    "new_campaign",
    "partners",
    "payments",
    "reports",
]
