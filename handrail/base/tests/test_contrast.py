"""Can everything be read? Every pair of text and background, in light and in dark."""

import re

import pytest

from handrail.base.tests.colours import contrast, resolve, tokens

TEXT = 4.5
"""Least contrast of text: WCAG 2.2, 1.4.3, level AA."""
SHAPE = 3.0
"""Least contrast of the edge of a control and of the mark of focus: WCAG 2.2, 1.4.11."""

GROUNDS = ("--sunken", "--paper", "--surface", "--raised", "--hover")
TONES = ("info", "positive", "warning", "danger", "violet", "neutral", "accent")
BRANDS = {
    "ours": "#0e6a54",
    "black": "#000000",
    "white": "#ffffff",
    "red": "#ff0000",
    "orange": "#ff7a00",
    "yellow": "#ffe600",
    "lime": "#7dff00",
    "cyan": "#00e5ff",
    "blue": "#0033ff",
    "purple": "#7a00ff",
    "pink": "#ff4fd8",
    "grey": "#808080",
}

ON_GROUNDS = [
    (text, ground, TEXT)
    for text in ("--ink", "--ink-soft", "--ink-faint", *(f"--{tone}-ink" for tone in TONES))
    for ground in GROUNDS
]
IN_TONES = [(text, f"--{tone}-soft", TEXT) for tone in TONES for text in (f"--{tone}-ink", "--ink")]
SHAPES = [
    (shape, ground, SHAPE) for shape in ("--line-control", "--focus") for ground in GROUNDS[1:4]
]
OTHERS = [
    ("--on-accent", "--accent", TEXT),
    ("--on-accent", "--accent-strong", TEXT),
    ("--on-danger", "--danger", TEXT),
    ("--ink-inverse", "--inverse", TEXT),
    ("--ink", "--chosen", TEXT),
    ("--ink-soft", "--neutral-soft", TEXT),
    ("--ink-soft", "--accent-soft", TEXT),
    ("--ink-soft", "--info-soft", TEXT),
    ("--note-ink", "--note", TEXT),
    ("--note-faint", "--note", TEXT),
    ("--note-ink", "--note-line", TEXT),
    ("--accent-ink", "--note", TEXT),
]


def shortfalls(scheme: str, brand: str) -> list[str]:
    known = tokens() | {"--brand": brand}
    found = []
    for text, ground, least in [*ON_GROUNDS, *IN_TONES, *SHAPES, *OTHERS]:
        ratio = contrast(*(resolve(known[name], scheme, known) for name in (text, ground)))
        if ratio < least:
            found.append(f"{text} on {ground}: {ratio:.2f}, needs {least}")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("brand", BRANDS.values(), ids=BRANDS.keys())
def test_every_pair_is_legible_whatever_colour_the_owner_chooses(scheme: str, brand: str) -> None:
    assert shortfalls(scheme, brand) == []


def test_no_tone_is_forgotten() -> None:
    named = {found[1] for name in tokens() if (found := re.fullmatch(r"--(\w+)-soft", name))}
    assert named - {"ink"} == set(TONES)


def test_black_on_white_is_twenty_one_to_one() -> None:
    white, black = (resolve(value, "light", {}) for value in ("#ffffff", "#000000"))
    assert contrast(white, black) == pytest.approx(21)
