"""Who is in the demo? Its host, plans, accounts, members and agents."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from handrail.config.secret_files import kept_secret
from handrail.people import actions
from handrail.people.models import Agent, Host, Member, Plan, PlanEntitlement

NAME = "Larkspan"
KEY_ID = "demo-1"
SIGN_IN = "/help-sign-in"
PASSWORD = "handrail-demo-only"  # noqa: S105  shown on the sign-in page of a demo
AGENTS_DOMAIN = "larkspan.example"
"""The address of every agent of the demo ends so: `handrail check` warns where one is public."""


def load_host() -> Host:
    """The platform as a host, with the secret that both programs read from one file.

    It is one host, whichever port it is at this time: everything that was loaded hangs on it.
    """
    origin = f"http://localhost:{settings.ENV.demo_port}"
    found = Host.objects.filter(issuer=origin).first()
    if found is None and (elsewhere := _loaded().first()):
        return _moved(elsewhere, origin)
    return found or actions.register_host(
        name=NAME,
        issuer=origin,
        origins=[origin],
        secret=kept_secret(settings.ENV.data / "demo" / "secret"),
        kid=KEY_ID,
        sign_in_url=origin + SIGN_IN,
    )


def _loaded() -> QuerySet[Host]:
    """The demo's host, loaded at any port; the first, where there are several."""
    at_any_port = Host.objects.filter(issuer__startswith="http://localhost:", name=NAME)
    return at_any_port.filter(keys__kid=KEY_ID).order_by("pk")


def _moved(host: Host, origin: str) -> Host:
    """The platform is at another port now, which is its issuer, too."""
    before = host.issuer
    Host.objects.filter(pk=host.pk).update(issuer=origin)
    actions.change_host(
        host,
        name=host.name,
        origins=[origin, *(one for one in host.origins if one != before)],
        sign_in_url=origin + SIGN_IN,
        jwks_url=host.jwks_url,
    )
    return Host.objects.get(pk=host.pk)


def load_plans(plans: list[dict[str, Any]]) -> None:
    for plan in plans:
        row, _made = Plan.objects.update_or_create(
            key=plan["key"], defaults={"name": plan["name"], "rank": plan["rank"]}
        )
        for key in plan["entitlements"]:
            PlanEntitlement.objects.get_or_create(plan=row, key=key)


def load_members(host: Host, content: dict[str, Any]) -> dict[tuple[str, str], Member]:
    """The members by (account, person). Told by claims, as the platform's tokens will."""
    accounts = {
        account["id"]: {key: account[key] for key in ("id", "name", "kind", "plan", "zoneinfo")}
        for account in content["account"]
    }
    members = {}
    for person in content["person"]:
        listed = [{**accounts[place["id"]], "role": place["role"]} for place in person["accounts"]]
        for place in listed:
            claims = {
                **{key: person[key] for key in ("sub", "name", "email", "locale", "zoneinfo")},
                "email_verified": True,
                "role": place["role"],
                "account": {key: place[key] for key in place if key != "role"},
                "accounts": listed,
            }
            members[place["id"], person["sub"]] = actions.apply_claims(host, claims)
    return members


def load_agents(agents: list[dict[str, Any]]) -> dict[str, Agent]:
    """The agents by key, all with the demo's password."""
    return {agent["key"]: _agent(agent) for agent in agents}


def _agent(agent: dict[str, Any]) -> Agent:
    found = Agent.objects.filter(email=agent["email"]).first()
    return found or actions.create_agent(
        email=agent["email"],
        name=agent["name"],
        role=agent["role"],
        zoneinfo=agent["zoneinfo"],
        password=PASSWORD,
    )
