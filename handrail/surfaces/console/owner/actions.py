"""What can the owner do? The acts of `people`, by an agent who is entitled, on record."""

import secrets
from typing import Any

from django.db import transaction

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.people import actions as people
from handrail.people.models import Agent, Algorithm, Host, HostKey
from handrail.people.viewer import Viewer

MANAGE_AGENTS = "people.manage"
MANAGE_HOSTS = "settings.manage"


@transaction.atomic
def add_agent(viewer: Viewer, *, email: str, name: str, role: str, zoneinfo: str) -> Agent:
    """Makes an agent, who chooses a password by the link that is mailed to them."""
    viewer.require(MANAGE_AGENTS)
    agent = people.create_agent(email=email, name=name, role=role, zoneinfo=zoneinfo)
    _record(viewer, "people.agent_added", agent, role=role)
    return agent


@transaction.atomic
def change_role(viewer: Viewer, agent: Agent, role: str) -> None:
    viewer.require(MANAGE_AGENTS)
    people.change_role(agent, role)
    _record(viewer, "people.role_changed", agent, role=role)


@transaction.atomic
def set_active(viewer: Viewer, agent: Agent, is_active: bool) -> None:
    """Lets an agent in again, or shuts them out at once."""
    viewer.require(MANAGE_AGENTS)
    if is_active:
        people.reactivate_agent(agent)
    else:
        people.deactivate_agent(agent)
    _record(viewer, "people.agent_let_in" if is_active else "people.agent_shut_out", agent)


@transaction.atomic
def add_host(
    viewer: Viewer, *, name: str, issuer: str, origins: list[str], sign_in_url: str, jwks_url: str
) -> Host:
    """Makes a platform known. It has no key yet, unless it publishes its keys (JWKS)."""
    viewer.require(MANAGE_HOSTS)
    host = people.register_host(
        name=name, issuer=issuer, origins=origins, sign_in_url=sign_in_url, jwks_url=jwks_url
    )
    activity.record(viewer, "people.host_added", Ref("people", f"host-{host.pk}"), issuer=issuer)
    return host


@transaction.atomic
def change_host(
    viewer: Viewer, host: Host, *, name: str, origins: list[str], sign_in_url: str, jwks_url: str
) -> None:
    viewer.require(MANAGE_HOSTS)
    people.change_host(host, name=name, origins=origins, sign_in_url=sign_in_url, jwks_url=jwks_url)
    activity.record(
        viewer, "people.host_changed", Ref("people", f"host-{host.pk}"), origins=origins
    )


@transaction.atomic
def switch_host_off(viewer: Viewer, host: Host) -> None:
    """Ends every session of its members, and takes no more of its tokens."""
    viewer.require(MANAGE_HOSTS)
    people.deactivate_host(host)
    activity.record(viewer, "people.host_switched_off", Ref("people", f"host-{host.pk}"))


@transaction.atomic
def make_secret(viewer: Viewer, host: Host) -> tuple[HostKey, str]:
    """A new shared secret beside the others; returns it this once, to be put into the host."""
    viewer.require(MANAGE_HOSTS)
    secret = secrets.token_urlsafe(48)
    kid = f"key-{host.keys.count() + 1}"
    key = people.add_key(host, kid=kid, algorithm=Algorithm.HS256, secret=secret)
    activity.record(viewer, "people.key_added", Ref("people", f"host-{host.pk}"), kid=kid)
    return key, secret


@transaction.atomic
def retire_key(viewer: Viewer, key: HostKey) -> None:
    viewer.require(MANAGE_HOSTS)
    people.retire_key(key)
    activity.record(viewer, "people.key_retired", Ref("people", f"host-{key.host_id}"), kid=key.kid)


def _record(viewer: Viewer, verb: str, agent: Agent, **detail: Any) -> None:
    activity.record(viewer, verb, Ref("people", agent.public_id), **detail)
