"""What lies inside a dossier: the bid it was made from, to the byte, and its budget to compute with."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
from typing import Any

import openpyxl
import pytest

from bids import bidfile, snapshot
from bids.dossier.enclosures import enclosed
from bids.dossier.source import Source
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import DossierKind, Language
from tests.dossier import sample
from tests.dossier.paper import Paper

TAKEN = "D:20250612093000Z"


def content(spec: Any) -> bytes:
    data: bytes = spec["/EF"]["/F"].get_object().get_data()
    return data


def frozen(**changes: Any) -> Source:
    """A round as it is stored: its text, and the digest of that."""
    source = sample.small(**changes)
    text = snapshot.canonical(source.facts)
    return dataclasses.replace(source, text=text, digest=snapshot.digest(text), revision=7)


def test_a_round_carries_its_bid_file_and_its_budget(paper: Paper) -> None:
    files = paper.enclosed()
    assert list(files) == ["bid.json", "budget.xlsx"]
    bid, budget = files.values()
    assert (bid["/AFRelationship"], budget["/AFRelationship"]) == ("/Data", "/Source")
    assert (bid["/Desc"], budget["/Desc"]) == (
        "The bid as a bid file", "The budget as a workbook, with its formulas",
    )  # fmt: skip
    assert [spec.get_object() for spec in paper.reader.trailer["/Root"]["/AF"]] == [bid, budget]


def test_each_file_says_its_kind_size_digest_and_date(paper: Paper) -> None:
    kinds = {
        "bid.json": "/application/json",
        "budget.xlsx": "/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    for name, spec in paper.enclosed().items():
        stream = spec["/EF"]["/F"].get_object()
        told, data = stream["/Params"], stream.get_data()
        assert (spec["/F"], spec["/UF"], stream["/Subtype"]) == (name, name, kinds[name])
        assert (told["/Size"], told["/ModDate"], told["/CreationDate"]) == (len(data), TAKEN, TAKEN)
        assert told["/CheckSum"].original_bytes == hashlib.md5(data, usedforsecurity=False).digest()


def test_the_bid_file_can_be_read_back(paper: Paper) -> None:
    assert bidfile.read(content(paper.enclosed()["bid.json"])) == sample.small_bid()


def test_the_bid_file_is_the_text_whose_digest_stands_on_the_pages() -> None:
    source = frozen()
    (bid, _) = enclosed(source).files
    assert hashlib.sha256(bid.content).hexdigest() == source.digest
    assert json.loads(bid.content)["acronym"] == "SMALL"


def test_the_workbook_has_the_lines_of_the_bid(paper: Paper) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(content(paper.enclosed()["budget.xlsx"])))["Budget lines"]
    told = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert [key for key in ("L001", "L002", "L003") if key not in told] == []


@pytest.mark.parametrize("kind", [kind for kind in DossierKind if kind is not DossierKind.RECEIPT])
def test_every_dossier_carries_both(kind: DossierKind) -> None:
    files = enclosed(frozen(kind=kind, language=Language.NL)).files
    assert [file.name for file in files] == ["bid.json", "budget.xlsx"]


def test_a_receipt_of_one_page_carries_nothing() -> None:
    assert enclosed(frozen(kind=DossierKind.RECEIPT)).files == ()


def test_the_same_budget_gives_the_same_workbook() -> None:
    first, second = enclosed(frozen()).files[1], enclosed(frozen()).files[1]
    assert first.content == second.content


def test_a_budget_that_fits_no_workbook_is_told_and_stops_nothing() -> None:
    line = dataclasses.replace(sample.small_bid().budget[1], amount=Euro.of("20000000000.00"))
    source = sample.small(sample.small_bid(budget=(line,)))
    found = enclosed(source)
    assert [file.name for file in found.files] == ["bid.json"]
    assert [str(warning) for warning in found.warnings] == [
        "The budget is not enclosed as a workbook: The amounts are larger than a spreadsheet keeps to the cent "
        "(ten billion euro). Export the bid file instead."
    ]
