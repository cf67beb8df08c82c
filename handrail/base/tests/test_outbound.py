"""Whom do we ask, and whom never?"""

import datetime
import http.server
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from handrail.base import outbound
from handrail.base.outbound import OutboundFailed, OutboundRefused, fetch, is_public

Allow = Callable[[str], None]


class Asked(http.server.BaseHTTPRequestHandler):
    """Answers by path, and remembers what it was asked."""

    requests: list[tuple[str, str, dict[str, str], bytes]]

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        type(self).requests.append((self.command, self.path, headers, body))
        kind, _, argument = self.path.lstrip("/").partition("/")
        getattr(self, f"answer_{kind or 'plain'}", self.answer_plain)(argument)

    do_POST = do_GET

    def answer_plain(self, argument: str) -> None:
        self._send(200, b"hello", {"X-Told": "yes"})

    def answer_to(self, argument: str) -> None:
        """`/to/<address>`: a redirect there."""
        self._send(302, b"", {"Location": argument})

    def answer_large(self, argument: str) -> None:
        self._send(200, b"x" * 100_000, {})

    def answer_endless(self, argument: str) -> None:
        """No length, and no end."""
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 10_000)
        except OSError:
            return

    def answer_drip(self, argument: str) -> None:
        """One byte of a header now and then, so that no single wait is long."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(200):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    def answer_nonsense(self, argument: str) -> None:
        self.wfile.write(b"this is not HTTP\r\n\r\n")

    def log_message(self, *args: Any) -> None:
        pass

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    """A real server on loopback, where nobody who sends us an address may lead us."""
    handler = type("Handler", (Asked,), {"requests": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.05,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def port(server: http.server.ThreadingHTTPServer) -> int:
    return server.server_port


@pytest.fixture
def requests(server: http.server.ThreadingHTTPServer) -> list[Any]:
    asked: list[Any] = vars(server.RequestHandlerClass)["requests"]
    return asked


@pytest.fixture
def allow(settings: Any) -> Allow:
    """The operator opens one door into the own network."""

    def opened(door: str) -> None:
        doors = [*settings.ENV.outbound_allow, door]
        settings.ENV = replace(settings.ENV, outbound_allow=doors)

    return opened


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - asked for, not listened on
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.7",
        "224.0.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_not_one_machine_of_the_internet_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00::1"])
def test_the_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "hostname",
    [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
    ],
)
def test_the_own_machine_is_never_asked_however_it_is_spelt(
    port: int, requests: list[Any], hostname: str
) -> None:
    with pytest.raises((OutboundRefused, OutboundFailed)):
        fetch(f"http://{hostname}:{port}/")
    assert requests == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "//example.com/",
        "example.com",
        "",
        "http://",
        "http:///path",
        "http://user:password@example.com/",
        "http://example.com@127.0.0.1/",
        "http://example.com\\@127.0.0.1/",
        "http://example.com/\r\nX-Injected: 1",
        "http://example.com/a b",
        "http://example.com:0/",
        "http://example.com:99999/",
        "http://[::1/",
        "http://exämple.com/",
        "http://example.com/\x00",
    ],
)
def test_what_is_no_clean_http_address_is_refused(url: str) -> None:
    with pytest.raises(OutboundRefused):
        fetch(url)


def test_an_allowed_door_is_open_and_no_other(port: int, allow: Allow) -> None:
    allow(f"localhost:{port}")
    answer = fetch(f"http://localhost:{port}/")
    assert (answer.status, answer.body, answer.is_ok) == (200, b"hello", True)
    assert answer.headers["x-told"] == "yes"
    with pytest.raises(OutboundRefused):
        fetch(f"http://127.0.0.1:{port}/")
    with pytest.raises(OutboundRefused):
        fetch(f"http://localhost:{port + 1}/")


def test_what_is_asked_says_little_of_us(port: int, allow: Allow, requests: list[Any]) -> None:
    allow(f"localhost:{port}")
    url = f"http://localhost:{port}/hook?x=1#part"
    fetch(url, method="POST", content=b"{}", headers={"X-Sign": "s"})
    (method, path, headers, body) = requests[0]
    assert (method, path, body) == ("POST", "/hook?x=1", b"{}")
    assert headers == {
        "host": f"localhost:{port}",
        "user-agent": "Handrail",
        "accept-encoding": "identity",
        "connection": "close",
        "content-length": "2",
        "x-sign": "s",
    }


def test_a_name_is_looked_up_once_and_pinned(
    port: int, allow: Allow, requests: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public at the check, loopback at the connection."""
    lookups: list[str] = []

    def rebinding(hostname: str, *args: Any, **kwargs: Any) -> list[Any]:
        lookups.append(hostname)
        address = "192.0.2.1" if len(lookups) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connected: list[str] = []

    def connect(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        connected.append(address[0])
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(outbound, "is_public", lambda address: str(address) == "192.0.2.1")
    with pytest.raises(OutboundFailed):
        fetch(f"http://rebinding.example:{port}/")
    assert lookups == ["rebinding.example"]
    assert connected == ["192.0.2.1"]
    assert requests == []


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def two(*args: Any, **kwargs: Any) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80)),
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1%eth0", 80, 0, 0)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with pytest.raises(OutboundRefused):
        fetch("http://two.example/")


def test_a_redirect_into_the_own_network_is_refused(
    port: int, allow: Allow, requests: list[Any]
) -> None:
    allow(f"localhost:{port}")
    with pytest.raises(OutboundRefused):
        fetch(f"http://localhost:{port}/to/http://127.0.0.1:{port}/secret")
    assert [path for _, path, _, _ in requests] == [f"/to/http://127.0.0.1:{port}/secret"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "//[::1]/", "http://"])
def test_a_redirect_to_something_else_is_refused(port: int, allow: Allow, target: str) -> None:
    allow(f"localhost:{port}")
    with pytest.raises(OutboundRefused):
        fetch(f"http://localhost:{port}/to/{target}")


def test_redirects_are_followed_three_times(port: int, allow: Allow, requests: list[Any]) -> None:
    allow(f"localhost:{port}")
    hop = "/to/" * 3
    assert fetch(f"http://localhost:{port}{hop}/plain").body == b"hello"
    assert len(requests) == 4
    with pytest.raises(OutboundRefused):
        fetch(f"http://localhost:{port}/to/{hop}/plain")


def test_a_post_is_not_sent_on(port: int, allow: Allow, requests: list[Any]) -> None:
    allow(f"localhost:{port}")
    answer = fetch(f"http://localhost:{port}/to//plain", method="POST", content=b"x")
    assert answer.status == 302
    assert len(requests) == 1


def test_headers_do_not_follow_to_another_origin(
    port: int, allow: Allow, requests: list[Any]
) -> None:
    allow(f"localhost:{port}")
    allow(f"127.0.0.1:{port}")
    fetch(
        f"http://localhost:{port}/to/http://127.0.0.1:{port}/plain",
        headers={"Authorization": "Bearer secret"},
    )
    assert "authorization" in requests[0][2]
    assert "authorization" not in requests[1][2]


def test_what_is_too_large_is_dropped(port: int, allow: Allow) -> None:
    allow(f"localhost:{port}")
    for path in ("large", "endless"):
        with pytest.raises(OutboundFailed, match="too large"):
            fetch(f"http://localhost:{port}/{path}", most_bytes=50_000)


def test_one_deadline_is_over_all(port: int, allow: Allow) -> None:
    allow(f"localhost:{port}")
    started = time.monotonic()
    with pytest.raises(OutboundFailed, match="too slow"):
        fetch(f"http://localhost:{port}/drip", seconds=0.5)
    assert time.monotonic() - started < 3


def test_a_slow_lookup_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*args: Any, **kwargs: Any) -> list[Any]:
        time.sleep(1)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with pytest.raises(OutboundFailed, match="in time"):
        fetch("http://slow.example/", seconds=0.1)


def test_what_is_no_answer_is_a_failure(port: int, allow: Allow) -> None:
    allow(f"localhost:{port}")
    allow("localhost:1")
    for url in (f"http://localhost:{port}/nonsense", "http://localhost:1/"):
        with pytest.raises(OutboundFailed):
            fetch(url)
    with pytest.raises(OutboundFailed):
        fetch("http://name.invalid/")


# --- TLS --------------------------------------------------------------------------------------


@pytest.fixture
def certified(tmp_path: Path, server: http.server.ThreadingHTTPServer) -> Path:
    """Gives the server a certificate for `localhost` alone; returns the authority's file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain = tmp_path / "certificate.pem"
    chain.write_bytes(certificate.public_bytes(Encoding.PEM))
    private = tmp_path / "key.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain, private)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return chain


def test_a_certificate_is_checked_by_name(
    certified: Path, port: int, allow: Allow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to a pinned address, the certificate must still be the name's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certified))
    allow(f"localhost:{port}")
    allow(f"127.0.0.1:{port}")
    assert fetch(f"https://localhost:{port}/").body == b"hello"
    with pytest.raises(OutboundFailed):
        fetch(f"https://127.0.0.1:{port}/")


def test_an_unknown_authority_is_not_believed(certified: Path, port: int, allow: Allow) -> None:
    allow(f"localhost:{port}")
    with pytest.raises(OutboundFailed):
        fetch(f"https://localhost:{port}/")


def test_a_redirect_to_something_weaker_is_refused(
    certified: Path, port: int, allow: Allow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certified))
    allow(f"localhost:{port}")
    with pytest.raises(OutboundRefused):
        fetch(f"https://localhost:{port}/to/http://localhost:{port}/plain")
