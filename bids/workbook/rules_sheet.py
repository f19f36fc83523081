"""The sheets of partners, and of the rates and rules that the totals are worked out with, each beside its source."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from bids import wording
from bids.rulebook.call import StreamScheme
from bids.rulebook.funding import grounds
from bids.rulebook.funding.commitments import is_signed
from bids.rulebook.funding.machine import groups
from bids.rulebook.money import Euro, Rounding
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import PartnerKind, Stream
from bids.workbook.book import Book, cell
from bids.workbook.guard import guarded

REQUESTED = 6  # the column of what a partner asks for


def write_partners(book: Book) -> None:
    """One row per partner; lines name it by the first column."""
    titles = [_("Partner"), _("Key"), _("Legal name"), _("Role"), _("Kind"), _("Country"), _("Asks at most (€)")]
    book.head(book.partners, 0, titles)
    for row, each in enumerate(book.facts.partners, 1):
        words = (
            book.choices.label("partner", each.key), each.key, guarded(each.name),
            wording.word(each.role), wording.word(each.kind), each.country,
        )  # fmt: skip
        for column, text in enumerate(words):
            book.partners.write_string(row, column, text, book.looks["text" if column == 2 else "plain"])
        if each.requested_eu is not None:
            book.partners.write_number(row, REQUESTED, each.requested_eu.cents / 100, book.looks["euro"])
    for column, width in enumerate((22, 16, 40, 22, 30, 9, 16)):
        book.partners.set_column(column, column, width)
    book.partners.freeze_panes(1, 1)


class Rules:
    """Writes the rules and remembers in which cell each of them stands."""

    def __init__(self, book: Book) -> None:
        self.book, self.sheet = book, book.rules
        self.row = 0
        self.at: dict[str, str] = {}

    def write(self) -> None:
        self.sheet.set_column(0, 0, 58)
        self.sheet.set_column(1, 1, 18)
        self.sheet.set_column(2, 2, 62)
        self.sheet.write_string(0, 0, _("Rates and rules"), self.book.looks["title"])
        words = _("%(rule_set)s. What is changed here moves the totals of this workbook and is not read back.")
        self.sheet.write_string(1, 0, words % {"rule_set": self.book.call.rule_set}, self.book.looks["note"])
        self.row = 3
        for scheme in self.book.call.streams:
            self._stream(scheme)
        self._signed()

    def _stream(self, scheme: StreamScheme) -> None:
        self.book.head(self.sheet, self.row, [wording.word(scheme.stream), "", _("Source")])
        self.row += 1
        match scheme.stream:
            case Stream.MACHINE:
                self._machine(scheme)
            case Stream.CAPEX:
                source = grounds.of_stream(scheme, grounds.GIGAFACTORY).cite
                self._rate("capex/rate", _("Most the Union pays"), scheme.rate_max, source)
                if scheme.state_match_min_of_eu is not None:
                    words = _("Least the States pay, of what the Union pays")
                    self._rate("capex/match", words, scheme.state_match_min_of_eu, source)
            case _:
                self._grant(scheme)
        self._rounding(scheme)
        self.row += 1

    def _machine(self, scheme: StreamScheme) -> None:
        """What the bid asks for, the most the call pays, and what is therefore applied."""
        source = grounds.of_stream(scheme, grounds.MACHINE).cite
        named = {"acquisition": _("Acquisition"), "operation": _("Operation")}
        for group in groups(scheme, self.book.facts.rates, Euro(), Euro()):
            asked = group.most if group.asked is None else group.asked
            name = {"group": named[group.name]}
            self._rate(f"{group.name}/most", _("%(group)s: the most the call pays") % name, group.most, source)
            self._rate(f"{group.name}/asked", _("%(group)s: what the bid asks for") % name, asked, "")
            self._applied(group.name, _("%(group)s: what is applied") % name, group.rate)

    def _applied(self, group: str, words: str, rate: Fraction) -> None:
        self.sheet.write_string(self.row, 0, words, self.book.looks["text"])
        formula = f"=MIN({self.at[f'{group}/most']},{self.at[f'{group}/asked']})"
        self.sheet.write_formula(self.row, 1, formula, self.book.looks["rate"], float(rate))
        self._remember(group)

    def _grant(self, scheme: StreamScheme) -> None:
        stream, source = scheme.stream.value, grounds.of_rate(scheme).cite
        usual = _("Rate of the Union")
        self._rate(f"{stream}/rate", usual, scheme.rate or Fraction(0), source)
        for kind in PartnerKind:
            if kind.value in scheme.rates_by_kind:
                words = f"{usual}: {wording.word(kind)}"
                self._rate(f"{stream}/rate/{kind.value}", words, scheme.rates_by_kind[kind.value], source)
        model = scheme.cost_model
        self._rate(
            f"{stream}/indirect", _("Indirect costs, of their base"), model.indirect_rate,
            grounds.of_indirect(model).cite,
        )  # fmt: skip
        if model.indirect_excluded:
            self._note(_("Outside the base of indirect costs"), ", ".join(model.indirect_excluded))
        if scheme.eu_cap is not None:
            self._amount(f"{stream}/cap", _("Most the Union pays for this stream (€)"), scheme.eu_cap, scheme)

    def _rounding(self, scheme: StreamScheme) -> None:
        words = _("half up to the cent") if scheme.rounding is Rounding.HALF_UP else _("down to the cent")
        self._note(_("The part of the Union is rounded"), words)

    def _signed(self) -> None:
        """Who pays the rest, as far as it is signed today."""
        money = self.book.money
        self.book.head(self.sheet, self.row, [_("Signed commitments"), "", ""])
        self.row += 1
        own = Euro.total(
            each.amount for each in self.book.facts.commitments
            if not each.kind.is_national and is_signed(each, self.book.today)
        )  # fmt: skip
        self._amount("signed/other", _("Own means, equity and loans (€)"), own)
        self._amount("signed/national", _("For the national share (€)"), money.signed)

    def _rate(self, name: str, words: str, rate: Fraction | None, source: str) -> None:
        self.sheet.write_string(self.row, 0, words, self.book.looks["text"])
        self.sheet.write_number(self.row, 1, float(rate or 0), self.book.looks["rate"])
        self.sheet.write_string(self.row, 2, wording.say(Sentence(source)) if source else "", self.book.looks["note"])
        self._remember(name)

    def _amount(self, name: str, words: str, amount: Euro, scheme: StreamScheme | None = None) -> None:
        self.sheet.write_string(self.row, 0, words, self.book.looks["text"])
        self.sheet.write_number(self.row, 1, amount.cents / 100, self.book.looks["euro"])
        if scheme is not None:
            cite = wording.say(Sentence(grounds.of_cap(scheme).cite))
            self.sheet.write_string(self.row, 2, cite, self.book.looks["note"])
        self._remember(name)

    def _note(self, words: str, value: str) -> None:
        self.sheet.write_string(self.row, 0, words, self.book.looks["text"])
        self.sheet.write_string(self.row, 1, value, self.book.looks["plain"])
        self.row += 1

    def _remember(self, name: str) -> None:
        self.at[name] = cell(self.sheet, self.row, 1)
        self.row += 1

    def rate_of(self, stream: Stream, kind: PartnerKind) -> str:
        """The cell of the rate for a partner of this kind."""
        return self.at.get(f"{stream.value}/rate/{kind.value}", self.at[f"{stream.value}/rate"])
