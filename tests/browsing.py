"""How does a test click without a browser? Clients that are signed in by the real actions."""

from typing import Any

from django.conf import settings
from django.test import Client

from handrail.people.actions import start_session
from handrail.people.models import Agent, Member
from handrail.surfaces.help.sessions import COOKIE, page_token


class Browser(Client):
    """Reads what it is sent to the end, as browsers do: no file of a download stays open."""

    def request(self, **request: Any) -> Any:
        response: Any = super().request(**request)
        if response.streaming:
            response.streaming_content = [b"".join(response.streaming_content)]
        return response


class MemberClient(Browser):
    """A member's browser: our Origin and the page's word go with every change."""

    def __init__(self, member: Member) -> None:
        super().__init__(
            headers={"Origin": settings.HANDRAIL_URL, "X-Handrail-Token": page_token(member)}
        )
        self.issued = start_session(member)
        self.cookies[COOKIE] = self.issued.secret

    def generic(self, method: str, path: Any, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("secure", settings.HANDRAIL_URL.startswith("https"))
        return super().generic(method, path, *args, **kwargs)


def client_for(who: Member | Agent | None) -> Client:
    """A browser signed in as a member or an agent, or as nobody."""
    if isinstance(who, Member):
        return MemberClient(who)
    client = Browser(headers={"Origin": settings.HANDRAIL_URL})
    if isinstance(who, Agent):
        client.force_login(who)
    return client
