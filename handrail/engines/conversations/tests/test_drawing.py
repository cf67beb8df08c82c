"""Is everything there that somebody said, and nothing that runs?"""

import pytest

from handrail.engines.conversations.drawing import drawn


def test_words_are_markdown() -> None:
    assert drawn("**Now**, see https://acme.example") == (
        '<p><strong>Now</strong>, see <a href="https://acme.example" target="_blank" '
        'rel="noopener noreferrer">https://acme.example</a></p>'
    )


def test_a_tag_is_shown_as_it_was_typed() -> None:
    html = drawn("Your page shows <script>alert(1)</script> and <br>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;br&gt;" in html


def test_code_is_not_touched() -> None:
    assert "<code>a &lt; b</code>" in drawn("It says `a < b` there")
    assert "if a &lt; b:" in drawn("```\nif a < b:\n    # no heading\n```")
    assert "    # no heading" in drawn("```\nif a < b:\n    # no heading\n```")


@pytest.mark.parametrize("text", ["# Help", "# Help\n\nNow.", "Please\n\n# Help"])
def test_a_heading_stays_in_the_message(text: str) -> None:
    assert "Help" in drawn(text)
    assert "<h1" not in drawn(text)
