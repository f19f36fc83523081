"""What an applicant writes for a call: sections, annexes, tables, and how the paper looks."""

from __future__ import annotations

from bids.callfile.table import Table, titles
from bids.callfile.values import each, flag, identifier, text, whole, word
from bids.rulebook.call import Annex, Formatting, PartA, Section, Template
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import Language, Typeface


def template(table: Table) -> Template:
    """The outline of the written bid."""
    with table:
        sections = tuple(_section(entry) for entry in table.tables("sections", by="number"))
        if not sections:
            table.refuse("sections", sentence(gettext_noop("A template needs at least one section.")))
        return Template(
            id=table.must("id", identifier, ""),
            version=table.must("version", text, ""),
            sections=sections,
            annexes=tuple(_annex(entry) for entry in table.tables("annexes", by="id")),
            tables=tuple(_numbered(entry) for entry in table.tables("tables", by="number")),
            figures=table.get("figures", each(text), ()),
            formatting=_formatting(table.table("formatting")),
            typeface=table.get("typeface", word(Typeface), Typeface.ARIMO),
            source=table.source(),
        )


def _section(table: Table) -> Section:
    with table:
        return Section(
            number=table.must("number", identifier, ""),
            title=table.must("title", text, ""),
            titles=titles(table),
            pages=table.get("pages", whole, None),
            optional=table.get("optional", flag, False),
            criterion=table.get("criterion", identifier, ""),
            languages=table.get("languages", each(word(Language)), ()),
            heading_only=table.get("heading_only", flag, False),
        )


def _annex(table: Table) -> Annex:
    with table:
        return Annex(
            id=table.must("id", identifier, ""),
            title=table.must("title", text, ""),
            titles=titles(table),
            mandatory=table.get("mandatory", flag, False),
        )


def _numbered(table: Table) -> tuple[str, str]:
    with table:
        return table.must("number", identifier, ""), table.must("title", text, "")


def _formatting(table: Table) -> Formatting:
    with table:
        return Formatting(
            page=table.must("page", text, "A4"),
            margin_mm_min=table.must("margin_mm_min", whole, 15),
            body_font=table.must("body_font", text, ""),
            body_pt_min=table.must("body_pt_min", whole, 11),
            table_pt_min=table.must("table_pt_min", whole, 11),
            other_pt_min=table.must("other_pt_min", whole, 8),
            fonts_embedded=table.must("fonts_embedded", flag, True),
            source=table.source(),
        )


def part_a(table: Table) -> PartA:
    """The limits of Part A, each with its own source."""
    with table:
        return PartA(
            title_chars=table.sourced("title_chars", whole, 200),
            title_forbidden=table.sourced("title_forbidden", each(text), ()),
            keywords_chars=table.sourced("keywords_chars", whole, 200),
            abstract_chars=table.sourced("abstract_chars", whole, 2000),
            acronym_chars=table.sourced("acronym_chars", whole, 20),
            pic_digits=table.sourced("pic_digits", whole, 9),
        )
