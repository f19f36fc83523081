"""Neighbours differ by 3:1, on paper and on screens, light and dark."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from bids.plots.palette import EDGE, INK, TONES, tones
from tests.ui.conftest import ROOT

SHEET = (ROOT / "static/css/plots.css").read_text()


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def scheme(marker: str) -> dict[str, str]:
    """The colours of the first block after a marker of the style sheet."""
    block = SHEET[SHEET.index(marker) :]
    return dict(re.findall(r"--plot-([a-z0-9]+): (#[0-9a-f]{6})", block[: block.index("}")]))


LIGHT, DARK = scheme(":root {"), scheme("(prefers-color-scheme: dark)")
PAPER = {str(number): tone.fill for number, tone in enumerate(TONES, start=1)} | {
    "ink": INK, "edge": EDGE, "paper": "#ffffff", "rim": TONES[2].edge,
}  # fmt: skip


def test_screens_in_the_light_look_like_paper() -> None:
    assert {name: LIGHT[name] for name in PAPER} == PAPER
    assert scheme("(forced-colors: active), print") == LIGHT


@pytest.mark.parametrize("colours", [PAPER, LIGHT, DARK], ids=["paper", "light", "dark"])
@pytest.mark.parametrize("count", range(2, 13))
def test_neighbours_differ_by_three_to_one(colours: dict[str, str], count: int) -> None:
    row = [colours[tone.name[1:]] for tone in tones(count)]
    ring = [colours[tone.name[1:]] for tone in tones(count, ring=True)]
    assert min(contrast(one, other) for one, other in pairwise(row)) >= 3
    assert min(contrast(one, other) for one, other in pairwise([*ring, ring[0]])) >= 3


@pytest.mark.parametrize("colours", [PAPER, LIGHT, DARK], ids=["paper", "light", "dark"])
def test_every_area_stands_out_from_the_page(colours: dict[str, str]) -> None:
    """By its fill, or where the fill is as pale (or as dark) as the page by its rim."""
    for number in range(1, 10):
        best = max(
            contrast(colours[str(number)], colours["paper"]),
            contrast(colours["rim"], colours["paper"]) * (number % 3 == 0),
        )
        assert best >= 3
    assert contrast(colours["rim"], colours["3"]) >= 3
    assert contrast(colours["ink"], colours["paper"]) >= 7
    assert contrast(colours["edge"], colours["paper"]) >= 3
