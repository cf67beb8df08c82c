"""How does another medium begin a ticket? With a form that is filled in, never with a ticket."""

from urllib.parse import urlencode

from django.urls import reverse

from handrail.hub.medium import Handoff

PREFILLED = ("subject", "body", "issue_type")
"""What an address may fill in; everything else the member chooses."""


def form_url(draft: Handoff) -> str:
    """The address of the form with what the draft brings."""
    words = {"subject": draft.title, "body": draft.body, **draft.fields}
    query = {key: words[key] for key in PREFILLED if words.get(key)}
    return f"{reverse('tickets:index')}?{urlencode({'createTicket': 'true', **query})}"
