"""How is the loader sent?"""

import gzip

import pytest
from django.test import Client

from handrail.surfaces.help import loader

MOST_BYTES = 6000
"""What a host's page may have to load for us, compressed."""


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> None:
    made = loader.Script(b"plain();", gzip.compress(b"plain();"), 'W/"tag"')
    monkeypatch.setattr(loader, "_script", lambda: made)


def test_it_is_as_light_as_we_promise_hosts() -> None:
    assert len(gzip.compress(loader.SCRIPT.read_bytes(), 9)) < MOST_BYTES


@pytest.mark.usefixtures("script")
def test_any_site_may_load_it_and_keep_it_a_while() -> None:
    response = Client().get("/help/v1.js")
    assert response.content == b"plain();"
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.usefixtures("script")
def test_it_is_sent_compressed_and_only_when_it_changed() -> None:
    zipped = Client().get("/help/v1.js", headers={"accept-encoding": "br, gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == b"plain();"
    again = Client().get("/help/v1.js", headers={"if-none-match": zipped["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
