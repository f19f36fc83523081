"""What is drawn on the pages of a long table. Heights are turned round here: a PDF counts from below."""

from __future__ import annotations

from dataclasses import dataclass, field

from bids.dossier.long.pages import HEIGHT, Box, Line

FONTS = {"Regular": "/R", "Bold": "/B", "Italic": "/I"}


@dataclass(slots=True)
class Page:
    """What is drawn on one page, and which tag each piece of it belongs to."""

    number: int
    behind: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)

    def say(self, role: str, owner: int, drawn: str) -> int:
        """Draw something that belongs to a tag; its number on the page."""
        self.owners.append(owner)
        piece = len(self.owners) - 1
        self.drawn.append(f"/{role} <</MCID {piece}>> BDC\n{drawn}EMC\n")
        return piece

    def contents(self) -> str:
        """Everything that is drawn, in the order in which it covers what was before."""
        repeated = f"/Artifact <</Type/Pagination>> BDC\n{''.join(self.repeated)}EMC\n" if self.repeated else ""
        return f"/Artifact BMC\n{''.join(self.behind)}EMC\n{repeated}{''.join(self.drawn)}"


def lines_of(box: Box, y: float) -> str:
    """The lines of a cell, numbers against its right edge; `y` is where the first one begins."""
    if not box.is_number:
        return text_of(box.lines, box.x, y)
    return "".join(
        text_of([line], box.x + box.room - line.width, y + number * line.style.line)
        for number, line in enumerate(box.lines)
    )


def text_of(lines: list[Line], x: float, y: float) -> str:
    """Lines below each other; each may have its own style."""
    drawn = []
    for line in lines:
        style = line.style
        spacing, after = (f"{style.spacing} Tc ", "0 Tc ") if style.spacing else ("", "")
        drawn.append(
            f"BT {style.colour} rg {FONTS[style.face]} {style.size:g} Tf {spacing}"
            f"{x:.2f} {HEIGHT - y - style.baseline:.2f} Td <{line.code}> Tj {after}ET\n"
        )
        y += style.line
    return "".join(drawn)


def rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"{x:.2f} {HEIGHT - y - height:.2f} {width:.2f} {height:.2f} re"
