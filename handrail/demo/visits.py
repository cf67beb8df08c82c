"""Who is looking at the platform? Whoever the demo's cookie names; without a cookie it is Alice.

A real host has passwords and sessions here. The demo's cookie is a plain name, since its switch
lets every visitor be anybody anyway: there is nothing that a signature would protect.
"""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from handrail.demo.directory import Account, Membership, Person, read_directory

COOKIE = "larkspan-demo"
NOBODY = "nobody"
FIRST_PERSON = "alice"
ONE_MONTH = 30 * 24 * 3600


@dataclass(frozen=True)
class Visit:
    """A signed-in person, working for one of their accounts."""

    person: Person
    membership: Membership

    @property
    def account(self) -> Account:
        return self.membership.account


def visit_of(request: Request) -> Visit | None:
    """Whoever is signed in, or None for a visitor. An unreadable cookie is as good as none."""
    value = request.cookies.get(COOKIE, FIRST_PERSON)
    if value == NOBODY:
        return None
    sub, _, account_id = value.partition(".")
    return visit_as(sub, account_id) or visit_as(FIRST_PERSON)


def visit_as(sub: str, account_id: str = "") -> Visit | None:
    """A visit as one of those whom the switch offers; None for everybody else."""
    directory = read_directory()
    person = directory.people.get(sub)
    if person is None or person not in directory.in_switch:
        return None
    return Visit(person, person.membership(account_id) or person.memberships[0])


def remember(response: Response, visit: Visit | None) -> None:
    """Makes the browser come back as this person, or as nobody."""
    value = f"{visit.person.sub}.{visit.account.id}" if visit else NOBODY
    response.set_cookie(COOKIE, value, max_age=ONE_MONTH, httponly=True, samesite="lax")
