"""Can others reach this hub? What is only a convenience on loopback is a hole in public."""

from ipaddress import ip_address

from django.conf import settings


def is_public() -> bool:
    """Whether HANDRAIL_URL names anything but this very machine."""
    hostname = settings.ENV.hostname
    if hostname == "localhost" or hostname.endswith(".localhost"):  # RFC 6761, 6.3
        return False
    try:
        return not ip_address(hostname).is_loopback
    except ValueError:
        return True
