"""Is what leads elsewhere a film to press, or a card to follow?"""

import pytest

from handrail.base.markdown import render
from handrail.base.markdown.blocks.embed import player_for
from handrail.base.markdown.tests.trees import html_of, told


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abc123XYZ_-&t=90",
            "youtube-nocookie.com/embed/abc123XYZ_-?start=90",
        ),
        ("https://youtu.be/abc123XYZ_-", "youtube-nocookie.com/embed/abc123XYZ_-"),
        ("https://www.youtube.com/shorts/abc123XYZ_-", "youtube-nocookie.com/embed/abc123XYZ_-"),
        ("https://vimeo.com/76979871", "player.vimeo.com/video/76979871"),
        ("https://vimeo.com/76979871/0123456789", "player.vimeo.com/video/76979871?h=0123456789"),
        (
            "https://www.loom.com/share/0281766fa2d04bb788eaf19e65135184",
            "loom.com/embed/0281766fa2d0",
        ),
    ],
)
def test_a_film_plays_when_it_is_asked_to(address: str, player: str) -> None:
    html = html_of(f'{{% embed url="{address}" %}}')
    assert f"{player}" in html
    assert "data-embed" in html
    assert "<iframe" not in html


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/playlist?list=abc",
        "https://www.youtube.com/@somebody",
        "https://youtube.com.evil.example/watch?v=abc123XYZ_-",
        'https://www.youtube.com/watch?v="><script>',
        "https://vimeo.com/channels/staff",
        "https://codepen.io/a/pen/b",
        "http://[",
        "ftp://youtube.com/watch?v=abc123XYZ_-",
    ],
)
def test_no_other_address_has_a_player(address: str) -> None:
    assert player_for(address) is None


def test_anything_else_is_a_card_with_its_caption() -> None:
    html = html_of(
        '{% embed url="https://codepen.io/a/pen/b" %}\nA *pen*\n{% endembed %}\n\nAfter.'
    )
    assert '<span class="card-title">A pen</span>' in html
    assert '<span class="card-about">codepen.io</span>' in html
    assert html.endswith("<p>After.</p>")


def test_an_embed_without_an_end_takes_nothing_that_follows() -> None:
    html = html_of('{% embed url="https://a.example/b" %}\n\nWords.\n\n## More')
    assert "<p>Words.</p>" in html


def test_a_file_is_a_card_that_downloads_it() -> None:
    html = html_of('{% file src="../.gitbook/assets/hello%20world.pdf" %}\nHello\n{% endfile %}')
    assert 'href="/files/hello%20world.pdf" download=""' in html
    assert (
        '<span class="card-title">Hello</span> <span class="card-about">hello world.pdf</span>'
        in html
    )


def test_a_file_may_have_its_caption_inside() -> None:
    assert "Datasheet" in html_of('{% file src=".gitbook/assets/r-78.pdf" caption="Datasheet" %}')


def test_a_file_that_is_not_here_leaves_its_words() -> None:
    body = '{% file src="/elsewhere.pdf" %}\nHello\n{% endfile %}'
    assert "Hello" in render(body).html
    assert "<a" not in render(body).html
    assert told(body) == [(1, "/elsewhere.pdf")]


def test_a_link_on_its_own_line_is_a_card() -> None:
    html = html_of(
        '{% content-ref url="../set-up.md" %}\n[set-up.md](../set-up.md)\n{% endcontent-ref %}'
    )
    assert '<a class="card-link" href="/docs/set-up">' in html
    assert '<span class="card-title">Set up</span>' in html


def test_such_a_link_keeps_words_that_somebody_chose() -> None:
    html = html_of('{% content-ref url="a.md" %} [How it works](a.md) {% endcontent-ref %}')
    assert "How it works" in html


def test_such_a_link_that_leads_nowhere_leaves_its_words() -> None:
    body = '{% content-ref url="hidden.md" %}\n[Words](hidden.md)\n{% endcontent-ref %}'
    assert render(body).html == "<p>Words</p>"
    assert told(body) == [(1, "hidden.md")]
