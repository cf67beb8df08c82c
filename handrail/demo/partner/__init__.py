"""What does a partner see on the platform?"""

from handrail.demo.partner import brands, campaigns, dashboard, links, payments

__all__ = ["brands", "campaigns", "dashboard", "links", "payments"]
