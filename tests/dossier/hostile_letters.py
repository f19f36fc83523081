"""Letters made to break whoever looks at them: bombs of pixels, pages, boxes, forms and streams, scripts, damage."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tests.dossier.letters import written

MEBIBYTE = 1024**2
ADLER = 65521  # the prime of the check behind packed bytes
Change = Callable[[Pdf], None]


def changed(*changes: Change, pages: int = 1) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    for change in changes:
        change(pdf)
    target = io.BytesIO()
    pdf.save(target, compress_streams=False)  # or it would unpack the bombs, and pack them into megabytes
    return target.getvalue()


def draws(pdf: Pdf, what: bytes, **resources: Dictionary) -> None:
    page = pdf.pages[0]
    page.Resources = Dictionary(**resources)
    page.Contents = pdf.make_stream(what)


def box(*corners: float) -> Change:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].MediaBox = Array([*corners])

    return change


def pixels(side: int, times: int = 1) -> Change:
    """A picture of so many dots on a side, black, drawn so many times, in a few kilobytes."""

    def change(pdf: Pdf) -> None:
        image = Stream(pdf, zeros(side * side * 3))
        image.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=side, Height=side, BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB, Filter=Array([Name.FlateDecode, Name.FlateDecode]),
        )  # fmt: skip
        draws(pdf, b"500 0 0 500 0 0 cm" + b" /I Do" * times, XObject=Dictionary(I=pdf.make_indirect(image)))

    return change


def zeros(size: int) -> bytes:
    """So many of them and a few more, packed twice: a gigabyte in a few kilobytes."""
    packer = zlib.compressobj(9)
    packed = packer.compress(bytes(MEBIBYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    head, body, times = packed[:2], packed[2:], size // MEBIBYTE + 1
    check = (times * MEBIBYTE % ADLER) << 16 | 1
    return zlib.compress(head + body * times + b"\x03\x00" + check.to_bytes(4, "big"), 9)


def forms(levels: int, times: int) -> Change:
    """Each form draws the one below it so many times."""

    def change(pdf: Pdf) -> None:
        below = pdf.make_stream(b"0 0 9 9 re f")
        for _ in range(levels):
            here = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))
            form = pdf.make_stream(b"/F Do " * times)
            form.stream_dict = Dictionary({**here, "/Resources": Dictionary(XObject=Dictionary(F=below))})
            below = form
        below.stream_dict.Subtype = Name.Form
        draws(pdf, b"/F Do", XObject=Dictionary(F=below))

    return change


def tiles(pdf: Pdf) -> None:
    """A page filled with tiles a thousandth of a point wide."""
    tile = pdf.make_stream(b"0 0 1 1 re f")
    tile.stream_dict = Dictionary(
        Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 1, 1]), XStep=0.001,
        YStep=0.001, Resources=Dictionary(),
    )  # fmt: skip
    draws(pdf, b"/Pattern cs /P scn 0 0 600 800 re f", Pattern=Dictionary(P=pdf.make_indirect(tile)))


def strokes(pdf: Pdf) -> None:
    """Two million strokes, in a few kilobytes."""
    stream = Stream(pdf, zlib.compress(zlib.compress(b"0 0 m 600 800 l S " * 2_000_000, 9), 9))
    stream.stream_dict = Dictionary(Filter=Array([Name.FlateDecode, Name.FlateDecode]))
    pdf.pages[0].Contents = pdf.make_indirect(stream)


def gigabyte(pdf: Pdf) -> None:
    """A page whose instructions are a gigabyte of nothing."""
    stream = Stream(pdf, zeros(1024 * MEBIBYTE))
    stream.stream_dict = Dictionary(Filter=Array([Name.FlateDecode, Name.FlateDecode]))
    pdf.pages[0].Contents = pdf.make_indirect(stream)


def circle(pdf: Pdf) -> None:
    """A tree of pages that holds itself."""
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="while (true) app.alert(1)")


def fetch(pdf: Pdf) -> None:
    """Sends the reader to an address as soon as the page is shown."""
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.SubmitForm, F="http://127.0.0.1/"))


def without_its_table(content: bytes) -> bytes:
    """The list of where the objects lie is gone."""
    return content[: content.rindex(b"xref") - 1].replace(b"startxref", b"") + b"startxref\n99999999\n%%EOF\n"


LETTERS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "half a file": lambda: written()[:700],
    "no table of objects": lambda: without_its_table(written()),
    "random bytes": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "four hundred pages": lambda: changed(pages=400),
    "a page of five kilometres": lambda: changed(box(0, 0, 14_400_000, 14_400_000)),
    "a page as thin as a hair": lambda: changed(box(0, 0, 0.01, 14_400)),
    "a page without a size": lambda: changed(box(0, 0, 0, 0)),
    "a page that is inside out": lambda: changed(box(600, 800, -1e30, -1e30)),
    "a hundred million pixels": lambda: changed(pixels(10_000)),
    "nine hundred million pixels, ten times": lambda: changed(pixels(30_000, times=10)),
    "a form that draws itself a billion times": lambda: changed(forms(9, 10)),
    "endless tiles": lambda: changed(tiles),
    "two million strokes": lambda: changed(strokes),
    "a gigabyte of instructions": lambda: changed(gigabyte),
    "pages in a circle": lambda: changed(circle),
    "a script": lambda: changed(script),
    "a form that sends itself": lambda: changed(fetch),
}
