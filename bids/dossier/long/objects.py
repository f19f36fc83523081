"""The objects of a PDF: numbered, packed, written with their table of contents."""

from __future__ import annotations

import zlib

from bids.dossier.long.face import Face


class Objects:
    """The objects of a PDF, numbered from 1 as they are added."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def add(self, body: str | bytes = b"") -> int:
        self.bodies.append(body.encode() if isinstance(body, str) else body)
        return len(self.bodies)

    def put(self, number: int, body: str) -> None:
        """Say what an object is that others had to know before."""
        self.bodies[number - 1] = body.encode()

    def stream(self, content: bytes, entries: str = "") -> int:
        packed = zlib.compress(content, 6)
        told = f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode()
        return self.add(told + packed + b"\nendstream")

    def written(self, root: int) -> bytes:
        parts, places, at = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], [], 15
        for number, body in enumerate(self.bodies, start=1):
            part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
            places.append(b"%010d 00000 n \n" % at)
            parts.append(part)
            at += len(part)
        size = len(self.bodies) + 1
        table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
        trailer = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, at)
        return b"".join([*parts, table, trailer])

    def font(self, face: Face) -> int:
        """A face with the letters that were used."""
        font = face.embedded()
        file = self.stream(font.program, f"/Length1 {len(font.program)}")
        letters = self.stream(font.letters)
        descriptor = self.add(
            f"<</Type/FontDescriptor/FontName/{font.name}/Flags 4/FontBBox[{font.box}]/ItalicAngle {font.slant}"
            f"/Ascent {font.ascent}/Descent {font.descent}/CapHeight {font.cap_height}/StemV 80/FontFile2 {file} 0 R>>"
        )
        glyphs = self.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{font.name}/DW 0/W[{font.widths}]/CIDToGIDMap/Identity"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R>>"
        )
        return self.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{font.name}/Encoding/Identity-H"
            f"/DescendantFonts[{glyphs} 0 R]/ToUnicode {letters} 0 R>>"
        )
