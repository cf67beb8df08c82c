"""Are pictures, tables, links, lists and headings drawn as they are meant?"""

import pytest

from handrail.base.markdown import render
from handrail.base.markdown.icons import _names, served
from handrail.base.markdown.tests.trees import drawn, html_of, told

PICTURE = ".gitbook/assets/a.png"

# --- Pictures -----------------------------------------------------------------------------------


def test_a_picture_alone_is_a_figure_that_opens_large() -> None:
    html = html_of(f"![A form]({PICTURE})")
    assert (
        '<figure class="picture-box"><a class="zoom" href="/files/a.png" aria-label="A form">'
        in html
    )
    assert 'alt="A form" loading="lazy"' in html


def test_a_figure_in_a_frame_keeps_its_width_and_caption() -> None:
    html = html_of(
        f'<div data-with-frame="true"><figure><img src="{PICTURE}" alt="" width="563"><figcaption>'
        "<p>Words</p></figcaption></figure></div>"
    )
    assert 'class="picture-box framed"' in html
    assert 'width="563"' in html
    assert 'aria-label="Words"' in html
    assert "<figcaption><p>Words</p></figcaption>" in html


def test_an_empty_caption_is_none() -> None:
    assert "figcaption" not in html_of(
        f'<figure><img src="{PICTURE}" alt="A"><figcaption></figcaption></figure>'
    )


def test_a_picture_beside_words_is_as_high_as_they_are() -> None:
    assert 'class="in-line"' in html_of(f"Press ![]({PICTURE}) now.")
    assert 'class="in-line"' in html_of(f"* Press ![]({PICTURE}) now.")
    assert 'class="in-line"' not in html_of(f"Look:\n![]({PICTURE})\nso.")


def test_a_picture_of_another_site_is_a_link_to_it() -> None:
    body = "![A cat](https://cats.example/a.png)"
    assert '<a href="https://cats.example/a.png" target="_blank"' in render(body).html
    assert "<img" not in render(body).html
    assert told(body) == [(1, "https://cats.example/a.png")]


def test_a_picture_for_the_dark_gives_way_to_the_one_for_the_light() -> None:
    html = html_of(
        '<figure><picture><source srcset="b.png" media="(prefers-color-scheme: dark)">'
        f'<img src="{PICTURE}" alt="A"></picture></figure>'
    )
    assert html.count("<img") == 1


# --- Tables -------------------------------------------------------------------------------------


def test_a_table_is_moved_in_a_box_that_keys_reach() -> None:
    html = html_of("| A | B |\n| :- | -: |\n| c | `d|` |")
    assert '<div class="table-box" role="region" tabindex="0" aria-label="Table"><table>' in html
    assert '<th align="right">B</th>' in html


def test_a_table_of_html_keeps_what_is_in_its_cells() -> None:
    html = html_of(
        '<table data-header-hidden="false" data-header-sticky><thead><tr>'
        '<th width="318">A</th></tr>'
        "</thead><tbody><tr><td><p>One<br>two</p><ul><li>x</li></ul></td></tr></tbody></table>"
    )
    assert '<th width="318">A</th>' in html
    assert "<td><p>One<br>two</p><ul><li>x</li></ul></td>" in html


def test_hidden_heads_and_columns_are_not_shown() -> None:
    html = html_of(
        "<table data-header-hidden><thead><tr><th>A</th><th data-hidden>B</th></tr></thead>"
        "<tbody><tr><td>c</td><td>d</td></tr></tbody></table>"
    )
    assert "<thead>" not in html
    assert "d</td>" not in html


def test_cells_without_ends_are_cells() -> None:
    html = html_of("<table><tr><td>a<td>b<tr><td>c<td>d</table>")
    assert html.count("<tr>") == 2
    assert html.count("<td>") == 4


CARDS = (
    '<table data-view="cards"><thead><tr><th></th><th></th><th data-hidden data-card-target '
    'data-type="content-ref"></th><th data-hidden data-card-cover data-type="files"></th>'
    "</tr></thead>"
    '<tbody><tr><td><strong>One</strong></td><td>About</td><td><a href="a.md">a.md</a></td>'
    f'<td><a href="{PICTURE}">a.png</a></td></tr></tbody></table>'
)


def test_a_table_of_cards_is_drawn_as_cards() -> None:
    html = html_of(CARDS)
    assert html.startswith('<ul class="cards"><li class="card-box"><img src="/files/a.png" alt=""')
    assert '<a class="card-link" href="/docs/a"><strong>One</strong></a>' in html
    assert "a.png</a>" not in html


def test_a_card_that_leads_nowhere_is_still_a_card() -> None:
    body = CARDS.replace("a.md", "hidden.md")
    assert '<div class="card-title"><strong>One</strong></div>' in render(body, targets=None).html
    assert told(body) == [(1, "hidden.md")]


# --- Links --------------------------------------------------------------------------------------


def test_a_link_leads_where_the_tree_says() -> None:
    rendered = drawn("[a](../b/c.md#d) and [e](#f), [g](mailto:h@i.example)\n\n## F")
    assert '<a href="/docs/b/c#d">a</a>' in rendered.html
    assert '<a href="#f">e</a>' in rendered.html
    assert '<a href="mailto:h@i.example">g</a>' in rendered.html
    assert rendered.links == ("../b/c.md#d", "mailto:h@i.example")


def test_a_link_to_another_site_opens_beside_the_page() -> None:
    assert '<a href="https://a.example" target="_blank" rel="noopener noreferrer">a</a>' in html_of(
        "[a](https://a.example)"
    )


def test_a_link_that_leads_nowhere_leaves_its_words_and_is_told() -> None:
    body = "One\ntwo [some **words**](hidden.md)\nthree"
    html = render(body).html
    assert "some <strong>words</strong>" in html
    assert "hidden" not in html
    assert told(body) == [(2, "hidden.md")]


def test_without_a_tree_only_links_into_it_are_told() -> None:
    body = f"[a](b.md) ![c]({PICTURE}) [d](https://e.example) [f](#g)"
    assert [found.construct for found in render(body).problems] == ["b.md", PICTURE]


def test_a_mention_reads_like_the_page() -> None:
    assert ">How it works</a>" in html_of('[how-it-works.md](how-it-works.md "mention")')


def test_a_button_is_a_link_that_looks_like_one() -> None:
    html = html_of('<a href="a.md" class="button primary evil" data-icon="rocket">Go</a>')
    assert 'class="button primary"' in html
    assert 'data-icon="rocket"' in html


# --- Icons, emoji, small things -----------------------------------------------------------------


def test_an_icon_is_drawn_in_place_of_its_name() -> None:
    html = html_of(
        'See <i class="fa-sparkle">:sparkle:</i> **Ask** and <i class="fa-solid fa-gear"></i>.'
    )
    assert html == (
        '<p>See <i data-icon="sparkles"></i> <strong>Ask</strong> and '
        '<i data-icon="settings"></i>.</p>'
    )


def test_an_icon_that_we_do_not_have_leaves_nothing_but_words() -> None:
    html = html_of('A <i class="fa-otter">:otter:</i>B <i class="fa-otter">sea</i>')
    assert html == "<p>A <span></span>B <span>sea</span></p>"


def test_every_icon_that_we_name_is_served() -> None:
    assert all(served(name) for name in _names().values())


def test_emoji_have_names_and_times_have_none() -> None:
    assert "🎉" in html_of("Done :tada: at 10:30:45 and :no_such_thing:")
    assert "10:30:45 and :no_such_thing:" in html_of("Done :tada: at 10:30:45 and :no_such_thing:")


def test_escaped_signs_are_what_they_are() -> None:
    assert "<strong>[Help]</strong>" in html_of(r"**\[Help]** &#x20;")


def test_small_elements_stay() -> None:
    body = '<mark style="color:red">a</mark> <kbd>b</kbd> c<sup>d</sup> e<sub>f</sub> <u>g</u>'
    assert html_of(body) == (
        "<p><mark>a</mark> <kbd>b</kbd> c<sup>d</sup> e<sub>f</sub> <u>g</u></p>"
    )


def test_a_task_says_whether_it_is_done() -> None:
    html = html_of("- [x] One\n- [ ] Two")
    assert (
        '<li class="task done"><i data-icon="square-check"></i><span class="visually-hidden">Done: '
        in html
    )
    assert "To do: </span>Two" in html


def test_a_word_in_angles_is_shown_as_it_is_written() -> None:
    body = "Type <your-name> or <name>."
    assert "&lt;name&gt;" in render(body).html
    assert told(body) == [(1, "<your-name>"), (1, "<name>")]


def test_notes_lead_there_and_back() -> None:
    html = html_of("Words[^a] and[^a].\n\n[^a]: A note.")
    assert 'href="#note:1" id="mention:1"' in html
    assert 'href="#note:1" id="mention:1-2"' in html
    assert '<li id="note:1">' in html
    assert 'href="#mention:1-2"' in html


# --- What unfolds -------------------------------------------------------------------------------


def test_what_unfolds_has_markdown_in_it() -> None:
    html = html_of(
        "<details>\n\n<summary>More</summary>\n\n**Words**\n\n- one\n\n</details>\n\nAfter"
    )
    assert '<details class="unfold"><summary>More</summary><div class="unfold-body">' in html
    assert "<strong>Words</strong>" in html
    assert html.endswith("</div></details>\n<p>After</p>") or "</details><p>After</p>" in html


def test_what_unfolds_without_a_name_has_one() -> None:
    assert "<summary>More</summary>" in html_of("<details open>\n\nWords\n\n</details>")


# --- Headings -----------------------------------------------------------------------------------


def test_headings_have_anchors_in_every_script_each_once() -> None:
    rendered = drawn(
        "# T\n\n## Größe & Maß\n\n## الدفع\n\n## हिन्दी\n\n## One\n\n## One\n\n### One\n\n## 🎉"
    )
    assert [heading.anchor for heading in rendered.outline] == [
        "größe-maß",
        "الدفع",
        "हिन्दी",
        "one",
        "one-1",
        "one-2",
        "section",
    ]


def test_an_anchor_that_is_named_is_kept() -> None:
    rendered = drawn('## One <a href="#x" id="x"></a>\n\n## Two {#y}\n\n<h2 id="z">Three</h2>')
    assert [(one.text, one.anchor) for one in rendered.outline] == [
        ("One", "x"),
        ("Two", "y"),
        ("Three", "z"),
    ]


def test_no_heading_takes_a_name_that_our_frames_look_for() -> None:
    rendered = drawn("## Main\n\n## Note 1\n\n## My tab")
    assert [one.anchor for one in rendered.outline] == ["main-1", "note-1", "my-tab"]


def test_the_title_is_taken_out_and_others_of_its_level_are_below_it() -> None:
    rendered = drawn("# **Title** here\n\nWords.\n\n# Another")
    assert rendered.title == "Title here"
    assert rendered.summary == "Words."
    assert "<h1" not in rendered.html
    assert [(one.level, one.text) for one in rendered.outline] == [(2, "Another")]


@pytest.mark.parametrize("body", ["", "   \n", "\n\n---\n"])
def test_an_empty_page_is_a_page(body: str) -> None:
    rendered = drawn(body)
    assert (rendered.title, rendered.summary, rendered.outline) == ("", "", ())
    assert len(rendered.passages) == 1
