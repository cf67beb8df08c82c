"""Which sites may show our pages inside of theirs? `frame-ancestors`, from the list of hosts."""

from typing import Any

from django.http import HttpResponseBase

from handrail.people.models import HelpSession, Host

NOWHERE = ["'none'"]


def never_framed(response: HttpResponseBase) -> None:
    """For pages with a button that nobody's page may hide under something else."""
    _replace(response, NOWHERE)


def framed_by_hosts(response: HttpResponseBase, session: HelpSession | None) -> None:
    """A member's page may stand in pages of their own host, any other in those of all hosts.

    A page that has said otherwise by itself keeps its word. One query without a session.
    """
    lists = (
        [session.host.origins]
        if session
        else Host.objects.filter(is_active=True).values_list("origins", flat=True)
    )
    if not getattr(response, "_csp_replace", None):
        _replace(response, sorted({origin for listed in lists for origin in listed}) or NOWHERE)


def _replace(response: Any, ancestors: list[str]) -> None:
    """As django-csp's own decorator does it."""
    response._csp_replace = {"frame-ancestors": ancestors}
