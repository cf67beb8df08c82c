"""How does the hub ask the outside? One HTTP client that never reaches into the own network.

Addresses come from hosts, agents and pages, so each is treated as hostile: http(s) only, the
name resolved once and the connection pinned to that address (a second lookup could answer
differently), everything that is not a public address refused, every redirect checked again,
one deadline over all of it, and a cap on the size.
"""

import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeout
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import IO, Any
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings

MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}
USER_AGENT = "Handrail"

NOT_PUBLIC = [  # IANA's special-purpose registries; `ipaddress` knows them by Python's version
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, where clouds keep their secrets
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast and reserved
        "::/3",  # loopback, mapped (RFC 4291), NAT64 (RFC 6052, 8215)
        "2001::/23",  # Teredo (RFC 4380) and other protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4 (RFC 3056)
        "3fff::/20",
        "4000::/2",  # all that is not given out yet, and above it
        "8000::/1",  # unique local, link-local, site-local, multicast
    )
]

_lookups = ThreadPoolExecutor(max_workers=4, thread_name_prefix="outbound-lookup")


class OutboundError(Exception):
    """Nothing usable came back. The text is for the log: it must not be shown outside."""


class OutboundRefused(OutboundError):
    """We do not ask there: not http(s), a private address, too many redirects."""


class OutboundFailed(OutboundError):
    """We asked and got no whole answer: unreachable, too slow, too large, a bad certificate."""


@dataclass(frozen=True)
class Answer:
    """What came back, of whatever status."""

    url: str
    """Where it came from in the end, after redirects."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case; of a repeated header the last."""
    body: bytes = field(repr=False)

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    seconds: float = 5,
    most_bytes: int = 1024 * 1024,
    into: IO[bytes] | None = None,
) -> Answer:
    """Asks `url` and returns the answer; raises OutboundRefused or OutboundFailed.

    The body goes into the file `into`, where one is given: what is large need not fit in memory.

    `seconds` is a deadline over lookup, connection, redirects and body together. Only GET
    follows redirects (three at most), and headers given here do not follow to another origin.
    """
    deadline = time.monotonic() + seconds
    given = dict(headers or {})
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(url, method, given, content, deadline, most_bytes, into)
        target = answer.headers.get("location")
        if method != "GET" or answer.status not in REDIRECTS or target is None:
            return answer
        following = urljoin(url, target)
        given = given if _origin(following) == _origin(url) else {}
        if _origin(url)[0] == "https" and _origin(following)[0] != "https":
            raise OutboundRefused("a redirect from https to something weaker")
        url = following
    raise OutboundRefused("too many redirects")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public internet, and to one machine of it."""
    return not any(address in network for network in NOT_PUBLIC)


def _ask(
    url: str,
    method: str,
    headers: Mapping[str, str],
    content: bytes,
    deadline: float,
    most_bytes: int,
    into: IO[bytes] | None,
) -> Answer:
    """One request and its answer, without following anything."""
    parts = _checked(url)
    hostname, port = _origin(url)[1:]
    address = _permitted_address(hostname, port, deadline)
    asked = {
        "host": parts.netloc,
        "user-agent": USER_AGENT,
        "accept-encoding": "identity",  # nothing to unpack, so no bomb
        "connection": "close",
        **{name.lower(): value for name, value in headers.items()},
    }
    if content:
        asked["content-length"] = str(len(content))
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=_tls(), network_backend=_Pinned(address, deadline)
            ) as pool,
            pool.stream(
                method,
                httpcore.URL(
                    scheme=parts.scheme.encode(),
                    host=hostname.encode(),
                    port=port,
                    target=_target(parts),
                ),
                headers=list(asked.items()),
                content=content or None,
            ) as response,
        ):
            return Answer(
                url=url,
                status=response.status,
                headers={
                    name.decode("ascii").lower(): value.decode("latin-1")
                    for name, value in response.headers
                },
                body=_body(response.iter_stream(), most_bytes, into),
            )
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise OutboundFailed("too slow") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, UnicodeError) as error:
        raise OutboundFailed(f"no answer: {type(error).__name__}") from error


def _body(chunks: Iterable[bytes], most_bytes: int, into: IO[bytes] | None) -> bytes:
    """Empty where it went into a file; of several answers to one question, the last is there."""
    body, size = bytearray(), 0
    if into is not None:
        into.seek(0)
        into.truncate()
    for chunk in chunks:
        size += len(chunk)
        if size > most_bytes:
            raise OutboundFailed("too large")
        if into is None:
            body += chunk
        else:
            into.write(chunk)
    return bytes(body)


def _checked(url: str) -> SplitResult:
    """The address taken apart, when it is one that we ask at all."""
    if not url.isascii() or any(letter <= " " or letter in "\\\x7f" for letter in url):
        raise OutboundRefused("an address holds letters that it may not")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise OutboundRefused("not an address") from None
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise OutboundRefused("not an http(s) address")
    if "@" in parts.netloc:
        raise OutboundRefused("an address with a name and password")
    return parts


def _origin(url: str) -> tuple[str, str, int]:
    parts = _checked(url)
    return parts.scheme, str(parts.hostname), parts.port or PORTS[parts.scheme]


def _target(parts: SplitResult) -> bytes:
    path = parts.path or "/"
    return f"{path}?{parts.query}".encode() if parts.query else path.encode()


def _permitted_address(hostname: str, port: int, deadline: float) -> str:
    """The address to connect to; refused unless every address of this name is public.

    A name with one public and one private address is somebody's trick, or at best an accident.
    """
    addresses = resolved(hostname, port, deadline)
    if f"{hostname}:{port}" in settings.ENV.outbound_allow:
        return addresses[0]
    for address in addresses:
        if not is_public(ip_address(address)):
            raise OutboundRefused(f"{hostname} is not on the public internet")
    return addresses[0]


def resolved(hostname: str, port: int, deadline: float) -> list[str]:
    """The addresses of a name, public or not: for where the operator says that we ask.

    Asked in a thread of its own, since the system's resolver knows no deadline, which is in
    `time.monotonic()`. Raises OutboundFailed.
    """
    looking = _lookups.submit(socket.getaddrinfo, hostname, port, type=socket.SOCK_STREAM)
    try:
        found = looking.result(timeout=max(0.0, deadline - time.monotonic()))
    except LookupTimeout as error:
        raise OutboundFailed("the name was not found in time") from error
    except (OSError, UnicodeError) as error:
        raise OutboundFailed("the name was not found") from error
    return [str(entry[4][0]).partition("%")[0] for entry in found]


def _tls() -> ssl.SSLContext:
    """Certificates are checked, by name, against the known authorities."""
    return httpx.create_ssl_context()


class _Pinned(httpcore.NetworkBackend):
    """Connects to the address that was checked, whatever name the request is for.

    The name stays in the Host header and in TLS (SNI and certificate).
    """

    def __init__(self, address: str, deadline: float) -> None:
        self._address = address
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        stream = self._backend.connect_tcp(
            self._address, port, timeout=_left(self._deadline), socket_options=socket_options
        )
        return _Hurried(stream, self._deadline)


class _Hurried(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, so that no drip of bytes extends it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=_left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=_left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(
            ssl_context, server_hostname=server_hostname, timeout=_left(self._deadline)
        )
        return _Hurried(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
