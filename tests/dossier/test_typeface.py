"""Chapters are set in the typeface that the call names, everything else of a dossier in ours."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import docx
import pytest

from bids.dossier.build import build_pdf
from bids.dossier.contents import sections
from bids.dossier.html import Writer
from bids.dossier.source import Source
from bids.package.part_b import part_b
from bids.rulebook.vocabulary import Typeface
from tests.dossier import sample
from tests.dossier.paper import Paper


def in_typeface(typeface: Typeface) -> Source:
    source = sample.small()
    template = dataclasses.replace(source.call.template, typeface=typeface)
    return dataclasses.replace(source, call=dataclasses.replace(source.call, template=template))


def keys(typeface: Typeface) -> dict[str, str]:
    """Under which keys the sections are kept."""
    source = in_typeface(typeface)
    writer = Writer(source)
    return {section.name: writer.section(section).key() for section in sections(source)}


def test_only_chapters_with_a_text_are_set_anew_in_another_typeface() -> None:
    ours, other = keys(Typeface.ARIMO), keys(Typeface.TINOS)
    assert ours.keys() == other.keys()
    assert [name for name in ours if ours[name] != other[name]] == ["chapter-1", "chapter-3"]


def test_a_dossier_holds_the_typeface_its_call_names(tmp_path: Path) -> None:
    built = build_pdf(in_typeface(Typeface.TINOS))
    assert built.warnings == ()
    fonts = Paper(built.pdf).fonts(tmp_path)
    assert {"Tinos", "Tinos-Bold", "Arimo", "Arimo-Bold"} <= fonts
    assert fonts <= {f"{typeface}{face}" for typeface in Typeface for face in ("", "-Bold", "-Italic", "-BoldItalic")}


@pytest.mark.parametrize(("typeface", "named"), [(Typeface.ARIMO, "Arial"), (Typeface.TINOS, "Times New Roman")])
def test_part_b_names_the_typeface_of_office_programs(typeface: Typeface, named: str) -> None:
    document = docx.Document(io.BytesIO(part_b(in_typeface(typeface))))
    assert document.styles["Normal"].font.name == named
