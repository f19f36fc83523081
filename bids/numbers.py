"""Numbers as people write and read them, in four languages: plain text in, exact values out.

English writes `1,234.56`; French, Dutch and German write `1 234,56` with a no-break space, after
the style guide of the Union. Both forms are read on every page. What could mean two numbers is
never guessed: the answer is a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.money import Euro, rounded
from bids.rulebook.text import Sentence, gettext_noop, sentence

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
LARGEST_WHOLE = 12  # digits before the mark: below a thousand billion
LONGEST = 60  # characters of a number; more is text

_SPACES = re.compile("[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}'\N{RIGHT SINGLE QUOTATION MARK}]")
_CURRENCY = re.compile(r"^(?:€|EUR\b|euro\b)\s*|\s*(?:€|\bEUR|\beuro)$", re.IGNORECASE)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+", re.ASCII)
_QUESTION = re.compile(r"(?P<first>[1-9]\d{0,2})(?P<mark>[.,])(?P<last>\d{3})", re.ASCII)
_GROUPED = re.compile(
    r"([1-9]\d{0,2}(?: \d{3})+)([.,]\d+)?"  # 1 234 567,89
    r"|([1-9]\d{0,2}(?:\.\d{3})+)(,\d+)?"  # 1.234.567,89
    r"|([1-9]\d{0,2}(?:,\d{3})+)(\.\d+)?",  # 1,234,567.89
    re.ASCII,
)

_EXAMPLE = Decimal("1234.56")
_NOTHING = gettext_noop("Enter a number, for example %(example)s.")
_NO_NUMBER = gettext_noop("“%(typed)s” is not a number. Write it in digits, for example %(example)s.")
_THOUSANDS = gettext_noop(
    "“%(typed)s” can be read in two ways. Do you mean %(whole)s? Then write %(plain)s. "
    "Otherwise write the amount with at most two decimals."
)
_TWO_MEANINGS = gettext_noop(
    "“%(typed)s” can be read in two ways. Do you mean %(whole)s or %(part)s? "
    "Write %(plain)s for the first, %(longer)s for the second."
)
_TOO_FINE = gettext_noop("“%(typed)s” has too many decimals. Write at most %(decimals)s.")
_TOO_LARGE = gettext_noop("“%(typed)s” is too large. Write at most %(digits)s digits before the decimals.")


class Unclear(ValueError):
    """What was typed is no number, or could be two; `sentence` says so and what to write."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands between thousands, and before the decimals."""

    group: str
    point: str


ENGLISH = Marks(group=",", point=".")
CONTINENTAL = Marks(group=NO_BREAK, point=",")


def marks_of(language: str) -> Marks:
    return ENGLISH if language.startswith("en") else CONTINENTAL


# --- writing -----------------------------------------------------------------------------------


def write_decimal(number: Decimal | int, language: str) -> str:
    """The digits as they are, none added or dropped: `Decimal("0.50")` → `0,50`."""
    marks = marks_of(language)
    whole, _, part = f"{abs(Decimal(number)):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", marks.group)
    return f"{MINUS if number < 0 else ''}{grouped}{marks.point + part if part else ''}"


def write_amount(amount: Euro, language: str) -> str:
    """Euro and cents without the sign of the euro, for columns headed `€` and for inputs."""
    return write_decimal(Decimal(str(amount)), language)


def write_euro(amount: Euro, language: str) -> str:
    """`€ 1,234.56` in English, `1 234,56 €` elsewhere; never broken over two lines."""
    digits = write_amount(amount, language)
    return f"€{NO_BREAK}{digits}" if marks_of(language) is ENGLISH else f"{digits}{NO_BREAK}€"


def write_percent(share: Fraction | Decimal, language: str, decimals: int | None = None) -> str:
    """A share as a percentage: all its digits, or rounded half up to a number of them.

    A fraction that never ends (two thirds) is shown to four decimals.
    """
    hundredfold = Fraction(share) * 100
    if decimals is None:
        return write_decimal(_without_rest(hundredfold), language) + f"{NO_BREAK}%"
    return write_decimal(_to_places(hundredfold, decimals), language) + f"{NO_BREAK}%"


def write_millions(amount: Euro, language: str, decimals: int = 1) -> str:
    """Millions of euro, rounded, for labels of plots whose table holds the exact amount."""
    return write_decimal(_to_places(Fraction(amount.cents, 10**8), decimals), language)


def _to_places(number: Fraction, decimals: int) -> Decimal:
    return Decimal(rounded(number * 10**decimals)).scaleb(-decimals)


def _without_rest(number: Fraction) -> Decimal:
    for decimals in range(9):
        if (number * 10**decimals).denominator == 1:
            return _to_places(number, decimals)
    return _to_places(number, 4)


# --- reading -----------------------------------------------------------------------------------


def read_amount(text: str, language: str) -> Euro:
    """Euro and cents from what was typed or pasted; raise Unclear with the sentence to show.

    One mark before exactly three digits is a question ("1.234"), but for the mark this language
    puts between thousands: no amount has three decimals, so English "1,234" has one meaning.
    """
    body = _tidy(_CURRENCY.sub("", text.strip()))
    question = _QUESTION.fullmatch(body.lstrip("-"))
    if question and question["mark"] != marks_of(language).group:
        raise Unclear(_is_it_thousands(text, question))
    number = _number(body, text, grouped=bool(question))
    fits(number, text, decimals=2)
    return Euro.of(number)


def read_decimal(text: str, language: str, *, decimals: int = 6, shown: Decimal | None = None) -> Decimal:
    """A quantity, rate or measure, its digits kept as typed; raise Unclear with the sentence.

    `shown` is the number the page itself had written into the input: sent back unchanged, it is
    read as that number and not asked about, whatever its form.
    """
    body = _tidy(text.strip())
    if shown is not None and body == _tidy(write_decimal(shown, language)):
        return shown
    question = _QUESTION.fullmatch(body.lstrip("-"))
    if question:
        raise Unclear(_which_of_two(text, question, language))
    number = _number(body, text, grouped=False)
    fits(number, text, decimals=decimals)
    return number


def _tidy(text: str) -> str:
    """One kind of space between thousands, one kind of minus, and none of either where it is idle."""
    text = _SPACES.sub(" ", text).strip().replace(MINUS, "-")
    return re.sub(r"^([-+]) ", r"\1", text).removeprefix("+")


def _number(body: str, typed: str, *, grouped: bool) -> Decimal:
    """The exact value of digits whose marks have one meaning; `grouped` says the mark is one of thousands."""
    if not body:
        raise Unclear(sentence(_NOTHING, example=_EXAMPLE))
    sign, digits = ("-", body[1:]) if body.startswith("-") else ("", body)
    digits = digits if len(digits) <= LONGEST else ""
    if _PLAIN.fullmatch(digits) and not grouped:
        return Decimal(sign + digits.replace(",", "."))
    match = _GROUPED.fullmatch(digits)
    if match is None:
        raise Unclear(sentence(_NO_NUMBER, typed=_shortened(typed), example=_EXAMPLE))
    whole, part = next((match[i], match[i + 1]) for i in (1, 3, 5) if match[i])
    return Decimal(sign + re.sub(r"\D", "", whole) + (part or "").replace(",", "."))


def fits(number: Decimal, typed: str, *, decimals: int) -> None:
    """Refuse what a column could not hold exactly."""
    whole, _, part = f"{abs(number):f}".partition(".")
    if len(part) > decimals:
        raise Unclear(sentence(_TOO_FINE, typed=_shortened(typed), decimals=decimals))
    if len(whole) > LARGEST_WHOLE:
        raise Unclear(sentence(_TOO_LARGE, typed=_shortened(typed), digits=LARGEST_WHOLE))


def _is_it_thousands(typed: str, question: re.Match[str]) -> Sentence:
    plain = question["first"] + question["last"]
    return sentence(_THOUSANDS, typed=_shortened(typed), whole=Decimal(plain), plain=plain)


def _which_of_two(typed: str, question: re.Match[str], language: str) -> Sentence:
    first, last = question["first"], question["last"]
    return sentence(
        _TWO_MEANINGS,
        typed=_shortened(typed),
        whole=Decimal(first + last),
        part=Decimal(f"{first}.{last}"),
        plain=first + last,
        longer=f"{first}{marks_of(language).point}{last}0",
    )


def _shortened(text: str) -> str:
    """Enough of what was typed to recognise it in a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"
