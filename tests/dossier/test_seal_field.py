"""The place for a seal: there on what is sealed, without size, and told to a screen reader."""

from __future__ import annotations

from typing import Any

from bids.dossier.seal_field import SEAL_FIELD
from tests.dossier.paper import Paper


def fields(paper: Paper) -> list[Any]:
    form = paper.reader.trailer["/Root"].get("/AcroForm", {})
    return [field.get_object() for field in form.get("/Fields", [])]


def test_a_round_has_one_empty_field_for_its_seal(paper: Paper) -> None:
    (field,) = fields(paper)
    assert (field["/FT"], field["/T"]) == ("/Sig", SEAL_FIELD)
    assert "/V" not in field
    assert list(field["/Rect"]) == [0, 0, 0, 0]
    assert field["/TU"] == "Electronic seal of this dossier"
    assert field["/F"] == 132  # printed, locked


def test_the_field_is_the_last_thing_that_is_read(paper: Paper) -> None:
    (field,) = fields(paper)
    root = paper.reader.trailer["/Root"]["/StructTreeRoot"]
    last = root["/K"][0]["/K"][-1].get_object()
    assert (last["/S"], last["/Alt"]) == ("/Form", "Electronic seal of this dossier")
    assert last["/K"][0]["/Obj"].get_object() == field
    numbers = list(root["/ParentTree"]["/Nums"])
    assert numbers[numbers.index(field["/StructParent"]) + 1].get_object() == last
    assert paper.reader.pages[-1]["/Annots"][-1].get_object() == field
    assert paper.reader.pages[-1]["/Tabs"] == "/S"


def test_a_draft_has_no_place_for_a_seal(draft_paper: Paper) -> None:
    assert fields(draft_paper) == []
