"""A page of plain text as a PDF, written by hand so that the same words give the same bytes.

Only for specimen letters: no clock, no library, no font file. Dossiers have their own engine.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

WIDTH, HEIGHT, MARGIN = 595, 842, 62  # A4 in points
COLUMNS = 84  # characters a line of 11 pt Helvetica holds between the margins, whatever the letters
LEADING = 15
LOWEST = 120  # below this line stands the note


def letter(title: str, paragraphs: Sequence[str], note: str, stamp: str) -> bytes:
    """One A4 page (more when the text needs it) with a title, paragraphs, a note and a pale stamp across."""
    pages = list(_pages(paragraphs))
    content = [
        _drawing(title, lines, note, stamp, f"{number} / {len(pages)}") for number, lines in enumerate(pages, start=1)
    ]
    return _document(title, content)


def _pages(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    room = (HEIGHT - MARGIN - 70 - LOWEST) // LEADING
    lines: list[str] = []
    for paragraph in paragraphs:
        wrapped = [*textwrap.wrap(paragraph, COLUMNS), ""]
        if len(lines) + len(wrapped) > room:
            yield lines
            lines = []
        lines += wrapped
    yield lines


def _drawing(title: str, lines: Sequence[str], note: str, stamp: str, number: str) -> bytes:
    """The operators of one page: stamp first, so that the words lie over it."""
    slanted = f"0.9 g BT /F2 88 Tf 0.743 0.669 -0.669 0.743 150 230 Tm ({_escaped(stamp)}) Tj ET 0 g"
    head = _block([*textwrap.wrap(title, 56)], font="F2", size=15, top=HEIGHT - MARGIN, leading=19)
    body = _block(lines, font="F1", size=11, top=HEIGHT - MARGIN - 70, leading=LEADING)
    foot = _block([*textwrap.wrap(note, 110), number], font="F1", size=8, top=90, leading=11)
    return "\n".join((slanted, head, body, foot)).encode("cp1252")


def _block(lines: Sequence[str], *, font: str, size: int, top: int, leading: int) -> str:
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    return f"BT /{font} {size} Tf {leading} TL {MARGIN} {top} Td\n{shown}\nET"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _document(title: str, contents: Sequence[bytes]) -> bytes:
    """Catalogue, fonts, information and one page object with its stream per page."""
    first_page = 6
    kids = " ".join(f"{first_page + 2 * index} 0 R" for index in range(len(contents)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
        f"<< /Title <FEFF{title.encode('utf-16-be').hex().upper()}> >>".encode(),
    ]
    for index, content in enumerate(contents):
        objects += [_page(first_page + 2 * index + 1), _stream(content)]
    return _file(objects)


def _page(content: int) -> bytes:
    fonts = "<< /F1 3 0 R /F2 4 0 R >>"
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
        f"/Resources << /Font {fonts} >> /Contents {content} 0 R >>"
    ).encode()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects in order, the table of where each begins, and the trailer."""
    body = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    )
