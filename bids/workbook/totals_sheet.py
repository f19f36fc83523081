"""The sheet of totals: the bid, its streams and its partners, worked out anew whenever a line is changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from bids import wording
from bids.rulebook.call import StreamScheme
from bids.rulebook.funding import CapexShare, GrantShare, MachineShare, PartnerShare
from bids.rulebook.funding.trace import MISSING
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from bids.workbook import formulas
from bids.workbook.book import Book, cell
from bids.workbook.formulas import ALMOST_ONE, half_of
from bids.workbook.guard import guarded
from bids.workbook.lines_sheet import column_of
from bids.workbook.lists_sheet import Class
from bids.workbook.rules_sheet import Rules
from bids.workbook.shares_sheet import Shares

CENTS = 8  # the first of the hidden columns that hold the same figures in cents

Figure = tuple[str, Euro]  # a formula in cents, and what it comes to

_NO = Euro()
_NO_MACHINE = MachineShare(_NO, _NO, _NO, _NO, _NO, _NO)
_NO_CAPEX = CapexShare(_NO, _NO, _NO, _NO)
_NO_GRANT = GrantShare(_NO, _NO, _NO, _NO, None, _NO, None, _NO, False)


class Totals:
    """Writes the sheet from the top; every figure is worked out in cents at the side and shown in euro."""

    def __init__(self, book: Book, rules: Rules, shares: Shares) -> None:
        self.book, self.rules, self.shares, self.sheet, self.row = book, rules, shares, book.totals, 0
        self.lines = {name: column_of(book, name) for name in ("cents", "stream_no", "partner_no", "class")}

    def write(self) -> None:
        self.sheet.set_column(0, 0, 46)
        self.sheet.set_column(1, CENTS - 1, 17)
        self.sheet.set_column(CENTS, CENTS + CENTS, 15, None, {"hidden": True})
        title = f"{self.book.facts.reference} {self.book.facts.title}".strip()
        self.sheet.write_string(0, 0, guarded(title), self.book.looks["title"])
        self.row = 2
        bid_row = self.row
        self.row += 12  # kept free for the whole bid, which adds up what stands below it
        streams = {scheme.stream: self._stream(scheme) for scheme in self.book.call.streams}
        self._partners()
        self.row = bid_row
        self._bid(streams)

    def figures(self, name: str, figures: Sequence[Figure], look: str = "euro") -> list[str]:
        """A row of figures; gives back their cells in cents."""
        self.sheet.write_string(self.row, 0, name, self.book.looks["bold" if look == "sum" else "text"])
        cells = []
        for number, (formula, value) in enumerate(figures, 1):
            at = cell(self.sheet, self.row, CENTS + number)
            self.sheet.write_formula(self.row, CENTS + number, f"={formula}", None, value.cents)
            self.sheet.write_formula(self.row, number, f"={at}/100", self.book.looks[look], value.cents / 100)
            cells.append(at)
        self.row += 1
        return cells

    def _sum(self, **picked: int) -> str:
        """What lines cost that are picked by class, stream and partner."""
        chosen = "".join(f",{self.lines[name]},{number}" for name, number in picked.items())
        return f"SUMIFS({self.lines['cents']}{chosen})"

    # --- the streams ---

    def _stream(self, scheme: StreamScheme) -> list[str]:
        """Total and Union's part of a stream, as cells."""
        share = self.book.money.streams.get(scheme.stream.value)
        if scheme.stream is Stream.MACHINE:
            return self._machine(scheme, share if isinstance(share, MachineShare) else _NO_MACHINE)
        if scheme.stream is Stream.CAPEX:
            return self._capex(scheme, share if isinstance(share, CapexShare) else _NO_CAPEX)
        return self._grant(scheme, share if isinstance(share, GrantShare) else None)

    def _machine(self, scheme: StreamScheme, share: MachineShare) -> list[str]:
        self._head(wording.word(scheme.stream), _("Cost"), _("Union pays"), _("Others pay"))
        buying = self._group(scheme, Class.ACQUISITION, share.acquisition, share.eu_acquisition)
        running = self._group(scheme, Class.OPERATION, share.operation, share.eu_operation)
        total, eu = (f"{one}+{other}" for one, other in zip(buying[:2], running[:2], strict=True))
        return self._close(total, share.total, eu, share.eu)

    def _group(self, scheme: StreamScheme, of: Class, cost: Euro, eu: Euro) -> list[str]:
        """Acquisition or operation, each at its own rate."""
        title, name = {
            Class.ACQUISITION: (_("Acquisition"), "acquisition"),
            Class.OPERATION: (_("Operation"), "operation"),
        }[of]
        here = [cell(self.sheet, self.row, CENTS + number) for number in (1, 2)]
        paid = formulas.part(here[0], formulas.millionths(self.rules.at[name]), half_of(scheme.rounding))
        all_costs = self._sum(stream_no=self._number(scheme.stream), **{"class": int(of)})
        return self.figures(title, [(all_costs, cost), (paid, eu), (f"{here[0]}-{here[1]}", cost - eu)])

    def _capex(self, scheme: StreamScheme, share: CapexShare) -> list[str]:
        self._head(wording.word(scheme.stream), _("Cost"), _("Union pays"), _("Others pay"))
        cost = self._sum(stream_no=self._number(scheme.stream), **{"class": int(Class.COUNTS)})
        here = cell(self.sheet, self.row, CENTS + 1)
        paid = formulas.part(here, formulas.millionths(self.rules.at["capex/rate"]), half_of(scheme.rounding))
        cells = self._close(cost, share.total, paid, share.eu)
        match = self.rules.at.get("capex/match")
        least = formulas.part(cells[1], formulas.millionths(match), ALMOST_ONE) if match else "0"
        self.row -= 1
        self.figures(_("Least the States pay"), [(least, share.states_min)])
        self.row += 1
        return cells

    def _grant(self, scheme: StreamScheme, share: GrantShare | None) -> list[str]:
        self._head(
            wording.word(scheme.stream), _("Direct"), _("Indirect"), _("Eligible"), _("Union pays"), _("Others pay")
        )
        found = share or _NO_GRANT
        values = (found.direct, found.indirect, found.total, found.eu)
        names = ("direct", "indirect", "eligible", "eu")
        sums = [self._of_all(scheme.stream, name) for name in names]
        last = cell(self.sheet, self.row, CENTS + 3), cell(self.sheet, self.row, CENTS + 4)
        figures = [*zip(sums, values, strict=True), (f"{last[0]}-{last[1]}", found.total - found.eu)]
        cells = self.figures(_("Total"), figures, "sum")
        self.row += 1
        return [cells[2], cells[3], cells[1]]

    def _of_all(self, stream: Stream, name: str) -> str:
        """A figure of a grant stream, summed over its partners."""
        partners = self.shares.partners
        if not partners:
            return "0"
        first, last = (self.shares.at(stream, partner.key, name) for partner in (partners[0], partners[-1]))
        return f"SUM({first}:{last.rpartition('!')[2]})"

    def _close(self, total: str, cost: Euro, eu: str, paid: Euro) -> list[str]:
        """The total of a stream without indirect costs."""
        here = [cell(self.sheet, self.row, CENTS + number) for number in (1, 2)]
        figures = [(total, cost), (eu, paid), (f"{here[0]}-{here[1]}", cost - paid)]
        cells = self.figures(_("Total"), figures, "sum")
        self.row += 1
        return cells[:2]

    def _number(self, stream: Stream) -> int:
        return self.book.choices.streams.index(stream) + 1

    def _head(self, *titles: str) -> None:
        self.book.head(self.sheet, self.row, [titles[0], *(f"{title} (€)" for title in titles[1:])])
        self.row += 1

    # --- the partners ---

    def _partners(self) -> None:
        """Grants in the first five columns; what a partner costs in the other streams apart."""
        self._head(
            _("Partner"), _("Direct"), _("Indirect"), _("Eligible"), _("Union pays"), _("Others pay"),
            _("Other streams"),
        )  # fmt: skip
        for partner in self.book.facts.partners:
            share = self.book.money.partners[partner.key]
            self._partner(self.book.choices.label("partner", partner.key), partner.key, share)
        nobody = self.book.money.partners.get(MISSING, PartnerShare())
        words = [("0", Euro())] * 5
        self.figures(_("No partner"), [*words, (self._others(0), nobody.machine_total)])

    def _partner(self, name: str, key: str, share: PartnerShare) -> None:
        grants = [scheme.stream for scheme in self.shares.schemes]
        values = {"direct": share.direct, "indirect": share.indirect, "eligible": share.eligible, "eu": share.eu}
        figures = [
            ("+".join(self.shares.at(stream, key, figure) for stream in grants) or "0", value)
            for figure, value in values.items()
        ]
        here = cell(self.sheet, self.row, CENTS + 3), cell(self.sheet, self.row, CENTS + 4)
        figures.append((f"{here[0]}-{here[1]}", share.national))
        figures.append((self._others(self.shares.numbers[key]), share.machine_total))
        self.figures(guarded(name), figures)

    def _others(self, partner: int) -> str:
        """The cost of a partner in streams that are no grants."""
        others = [stream for stream in self.book.choices.streams if not stream.is_grant]
        classes = f',{self.lines["class"]},"<{int(Class.COMPARED)}"'
        sums = [self._sum(partner_no=partner, stream_no=self._number(stream))[:-1] + classes + ")" for stream in others]
        return "+".join(sums) or "0"

    # --- the bid ---

    def _bid(self, streams: dict[Stream, list[str]]) -> None:
        money = self.book.money
        self._head(_("The whole bid"), _("Amount"))
        direct = f'SUMIFS({self.lines["cents"]},{self.lines["class"]},"<{int(Class.COMPARED)}")'
        indirect = [cells[2] for cells in streams.values() if len(cells) > 2]
        total = self._figure(_("Total cost"), "+".join([direct, *indirect]), money.total)
        self._figure(_("Eligible cost"), _added(cells[0] for cells in streams.values()), money.eligible)
        eu = self._figure(_("Contribution of the Union"), _added(cells[1] for cells in streams.values()), money.eu)
        self._share(total, eu, money.eu_share)
        elsewhere = self._figure(_("Funded elsewhere"), self._sum(**{"class": int(Class.ELSEWHERE)}), money.elsewhere)
        rest = f"{total}-{eu}-{elsewhere}"
        own = formulas.cents(self.rules.at["signed/other"])
        other = self._figure(_("Own means, equity and loans"), f"MIN({rest},{own})", money.other)
        national = self._figure(_("National share"), f"{rest}-{other}", money.national)
        signed = self._figure(_("Signed"), formulas.cents(self.rules.at["signed/national"]), money.signed)
        self._figure(_("Not signed for yet"), f"MAX(0,{national}-{signed})", money.uncovered)
        self._uncounted()

    def _figure(self, name: str, formula: str, value: Euro) -> str:
        return self.figures(name, [(formula, value)])[0]

    def _share(self, total: str, eu: str, share: Decimal | None) -> None:
        self.sheet.write_string(self.row, 0, _("Share of the Union"), self.book.looks["text"])
        formula = f'=IF({total}>0,ROUND({eu}/{total},6),"")'
        self.sheet.write_formula(self.row, 1, formula, self.book.looks["rate"], "" if share is None else float(share))
        self.row += 1

    def _uncounted(self) -> None:
        """Rows that somebody inserted without the formulas that make them count here."""
        words = _("Lines without formulas, which are not counted on this sheet")
        self.sheet.write_string(self.row, 0, words, self.book.looks["note"])
        filled = "+".join(f"ISNUMBER({column_of(self.book, name)})" for name in ("amount", "quantity"))
        formula = f"=SUMPRODUCT((({filled})>0)*(1-ISNUMBER({self.lines['cents']})))"
        self.sheet.write_formula(self.row, 1, formula, self.book.looks["year"], 0)


def _added(cells: Iterable[str]) -> str:
    return "+".join(cells) or "0"
