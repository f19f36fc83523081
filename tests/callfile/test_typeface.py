"""A template may name the typeface of its chapters, among those that lie in this house."""

from __future__ import annotations

from pathlib import Path

import pytest

from bids import callfile
from bids.rulebook.vocabulary import Typeface
from config.env import BASE_DIR

ANTENNA = BASE_DIR / "bids" / "calls" / "HORIZON-JU-EUROHPC-2025-AIFA-01.toml"
OWN = """
[templates.MINE]
version = "1"
sections = [{{ number = "1", title = "Excellence" }}]
source = {{ mark = "HOUSE", cite = "rule of this tool" }}
{typeface}
"""


def a_call(folder: Path, typeface: str) -> Path:
    """The antenna's call with a template of its own."""
    path = folder / "call.toml"
    text = ANTENNA.read_text().replace('template = "HE_RIA_IA"', 'template = "MINE"')
    path.write_text(text + OWN.format(typeface=typeface))
    return path


@pytest.mark.parametrize(
    ("typeface", "read"),
    [("", Typeface.ARIMO), ('typeface = "Arimo"', Typeface.ARIMO), ('typeface = "Tinos"', Typeface.TINOS)],
)
def test_a_template_names_its_typeface_or_has_ours(tmp_path: Path, typeface: str, read: Typeface) -> None:
    assert callfile.read(callfile.load(a_call(tmp_path, typeface))).template.typeface is read


def test_a_typeface_that_is_not_in_the_house_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(callfile.Unreadable) as refused:
        callfile.load(a_call(tmp_path, 'typeface = "Times New Roman"'))
    (problem,) = refused.value.problems
    assert str(problem) == '$.template.typeface: "Times New Roman" is not known here: write one of Arimo, Tinos.'


def test_every_typeface_lies_in_the_house_with_its_licence() -> None:
    for typeface in Typeface:
        folder = BASE_DIR / "static" / "vendor" / typeface.lower()
        faces = {path.name for path in folder.glob("*.ttf")}
        assert faces == {f"{typeface}-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic")}
        assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "LICENSE").read_text()


def test_shipped_calls_keep_ours() -> None:
    assert {call.template.typeface for call in callfile.shipped().values()} == {Typeface.ARIMO}
