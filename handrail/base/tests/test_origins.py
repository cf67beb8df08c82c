"""Which site is it, and which path of ours?"""

from typing import Any

import pytest

from handrail.base.origins import BadOrigin, exact_origin, local_path, own_origin


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://app.example.com", "https://app.example.com"),
        (" HTTPS://App.Example.COM/ ", "https://app.example.com"),
        ("https://app.example.com:443", "https://app.example.com"),
        ("http://app.example.com:80/", "http://app.example.com"),
        ("http://localhost:8001", "http://localhost:8001"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(given: str, origin: str) -> None:
    assert exact_origin(given) == origin


@pytest.mark.parametrize(
    "given",
    [
        "",
        "null",
        "*",
        "https://*",
        "https://*.example.com",
        "app.example.com",
        "//app.example.com",
        "ftp://app.example.com",
        "https://app.example.com/path",
        "https://app.example.com?x",
        "https://app.example.com#x",
        "https://user@app.example.com",
        "https://app.example.com:port",
        "https://app.example.com:99999",
        "https://",
        "javascript:alert(1)",
    ],
)
def test_what_is_more_or_less_than_an_origin_is_refused(given: str) -> None:
    with pytest.raises(BadOrigin):
        exact_origin(given)


def test_our_own_origin_is_what_the_operator_says(settings: Any) -> None:
    settings.HANDRAIL_URL = "https://Help.Example.com:443"
    assert own_origin() == "https://help.example.com"


@pytest.mark.parametrize(
    "path",
    [
        "/help/",
        "/help/tickets/",
        "/help/tickets/abc?reply=1#last",
        "/help/tickets/?q=a//b",
        "/help/tickets/?next=https://evil.example",
    ],
)
def test_a_path_of_ours_is_kept(path: str, settings: Any) -> None:
    settings.HANDRAIL_URL = "https://help.example.com"
    assert local_path(path, "/help/") == path
    assert local_path(f"https://help.example.com{path}", "/help/") == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "help/",
        "/",
        "/console/",
        "/helpless/",
        "//evil.example/help/",
        "///evil.example",
        "/help//evil.example",
        "/\\evil.example",
        "/help/\\..\\console/",
        "/help/../console/",
        "/help/%2e%2e/console/",
        "/help/..%2fconsole/",
        "/help/./x",
        "/help/\r\nSet-Cookie: a=b",
        "/help/%0d%0aSet-Cookie:a=b",
        "/help/\x00",
        "/help/?q=\n",
        "https://evil.example/help/",
        "https://help.example.com.evil.example/help/",
        "https://help.example.com@evil.example/help/",
        "javascript:alert(1)//help/",
        "/help/" + "x" * 500,
    ],
)
def test_every_other_place_is_none(path: str, settings: Any) -> None:
    settings.HANDRAIL_URL = "https://help.example.com"
    assert local_path(path, "/help/") is None
