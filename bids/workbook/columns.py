"""The columns of the sheet of lines, in their order, under the names they have in four languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

MOST_LINES = 5000  # of a workbook, in either direction


class Kind(Enum):
    """What a cell of a column holds."""

    KEY = auto()
    CHOICE = auto()  # one of the things the bid or the call knows, by name
    YEAR = auto()
    TEXT = auto()
    NUMBER = auto()  # a decimal with at most four decimals
    AMOUNT = auto()
    FLAG = auto()
    REFERENCE = auto()  # a line of another bid


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the fact; `titles` its heading by language; `also` other headings it is known by."""

    name: str
    kind: Kind
    width: int
    titles: dict[str, str]
    also: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        return self.titles.get(language, self.titles["en"])


def _column(name: str, kind: Kind, width: int, titles: str, also: str = "") -> Column:
    """Titles are written English / French / Dutch / German."""
    named = dict(zip(("en", "fr", "nl", "de"), (title.strip() for title in titles.split("/")), strict=True))
    return Column(name, kind, width, named, tuple(other.strip() for other in also.split("/") if other))


COLUMNS = (
    _column("key", Kind.KEY, 9, "Line / Ligne / Lijn / Zeile", "Key / Line key / Clé / Sleutel / Schlüssel / Regel"),
    _column("stream", Kind.CHOICE, 16, "Stream / Volet / Luik / Strang"),
    _column("partner", Kind.CHOICE, 18, "Partner / Partenaire / Partner / Partner", "Beneficiary / Bénéficiaire"),
    _column("site", Kind.CHOICE, 16, "Site / Site / Locatie / Standort", "Vestiging"),
    _column(
        "work_package", Kind.CHOICE, 22, "Work package / Lot de travaux / Werkpakket / Arbeitspaket", "WP / Workpackage"
    ),
    _column("category", Kind.CHOICE, 24, "Category / Catégorie / Categorie / Kategorie", "Cost category"),
    _column("year", Kind.YEAR, 7, "Year / Année / Jaar / Jahr"),
    _column(
        "description", Kind.TEXT, 46, "Description / Description / Beschrijving / Beschreibung",
        "Libellé / Omschrijving / Bezeichnung",
    ),
    _column("quantity", Kind.NUMBER, 11, "Quantity / Quantité / Hoeveelheid / Menge", "Aantal / Anzahl / Number"),
    _column("unit", Kind.TEXT, 14, "Unit / Unité / Eenheid / Einheit"),
    _column(
        "unit_cost", Kind.NUMBER, 14, "Unit cost (€) / Coût unitaire (€) / Eenheidskosten (€) / Stückkosten (€)",
        "Unit price / Prix unitaire / Eenheidsprijs / Stückpreis / Einheitskosten",
    ),
    _column(
        "amount", Kind.AMOUNT, 16,
        "Stated amount (€) / Montant indiqué (€) / Opgegeven bedrag (€) / Angegebener Betrag (€)",
        "Amount / Montant / Bedrag / Betrag / Cost / Coût / Kosten",
    ),
    _column(
        "funded_elsewhere", Kind.FLAG, 12,
        "Funded elsewhere / Financé par ailleurs / Elders gefinancierd / Anderweitig finanziert",
    ),
    _column(
        "alternative_of", Kind.REFERENCE, 18,
        "Alternative of / Variante de / Alternatief voor / Alternative zu",
    ),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
VALUES = tuple(column for column in COLUMNS if column.kind is not Kind.KEY)

# Beside them stand what the workbook works out; read again, these are passed over.
FORMULA = {"en": "Formula", "fr": "Formule", "nl": "Formule", "de": "Formel"}
COST = {
    "en": "Computed cost (€)", "fr": "Coût calculé (€)", "nl": "Berekende kosten (€)", "de": "Berechnete Kosten (€)",
}  # fmt: skip


def plain_heading(text: str) -> str:
    """A heading without accents, capitals, signs and brackets: `Coût unitaire (€)` is `cout unitaire`."""
    bare = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", text).casefold())
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", kept))


HEADINGS = {
    plain_heading(heading): column.name for column in COLUMNS for heading in (*column.titles.values(), *column.also)
}
