"""Is SUMMARY.md read and written as GitBook does it?"""

import time

from hypothesis import given
from hypothesis import strategies as st

from handrail.mediums.docs.importing.summary import Item, read_summary, write_summary


def read(text: str) -> list[tuple[str, str, list[object]]]:
    return [shape(item) for item in read_summary(text, lambda line, construct, words: None)]


def shape(item: Item) -> tuple[str, str, list[object]]:
    return item.title, item.address, [shape(child) for child in item.children]


def noted(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    read_summary(text, lambda line, construct, words: found.append((line, construct)))
    return found


def test_groups_nesting_and_titles_are_read() -> None:
    text = """# Table of contents

* [Overview](README.md)

## Payments

* [Invoices](payments/invoices.md)
  * [Read \\[one\\]](<payments/read one.md>)
  - [In **bold** and `code`](payments/bold%20one.md "In the menu")
* Later

---

* [About](about.md)
"""
    assert read(text) == [
        ("Overview", "README.md", []),
        (
            "Payments",
            "",
            [
                (
                    "Invoices",
                    "payments/invoices.md",
                    [
                        ("Read [one]", "payments/read one.md", []),
                        ("In bold and code", "payments/bold one.md", []),
                    ],
                ),
                ("Later", "", []),
            ],
        ),
        ("About", "about.md", []),
    ]


def test_what_is_no_item_is_noted_with_its_line() -> None:
    text = "# Contents\n\nSome words.\n* [Shop](https://shop.example/)\n* [Here](a.md)\n"
    assert noted(text) == [(3, "Some words."), (4, "https://shop.example/")]


def test_tabs_and_deeper_steps_nest_as_well() -> None:
    assert read("* [A](a.md)\n\t* [B](b.md)\n\t\t\t* [C](c.md)\n* [D](d.md)") == [
        ("A", "a.md", [("B", "b.md", [("C", "c.md", [])])]),
        ("D", "d.md", []),
    ]


def test_a_hostile_table_of_contents_costs_no_time_and_no_stack() -> None:
    began = time.monotonic()
    read("".join(f"{' ' * depth}* [A](a{depth}.md)\n" for depth in range(3000)))
    read("* " + "[" * 1_000_000)
    read("# " + " #" * 500_000)
    read("* [" + "\\]" * 400 + "](" + "(" * 800 + "\n" * 3)
    assert time.monotonic() - began < 5


TITLES = (
    st.text(min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.isprintable() and text.strip("-*+_=` ") == text and text)
)
PATHS = st.from_regex(r"[a-zä0-9 _()\-]{1,8}(/[a-z]{1,5})?\.md", fullmatch=True).filter(
    lambda path: path.strip() == path
)
PAGES = st.recursive(
    st.builds(Item, TITLES, PATHS),
    lambda inner: st.builds(Item, TITLES, PATHS, st.just(0), st.lists(inner, max_size=3)),
    max_leaves=6,
)
GROUPS = st.builds(Item, TITLES, st.just(""), st.just(0), st.lists(PAGES, min_size=1, max_size=3))


@given(st.lists(PAGES | GROUPS, max_size=5))
def test_what_is_written_is_read_as_the_same(items: list[Item]) -> None:
    assert read(write_summary(items)) == [shape(item) for item in items]
