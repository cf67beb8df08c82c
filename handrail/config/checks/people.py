"""Can somebody set the hub up, and does a platform's word count here?"""

from collections.abc import Iterator

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from handrail.base.origins import BadOrigin, exact_origin
from handrail.base.secrets import CannotDecrypt
from handrail.config.checks.finding import Finding, error, warning
from handrail.config.checks.public import is_public
from handrail.config.demo.people import AGENTS_DOMAIN
from handrail.people.models import Agent, AgentRole, Host, HostKey

AT_HOSTS = "Console, Settings, Platforms"


def administrators() -> Iterator[Finding]:
    admins = list(Agent.objects.filter(is_active=True, role=AgentRole.ADMIN))
    if not admins:
        yield error(
            "admins.none",
            "There is no administrator, so nobody can register a platform or add agents.",
            "Run `handrail createadmin you@example.com`.",
        )
    if not is_public():
        return
    if without := [admin.email for admin in admins if not is_mfa_enabled(admin)]:
        yield warning(
            "admins.second_factor",
            f"These administrators have no second factor: {', '.join(without)}. Whoever learns "
            "such a password first can set one up, and has everything.",
            "Let each of them sign in now and scan the code, or deactivate them.",
        )
    if not settings.REQUIRE_SECOND_FACTOR:
        yield warning(
            "second_factor.off",
            "Agents may sign in with a password alone.",
            "Unset HANDRAIL_REQUIRE_SECOND_FACTOR.",
        )


def demo_agents() -> Iterator[Finding]:
    """Their password is printed in the source."""
    known = Agent.objects.filter(is_active=True, email__endswith=f"@{AGENTS_DOMAIN}")
    if is_public() and known.exists():
        yield error(
            "demo.agents",
            f"Agents of the demo can sign in at {settings.ENV.url} with a password that is in "
            "Handrail's source.",
            "Begin with an empty HANDRAIL_DATA and DATABASE_URL: the demo's data is made up.",
        )


def hosts() -> Iterator[Finding]:
    """Each active platform has a key, a place for the panel and a way to sign in."""
    active = list(Host.objects.filter(is_active=True))
    if not active:
        yield warning(
            "hosts.none",
            "No platform is registered, so no member can come in.",
            f"Register yours: {AT_HOSTS}.",
        )
    for host in active:
        yield from _host(host)


def _host(host: Host) -> Iterator[Finding]:
    if not host.jwks_url and not host.keys.filter(retired_at=None).exists():
        yield error(
            "host.keys",
            f"{host.name} has no key that counts: every token of its members is refused.",
            f"Add a key, or the address where it publishes its own: {AT_HOSTS}.",
        )
    if not host.origins:
        yield warning(
            "host.origins",
            f"No site of {host.name} may show the panel, so its [Help] button opens nothing.",
            f"Add the origins of its pages, such as https://app.example.com: {AT_HOSTS}.",
        )
    if is_public() and any(_is_plain(origin) for origin in host.origins):
        yield warning(
            "host.http",
            f"{host.name} shows the panel on a page without TLS, where others can read tokens.",
            f"Serve these pages by https, and change the origins: {AT_HOSTS}.",
        )
    if not host.sign_in_url:
        yield warning(
            "host.sign_in",
            f"{host.name} has no sign-in address: a link in a mail leads its members nowhere "
            "once they are signed out.",
            f"Add it: {AT_HOSTS}.",
        )


def stored_secrets() -> Iterator[Finding]:
    """What is encrypted at rest opens with the SECRET_KEY of now, or one before."""
    try:
        list(HostKey.objects.values_list("secret", flat=True))
    except CannotDecrypt:
        yield error(
            "secret_key.changed",
            "The platforms' secrets were encrypted with another SECRET_KEY and do not open: no "
            "member can come in, and no agent's second factor counts.",
            "Put the earlier key into SECRET_KEY_FALLBACKS, or register new keys.",
        )


def _is_plain(origin: str) -> bool:
    try:
        return exact_origin(origin).startswith("http://")
    except BadOrigin:
        return True
