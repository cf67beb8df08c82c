"""How does a platform become a host? It is registered, with keys that verify its tokens."""

from collections.abc import Iterable

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import transaction
from django.utils import timezone

from handrail.base.origins import exact_origin
from handrail.people.models import Algorithm, Host, HostKey

MIN_SECRET_BYTES = 32  # RFC 7518, 3.2: an HS256 key has at least the size of the hash
MIN_RSA_BITS = 2048  # RFC 7518, 3.3


class BadKey(ValueError):
    """The key cannot be used with that algorithm, or is too weak."""


@transaction.atomic
def register_host(
    *,
    name: str,
    issuer: str,
    origins: Iterable[str] = (),
    secret: str = "",
    kid: str = "default",
    audience: str = "",
    sign_in_url: str = "",
    jwks_url: str = "",
) -> Host:
    """Makes a host known; with `secret` (32 bytes or more) also its first HS256 key `kid`.

    `audience` empty means this hub's public address. Raises BadOrigin and BadKey.
    """
    host = Host.objects.create(
        name=name,
        issuer=issuer,
        audience=audience,
        origins=[exact_origin(origin) for origin in origins],
        sign_in_url=sign_in_url,
        jwks_url=jwks_url,
    )
    if secret:
        add_key(host, kid=kid, algorithm=Algorithm.HS256, secret=secret)
    return host


def change_host(
    host: Host, *, name: str, origins: Iterable[str], sign_in_url: str, jwks_url: str
) -> None:
    """Changes what a host is called and where it is. Its issuer stays: members hang on it.

    Raises BadOrigin. Pages of an origin that was taken away are framed no more, at once.
    """
    Host.objects.filter(pk=host.pk).update(
        name=name,
        origins=[exact_origin(origin) for origin in origins],
        sign_in_url=sign_in_url,
        jwks_url=jwks_url,
    )


def add_key(
    host: Host, *, kid: str, algorithm: str, secret: str = "", public_key: str = ""
) -> HostKey:
    """Adds a key beside the others, so that a host can rotate without a gap. Raises BadKey."""
    if algorithm == Algorithm.HS256:
        if len(secret.encode()) < MIN_SECRET_BYTES:
            raise BadKey(f"a shared secret has at least {MIN_SECRET_BYTES} bytes")
    elif not _fits(public_key, algorithm):
        raise BadKey(f"not a public key in PEM that is good for {algorithm}")
    return HostKey.objects.create(
        host=host, kid=kid, algorithm=algorithm, secret=secret, public_key=public_key
    )


def retire_key(key: HostKey) -> None:
    """From now on, what this key signed is refused. Sessions that it opened go on."""
    HostKey.objects.filter(pk=key.pk, retired_at=None).update(retired_at=timezone.now())


def _fits(pem: str, algorithm: str) -> bool:
    """Whether this is a *public* key of the algorithm's own kind: a private one is refused too."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return False
    if algorithm == Algorithm.RS256:
        return isinstance(key, RSAPublicKey) and key.key_size >= MIN_RSA_BITS
    if algorithm == Algorithm.ES256:
        return isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1)
    return False
