"""Is everything gone that could tell who asked?"""

import pytest

from handrail.engines.search.library.redaction import redacted


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("reset mail of alice@acme.example now", "reset mail of … now"),
        ("call +49 (30) 1234-567 please", "call … please"),
        ("card 4111 1111 1111 1111", "card …"),
        ("key sk_live_4eC39HqLyjWDarjtT1zdp7dc fails", "key … fails"),
        ("open https://acme.example/?token=1 here", "open … here"),
        ("error 404 in version 2.10", "error 404 in version 2.10"),
        ("internationalization", "internationalization"),
    ],
)
def test_addresses_keys_and_long_numbers_are_taken_out(question: str, kept: str) -> None:
    assert redacted(question) == kept
