"""Which value of a lever reaches a target, and if none does, why.

A lever's values form a grid (whole accelerators, cents, millionths of a rate), so a target is mostly passed
between two neighbours. Both are told: the last value on this side of the target, and the first beyond it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.scenarios.apply import apply
from bids.rulebook.scenarios.change import Change
from bids.rulebook.scenarios.levers import LEVERS
from bids.rulebook.scenarios.outcome import MEASURES, Measure
from bids.rulebook.text import Sentence, gettext_noop, sentence

SAMPLES = 8  # intervals below the present value that are looked at for a crossing
LEAPS = 11  # points above it, each four times as far away as the one before

Curve = Callable[[int], Fraction]  # steps of the grid → the measure there


@dataclass(frozen=True, slots=True)
class Solution:
    """`change` keeps the measure at or below the target, nearest to it; `beyond` is the next value, where it passes.

    `reached` and `passed` are the measure at both. Where the target is met to the cent, `is_exact`.
    """

    change: Change
    reached: Fraction
    beyond: Change | None
    passed: Fraction | None
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No value will do; `least` and `most` are what the lever can bring the measure to."""

    reason: Sentence
    least: Fraction
    most: Fraction


def solve(
    facts: BidFacts,
    call: CallFacts,
    changes: Sequence[Change],
    lever: Change,
    measure: Measure,
    target: Fraction,
    *,
    on: date | None = None,
) -> Solution | Unreachable:
    """Look for the value of `lever` (its own value says where it stands now) that brings `measure` to `target`.

    The target is a fraction of one for shares, else cents. `changes` are made first.
    """
    base, scale = apply(facts, changes).facts, LEVERS[lever.lever].scale
    seen: dict[int, Fraction] = {}

    def at(steps: int) -> Fraction:
        if steps not in seen:
            changed = replace(lever, value=steps * scale.step)
            seen[steps] = MEASURES[measure](assess(apply(base, (changed,)).facts, call, on=on))
        return seen[steps]

    tried, now = _tried(lever)
    crossing = _crossing(at, tried, now, target)
    if crossing is None:
        return _unreachable(lever, seen, target)
    near, far = _narrowed(at, *crossing, target)
    found = replace(lever, value=near * scale.step)
    if at(near) == target:
        return Solution(found, target, None, None, is_exact=True)
    return Solution(found, at(near), replace(lever, value=far * scale.step), at(far), is_exact=False)


def _tried(lever: Change) -> tuple[list[int], int]:
    """Grid points from the least to the most that makes sense, closer together around the present one."""
    of, step = LEVERS[lever.lever], LEVERS[lever.lever].scale.step
    least, most = int(of.least / step), int(of.most / step)
    now = min(max(int((lever.value or Decimal(0)) / step), least), most)
    below = [least + (now - least) * part // SAMPLES for part in range(SAMPLES)]
    span = max(now - least, 1)
    above = [min(now + span * 4**leap // 4, most) for leap in range(LEAPS)]
    return sorted({*below, now, *above}), now


def _crossing(at: Curve, tried: Sequence[int], now: int, target: Fraction) -> tuple[int, int] | None:
    """The pair between which the target is passed, nearest on the side that leads there; at or below it first."""
    is_above = _leads_up(at, tried, now, target)
    pairs = sorted(pairwise(tried), key=lambda pair: min(abs(pair[0] - now), abs(pair[1] - now)))
    for low, high in sorted(pairs, key=lambda pair: (pair[0] >= now) is not is_above):
        below, above = at(low) <= target, at(high) <= target
        if below != above:
            return (low, high) if below else (high, low)
    met = [steps for steps in tried if at(steps) == target]
    nearest = min(met, key=lambda steps: abs(steps - now), default=None)
    return None if nearest is None else (nearest, nearest)


def _leads_up(at: Curve, tried: Sequence[int], now: int, target: Fraction) -> bool:
    """Whether raising the lever brings the figure towards the target."""
    above = next((steps for steps in tried if steps > now), now)
    return (at(above) > at(now)) is (target > at(now))


def _narrowed(at: Curve, near: int, far: int, target: Fraction) -> tuple[int, int]:
    """Come closer until both are neighbours on the grid: `near` at or below the target, `far` above it.

    Figures run straight over long stretches, so a straight line mostly hits; where it gained little, halve.
    """
    halve = False
    while (width := abs(far - near)) > 1:
        middle = (near + far) // 2 if halve else _on_a_line(at, near, far, target)
        if at(middle) <= target:
            near = middle
        else:
            far = middle
        halve = not halve and 2 * abs(far - near) > width
    return near, far


def _on_a_line(at: Curve, near: int, far: int, target: Fraction) -> int:
    """Where a straight line between both reaches the target; strictly between them."""
    toward = 1 if far > near else -1
    share = (target - at(near)) / (at(far) - at(near))
    return near + toward * min(max(int(share * abs(far - near)), 1), abs(far - near) - 1)


def _unreachable(lever: Change, seen: dict[int, Fraction], target: Fraction) -> Unreachable:
    least, most = min(seen.values()), max(seen.values())
    label = Sentence(LEVERS[lever.lever].name.label)
    if least == most:
        return Unreachable(sentence(_NO_EFFECT, lever=label), least, most)
    template = _TOO_LOW if target < least else _TOO_HIGH
    return Unreachable(sentence(template, lever=label), least, most)


_NO_EFFECT = gettext_noop("%(lever)s does not move this figure at all, so no value of it can reach the target.")
_TOO_LOW = gettext_noop(
    "%(lever)s can't bring the figure that low. Choose a higher target, or change something else too."
)
_TOO_HIGH = gettext_noop(
    "%(lever)s can't bring the figure that high. Choose a lower target, or change something else too."
)
