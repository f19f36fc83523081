"""The colours of plots: three depths in turn, so that neighbours always differ by 3:1 or more.

A deep, a middle and a pale tone alternate; each stands 3:1 from the other two. Deep and middle stand
3:1 from paper; a pale tone has a deep edge that does. Screens use the same order, see
`static/css/plots.css`, where deep and pale change places in the dark.
"""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1f2c3d"
EDGE = "#545e6b"


@dataclass(frozen=True, slots=True)
class Tone:
    """A fill with the line around it; `name` is its class on screens (`plot-t1`)."""

    name: str
    fill: str
    edge: str


TONES = (
    Tone("t1", "#0a2f57", "#0a2f57"),
    Tone("t2", "#2b8a9e", "#2b8a9e"),
    Tone("t3", "#f6e1bd", "#0a2f57"),
    Tone("t4", "#4d1443", "#4d1443"),
    Tone("t5", "#b06c18", "#b06c18"),
    Tone("t6", "#d3ebda", "#0a2f57"),
    Tone("t7", "#0a3627", "#0a3627"),
    Tone("t8", "#8b6db4", "#8b6db4"),
    Tone("t9", "#d2e6f4", "#0a2f57"),
)
GAP = Tone("gap", "none", EDGE)  # what is missing: an outline, dashed
TRACK = Tone("track", "#e7e9ea", "#e7e9ea")


def tones(count: int, *, ring: bool = False) -> tuple[Tone, ...]:
    """Tones for so many neighbours in a row; in a `ring` the last one touches the first."""
    row = [TONES[index % len(TONES)] for index in range(count)]
    if ring and count > 1 and count % 3 == 1:
        row[-1] = TONES[7]  # a middle tone between the pale one before it and the deep first
    return tuple(row)
