"""How does Django know this package?"""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "handrail.mediums.tickets"
    label = "tickets"
