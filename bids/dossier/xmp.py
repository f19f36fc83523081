"""What a PDF says of itself, as an XMP packet: which standards it keeps, and who made what, when.

Two standards at once, PDF/A-3a for archives and PDF/UA-1 for everybody. PDF/A allows the second
claim only where the packet also describes it (the extension schema), and wants the packet readable
as it lies in the file: the stream that holds it must not be compressed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of a packet, each on one line; `date` is UTC, to the second, with a Z."""

    title: str
    language: str
    producer: str
    author: str = ""
    subject: str = ""
    date: str = ""

    @classmethod
    def of(cls, **facts: str) -> Told:
        """Typed words may hold anything; a packet may not, and the file's information must say the same."""
        return cls(**{name: " ".join(NOT_IN_XML.sub(" ", words).split()) for name, words in facts.items()})

    @property
    def pdf_date(self) -> str:
        """The same moment as the file's information writes it; both must agree."""
        return "D:" + "".join(letter for letter in self.date if letter.isdigit()) + "Z"


def packet(told: Told) -> bytes:
    """The packet of a file that keeps PDF/A-3a and PDF/UA-1; the same facts give the same bytes."""
    said = {name: escape(getattr(told, name)) for name in ("title", "language", "producer")}
    author = _AUTHOR.format(author=escape(told.author)) if told.author else ""
    subject = _SUBJECT.format(subject=escape(told.subject)) if told.subject else ""
    dates = _DATES.format(date=escape(told.date)) if told.date else ""
    return _PACKET.format(**said, author=author, subject=subject, dates=dates).encode()


_AUTHOR = """
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"""
_SUBJECT = """
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>"""
_DATES = """<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate></rdf:Description>
"""

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{author}{subject}
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>
{dates}<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
