"""Spreadsheet formulas that never lose a cent, though a spreadsheet counts in binary fractions.

Everything is worked out in whole cents, quantities and unit costs in ten-thousandths, rates in
millionths: numbers that a double holds exactly. Products that would be too long for one are taken apart
first. A rest is settled by adding half and cutting, with whole numbers, never by ROUND on a fraction.
All of it holds below `MOST`, with room to spare for programmes that look at fifteen digits only.
"""

from __future__ import annotations

from bids.rulebook.money import Rounding

MOST = 10**12  # cents of a bid, and ten-thousandths of a quantity times a thousand: ten billion euro
MILLION = 10**6
TEN_THOUSAND = 10**4

Ref = str  # a cell, as `$C$4`, or a formula in brackets


def cents(euros: Ref) -> str:
    """An amount that was typed with at most two decimals."""
    return f"ROUND({euros}*100,0)"


def ten_thousandths(number: Ref) -> str:
    """A number that was typed with at most four decimals."""
    return f"ROUND({number}*10000,0)"


def millionths(rate: Ref) -> str:
    """A rate with at most six decimals."""
    return f"ROUND({rate}*1000000,0)"


def crossed(one: Ref, two: Ref) -> str:
    """The part of a product of ten-thousandths in which wholes of one meet rests of the other."""
    return f"INT({one}/10000)*MOD({two},10000)+INT({two}/10000)*MOD({one},10000)"


def product(one: Ref, two: Ref, cross: Ref) -> str:
    """Ten-thousandths times ten-thousandths in cents, half up; `cross` is the cell of `crossed`."""
    wholes = f"100*INT({one}/10000)*INT({two}/10000)"
    rests = f"MOD({cross},100)*10000+MOD({one},10000)*MOD({two},10000)"
    return f"{wholes}+INT({cross}/100)+INT(({rests}+500000)/1000000)"


def part(amount: Ref, rate: Ref, half: Ref | int) -> str:
    """An amount in cents times a rate in millionths; `half` is what settles the rest: see `half_of`."""
    return f"INT({amount}/1000000)*{rate}+INT((MOD({amount},1000000)*{rate}+{half})/1000000)"


def half_of(rounding: Rounding) -> int:
    """What is added before the rest is cut."""
    return MILLION // 2 if rounding is Rounding.HALF_UP else 0


ALMOST_ONE = MILLION - 1  # rounds up whatever rest there is


# A sum times a weight over the whole of the weights, with its exact rest: what F14 needs. The product is
# longer than a double, so the quotient is estimated, which is wrong by one at most; the rest of that is
# worked out exactly from the halves of the four numbers, and mends it.


def estimate(amount: Ref, weight: Ref, whole: Ref) -> str:
    return f"IF({whole}>0,INT({amount}*{weight}/{whole}),0)"


def rest_of_estimate(amount: Ref, weight: Ref, whole: Ref, guess: Ref) -> str:
    """What the estimate leaves of the product: perhaps less than nothing, perhaps a whole too much."""
    high = f"({_high(amount)}*{_high(weight)}-{_high(guess)}*{_high(whole)})*1000000"
    middle = (
        f"({_high(amount)}*{_low(weight)}+{_low(amount)}*{_high(weight)}"
        f"-{_high(guess)}*{_low(whole)}-{_low(guess)}*{_high(whole)})"
    )
    low = f"({_low(amount)}*{_low(weight)}-{_low(guess)}*{_low(whole)})"
    return f"({high}+{middle})*1000000+{low}"


def floor(whole: Ref, guess: Ref, rest: Ref) -> str:
    return f"{guess}-({rest}<0)+({rest}>={whole})*({whole}>0)"


def rest(whole: Ref, rest: Ref) -> str:
    return f"{rest}+({rest}<0)*{whole}-({rest}>={whole})*{whole}"


def _high(number: Ref) -> str:
    return f"INT({number}/1000000)"


def _low(number: Ref) -> str:
    return f"MOD({number},1000000)"
