"""How often may one address do something? Counted in the cache, so for all processes at once.

Windows are fixed, not sliding: twice the limit can pass around a window's edge, and that is
accepted for one atomic increment per attempt.
"""

import time
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from handrail.base.tokens import hashed

UNKNOWN_ADDRESS = "unknown"


class TooMany(Exception):
    """The limit is reached. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `seconds` for each key, under a name of its own."""

    name: str
    most: int
    seconds: int

    def hit(self, key: str) -> None:
        """Counts one attempt; raises TooMany when it is one too many."""
        if self.count(key) > self.most:
            raise TooMany(self._left())

    def check(self, key: str) -> None:
        """Raises TooMany when the limit is reached, without counting."""
        if cache.get(self._cache_key(key), 0) >= self.most:
            raise TooMany(self._left())

    def count(self, key: str) -> int:
        """Counts, and returns how many there were in this window.

        `add` and `incr` are atomic in both caches; the entry may expire between the two.
        """
        cache_key = self._cache_key(key)
        cache.add(cache_key, 0, timeout=self.seconds)
        try:
            return int(cache.incr(cache_key))
        except ValueError:
            cache.set(cache_key, 1, timeout=self.seconds)
            return 1

    def _cache_key(self, key: str) -> str:
        """Hashed: what people typed must neither break a cache key nor be readable in one."""
        window = int(time.time()) // self.seconds
        return f"limit:{self.name}:{window}:{hashed(key)}"

    def _left(self) -> int:
        return self.seconds - int(time.time()) % self.seconds


def client_address(request: HttpRequest) -> str:
    """The address that a request came from; X-Forwarded-For counts from trusted proxies only.

    The header is read from its end, since its beginning is whatever the client wrote: the first
    address that is not a trusted proxy's is the client's. IPv6 counts by /64, because one
    customer of a provider owns a whole /64.
    """
    return address_behind(
        request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    )


def address_behind(peer: str, forwarded_for: str) -> str:
    """The same of the address of a connection and what its X-Forwarded-For says."""
    address, forwarded = peer, forwarded_for.split(",")
    while forwarded and _is_trusted(address):
        address = forwarded.pop().strip() or address
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed) if parsed else UNKNOWN_ADDRESS


def _is_trusted(address: str) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(
        parsed in ip_network(network, strict=False) for network in settings.ENV.trusted_proxies
    )


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """The address; an IPv4 one also where a socket for both kinds writes it as IPv6."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else parsed
