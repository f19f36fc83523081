"""What a workbook of ours carries unseen: whose it is, how old, and how every line stood when it was made."""

from __future__ import annotations

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bids.rulebook.facts import CostFact
from bids.workbook.cells import plain_line

SHEET = "_tandem"
FAMILY = "tandem-workbook/"
FORMAT = f"{FAMILY}1"
PIECE = 30_000  # characters of a cell
LARGEST = 30_000_000  # characters of what is packed

Standing = dict[str, dict[str, str]]  # lines by key, each cell in its plain form


@dataclass(frozen=True, slots=True)
class Stamp:
    """`digest` is that of the lines; `partners` names whose lines are in the workbook, None for all."""

    reference: str
    revision: int
    digest: str
    language: str
    lines_sheet: str
    partners: tuple[str, ...] | None = None
    labels: dict[str, dict[str, str]] = field(default_factory=dict)  # what cells showed, to keys
    base: Standing | None = None


def standing_of(lines: Iterable[CostFact]) -> Standing:
    return {line.key: plain_line(line) for line in lines}


def digest_of(standing: Standing) -> str:
    """One digest for one state of the lines, in whatever order they stand."""
    return hashlib.sha256(json.dumps(standing, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def as_cells(stamp: Stamp) -> list[str]:
    """The stamp as texts, one for each row of its sheet."""
    head = {
        "reference": stamp.reference, "revision": stamp.revision, "digest": stamp.digest, "language": stamp.language,
        "lines_sheet": stamp.lines_sheet, "partners": stamp.partners,
    }  # fmt: skip
    body = json.dumps({"labels": stamp.labels, "base": stamp.base}, ensure_ascii=False)
    packed = b64encode(zlib.compress(body.encode())).decode()
    return [FORMAT, json.dumps(head), *(packed[at : at + PIECE] for at in range(0, len(packed), PIECE))]


def from_cells(cells: Sequence[str]) -> Stamp | None:
    """The stamp of a workbook; None where it is none of ours. What was tampered with is left out."""
    if len(cells) < 2 or cells[0] != FORMAT:
        return None
    try:
        head = json.loads(cells[1])
        stamp = Stamp(
            reference=str(head["reference"]), revision=int(head["revision"]), digest=str(head["digest"]),
            language=str(head["language"]), lines_sheet=str(head["lines_sheet"]),
            partners=None if head["partners"] is None else tuple(map(str, head["partners"])),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return None
    return _with_body(stamp, "".join(cells[2:]))


def _with_body(stamp: Stamp, packed: str) -> Stamp:
    """The same with the lines as they stood, if these are still what the digest says."""
    try:
        opened = zlib.decompressobj()
        text = opened.decompress(b64decode(packed, validate=True), LARGEST)
        body = json.loads(text)
        base, labels = _texts(body["base"]), _texts(body["labels"])
    except (NotBase64, zlib.error, ValueError, TypeError, KeyError, AttributeError):
        return stamp
    whole = digest_of(base) == stamp.digest
    return Stamp(
        stamp.reference, stamp.revision, stamp.digest, stamp.language, stamp.lines_sheet, stamp.partners,
        labels if whole else {}, base if whole else None,
    )  # fmt: skip


def _texts(value: Mapping[str, Mapping[str, str]]) -> Standing:
    return {str(key): {str(name): str(text) for name, text in inner.items()} for key, inner in value.items()}
