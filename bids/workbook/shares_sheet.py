"""The hidden sheet that shares grants out: every partner in every grant stream, in cents (F7 to F9, F13, F14)."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from bids.rulebook.call import StreamScheme
from bids.rulebook.facts import PartnerFacts
from bids.rulebook.money import Rounding
from bids.rulebook.vocabulary import Stream
from bids.workbook import formulas
from bids.workbook.book import Book, cell
from bids.workbook.formulas import half_of
from bids.workbook.lines_sheet import column_of
from bids.workbook.lists_sheet import Class
from bids.workbook.rules_sheet import REQUESTED, Rules
from bids.workbook.share_values import ShareValues

COLUMNS = (
    "stream", "partner", "direct", "base", "indirect", "eligible", "rate", "computed",
    "asked", "all", "asked_guess", "asked_rest", "before_cap",
    "sum", "cap", "guess", "left_over", "floor", "rest", "cents_left", "eu",
)  # fmt: skip
AT = {name: number for number, name in enumerate(COLUMNS)}
LETTER = {name: xl_col_to_name(number) for name, number in AT.items()}


class Shares:
    """Writes the sheet; `rows` tells others where a partner in a stream stands."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self.book, self.rules, self.sheet = book, rules, book.shares
        self.schemes = sorted(
            (each for each in book.call.streams if each.stream.is_grant), key=lambda each: each.stream
        )
        self.partners = sorted(book.facts.partners, key=lambda partner: partner.key)
        self.numbers = {each.key: number for number, each in enumerate(book.facts.partners, 1)}
        self.values = ShareValues(book, self.schemes)
        self.rows: dict[tuple[Stream, str], int] = {}
        self.sums = {name: column_of(book, name) for name in ("cents", "stream_no", "partner_no", "class")}

    def write(self) -> None:
        self.sheet.write_row(0, 0, COLUMNS)
        keys = [(scheme.stream, partner.key) for scheme in self.schemes for partner in self.partners]
        self.rows = {key: row for row, key in enumerate(keys, 1)}
        for scheme in self.schemes:
            for partner in self.partners:
                self._row(scheme, partner)

    def at(self, stream: Stream, partner: str, name: str) -> str:
        """A figure of a partner in a stream, as other sheets name it."""
        return cell(self.sheet, self.rows[stream, partner], AT[name])

    def block(self, stream: Stream, name: str) -> str:
        """A figure of all partners in a stream, as formulas of this sheet name it."""
        rows = [self.rows[stream, partner.key] + 1 for partner in self.partners]
        return f"${LETTER[name]}${rows[0]}:${LETTER[name]}${rows[-1]}"

    def _row(self, scheme: StreamScheme, partner: PartnerFacts) -> None:
        row = self.rows[scheme.stream, partner.key]
        values = self.values.of(scheme, partner)
        written = self._formulas(scheme, partner, {name: f"{letter}{row + 1}" for name, letter in LETTER.items()})
        for name, formula in written.items():
            self.sheet.write_formula(row, AT[name], f"={formula}", None, values[name])
        self.sheet.write_number(row, AT["stream"], self.book.choices.streams.index(scheme.stream) + 1)
        self.sheet.write_number(row, AT["partner"], self.numbers[partner.key])

    def _formulas(self, scheme: StreamScheme, partner: PartnerFacts, here: dict[str, str]) -> dict[str, str]:
        return self._earned(scheme, partner, here) | self._asked(scheme, partner, here) | self._capped(scheme, here)

    def _earned(self, scheme: StreamScheme, partner: PartnerFacts, here: dict[str, str]) -> dict[str, str]:
        """What the costs and the rate give."""
        stream = scheme.stream.value
        rate, indirect = self.rules.rate_of(scheme.stream, partner.kind), self.rules.at[f"{stream}/indirect"]
        return {
            "direct": f"{self._sum(here, Class.COUNTS)}+{here['base']}",
            "base": self._sum(here, Class.IN_BASE),
            "indirect": formulas.part(here["base"], formulas.millionths(indirect), half_of(Rounding.HALF_UP)),
            "eligible": f"{here['direct']}+{here['indirect']}",
            "rate": formulas.millionths(rate),
            "computed": formulas.part(here["eligible"], here["rate"], half_of(scheme.rounding)),
        }

    def _sum(self, here: dict[str, str], of: Class) -> str:
        picked = f"{self.sums['stream_no']},{here['stream']},{self.sums['partner_no']},{here['partner']}"
        return f"SUMIFS({self.sums['cents']},{picked},{self.sums['class']},{int(of)})"

    def _asked(self, scheme: StreamScheme, partner: PartnerFacts, here: dict[str, str]) -> dict[str, str]:
        """A partner that asks for less gets less, over its streams by what each gives (F14)."""
        asked, computed, whole = here["asked"], here["computed"], here["all"]
        others = [each.stream for each in self.schemes if each is not scheme]
        request = cell(self.book.partners, self.numbers[partner.key], REQUESTED)
        guess, rest = here["asked_guess"], here["asked_rest"]
        if not others:
            share = asked
        elif scheme is self.schemes[0]:
            true_rest = f"({formulas.rest(whole, rest)})"
            share = f"{formulas.floor(whole, guess, rest)}+({true_rest}>0)*(2*{true_rest}>={whole})"
        else:
            share = f"{asked}-{LETTER['before_cap']}{self.rows[others[0], partner.key] + 1}"
        both = [f"{LETTER['computed']}{self.rows[each, partner.key] + 1}" for each in others]
        return {
            "asked": f"IF(ISNUMBER({request}),{formulas.cents(request)},-1)",
            "all": "+".join([computed, *both]),
            "asked_guess": formulas.estimate(f"MAX({asked},0)", computed, whole),
            "asked_rest": formulas.rest_of_estimate(f"MAX({asked},0)", computed, whole, guess),
            "before_cap": f"IF(OR({asked}<0,{asked}>={whole}),{computed},{share})",
        }

    def _capped(self, scheme: StreamScheme, here: dict[str, str]) -> dict[str, str]:
        """The cap of a stream, over its partners by what they get before it; last cents to the largest rests (F14)."""
        cap, whole, mine = here["cap"], here["sum"], here["rest"]
        rests, first = self.block(scheme.stream, "rest"), self.rows[scheme.stream, self.partners[0].key] + 1
        before = f"SUMPRODUCT(({rests}>{mine})+({rests}={mine})*(ROW({rests})<ROW({mine})))"
        limit = self.rules.at.get(f"{scheme.stream.value}/cap")
        cut = f"{here['floor']}+({before}<{here['cents_left']})"
        start = (f"MAX({cap},0)", here["before_cap"], whole)
        return {
            "sum": f"SUM({self.block(scheme.stream, 'before_cap')})",
            "cap": f"IF(ISNUMBER({limit}),{formulas.cents(limit)},-1)" if limit else "-1",
            "guess": formulas.estimate(*start),
            "left_over": formulas.rest_of_estimate(*start, here["guess"]),
            "floor": formulas.floor(whole, here["guess"], here["left_over"]),
            "rest": formulas.rest(whole, here["left_over"]),
            "cents_left": f"{LETTER['cap']}{first}-SUM({self.block(scheme.stream, 'floor')})",
            "eu": f"IF(OR({cap}<0,{whole}<={cap}),{here['before_cap']},{cut})",
        }
