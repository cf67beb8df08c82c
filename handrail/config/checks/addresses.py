"""Is the hub reached the way the operator says, and by whom it should be?"""

from collections.abc import Iterator
from ipaddress import ip_network
from urllib.parse import urlsplit

from django.conf import settings

from handrail.config.checks.finding import Finding, error, warning
from handrail.config.checks.public import is_public


def public_address() -> Iterator[Finding]:
    """HANDRAIL_URL is https, and nothing but a scheme, a name and perhaps a port."""
    url = settings.ENV.url
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or parts.path or parts.query or "@" in parts.netloc:
        yield error(
            "url.shape",
            "HANDRAIL_URL is not an address that the hub can have.",
            "Write scheme and name alone, such as https://help.example.com, without a path.",
        )
    elif parts.scheme == "http" and is_public():
        yield error(
            "url.https",
            f"Members reach the hub at {url}, so sessions and tickets travel unencrypted, and "
            "browsers refuse the session cookie inside of a host's page.",
            "Put a proxy with TLS in front and set HANDRAIL_URL to the https address.",
        )


def proxies() -> Iterator[Finding]:
    """HANDRAIL_TRUSTED_PROXIES names addresses; whoever speaks TLS for us is among them."""
    unreadable = [name for name in settings.ENV.trusted_proxies if not _is_network(name)]
    if unreadable:
        yield error(
            "proxies.unreadable",
            f"HANDRAIL_TRUSTED_PROXIES holds what is no address: {', '.join(unreadable)}.",
            "List addresses or networks, such as 127.0.0.1,10.0.0.0/8, separated by commas.",
        )
    elif settings.ENV.is_https and not settings.ENV.trusted_proxies:
        yield warning(
            "proxies.none",
            "A proxy speaks TLS for the hub, but no proxy is trusted: everybody seems to come "
            "from its address, and one person who fails to sign in locks out all others.",
            "Set HANDRAIL_TRUSTED_PROXIES to the proxy's address, as the hub sees it.",
        )


def debugging() -> Iterator[Finding]:
    if settings.DEBUG:
        yield error(
            "debug",
            "DEBUG is on: errors would show settings and data to whoever meets them.",
            "Start the hub by `handrail serve`, with Handrail's own settings.",
        )


def demo() -> Iterator[Finding]:
    """The demo's sign-in page shows its password."""
    if settings.ENV.demo and is_public():
        yield error(
            "demo.public",
            f"The demo is on at {settings.ENV.url}: its password is on the console's sign-in "
            "page, and no second factor is asked for.",
            "Unset HANDRAIL_DEMO, and begin with an empty HANDRAIL_DATA and DATABASE_URL.",
        )


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True
