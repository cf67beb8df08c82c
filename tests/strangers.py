"""How does somebody whom we do not know ask for help with signing in? By the real page, or not."""

import re
from typing import Any

from altcha import Challenge, Payload, solve_challenge
from django.core import mail
from django.test import Client

from handrail.base.origins import own_origin
from handrail.engines.tasks.worker import Worker
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import STRANGER, SignInDraft
from handrail.mediums.tickets.models import Ticket
from handrail.people.models import Agent
from tests.making import viewer_of

PAGE = "/sign-in-help"
EMAIL = "kim@elsewhere.example"
SENTENCE = "The page says that it does not know me."


def visitor(address: str = "203.0.113.7") -> Client:
    """A browser without any cookie, at this address of the network."""
    return Client(headers={"Origin": own_origin()}, REMOTE_ADDR=address)


def worked(browser: Client) -> str:
    """What a browser has worked out that asked for a challenge."""
    challenge = Challenge.from_dict(browser.get(f"{PAGE}/challenge").json())
    solution = solve_challenge(challenge)
    assert solution is not None
    return str(Payload(challenge, solution).to_base64())


def form(browser: Client, **changes: Any) -> dict[str, Any]:
    """The form as somebody fills it in, the work done."""
    said = {"name": "Kim", "email": EMAIL, "account_name": "Acme", "body": SENTENCE}
    return {**said, **changes, "proof": changes.get("proof", worked(browser))}


def send(browser: Client | None = None, **changes: Any) -> Any:
    browser = browser or visitor()
    return browser.post(PAGE, form(browser, **changes))


def asked(name: str = "Kim", email: str = EMAIL, body: str = SENTENCE, **changes: Any) -> Ticket:
    """A ticket of somebody who could not sign in."""
    draft = SignInDraft(name=name, email=email, body=body, **changes)
    return actions.ask_for_sign_in_help(STRANGER, draft)


def proof_link(agent: Agent, ticket: Ticket) -> str:
    """The path of the one-time link that this agent sends."""
    actions.send_proof_link(viewer_of(agent), ticket)
    return path_in(letters(ticket.sign_in_request.email)[-1], "/proof/")


def proved(agent: Agent, **changes: Any) -> Ticket:
    """A ticket of somebody who has followed the link."""
    ticket = asked(**changes)
    secret = proof_link(agent, ticket).rpartition("/")[2]
    assert actions.prove(STRANGER, secret)
    return Ticket.objects.select_related("conversation", "sign_in_request").get(pk=ticket.pk)


def letters(address: str = EMAIL) -> list[Any]:
    """All mails to an address so far, the oldest first."""
    Worker().run_ready()
    return [letter for letter in mail.outbox if address in letter.to]


def path_in(letter: Any, part: str = "/sign-in-help/") -> str:
    """Where the link in a letter leads."""
    found = re.search(rf"http://[^/\s]+(\S*{part}\S*)", letter.body)
    assert found, letter.body
    return found[1]
