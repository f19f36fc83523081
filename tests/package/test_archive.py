"""Archives that any system unpacks, however large what goes into them."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

from bids.package.archive import CHUNK, Member, file_names, pack

MIB = 1024 * 1024


def test_names_are_kept_where_every_system_takes_them() -> None:
    assert file_names(["letter-federal", "Mandate.2", "console"]) == {
        "letter-federal": "letter-federal", "Mandate.2": "Mandate.2", "console": "console",
    }  # fmt: skip


def test_names_of_devices_and_names_that_differ_in_capitals_alone_are_changed() -> None:
    assert file_names(["CON", "nul.signed", "com1", "Letter", "letter", "LETTER", "letter_"]) == {
        "CON": "_CON", "nul.signed": "_nul.signed", "com1": "_com1",
        "Letter": "Letter", "letter": "letter_", "LETTER": "LETTER__", "letter_": "letter___",
    }  # fmt: skip


def test_a_large_letter_costs_a_few_chunks_of_memory(tmp_path: Path) -> None:
    letter, archive = tmp_path / "letter.pdf", tmp_path / "all.zip"
    with letter.open("wb") as file:
        file.truncate(64 * MIB)
    tracemalloc.start()
    with archive.open("w+b") as into:
        (packed,) = pack([Member("letter.pdf", letter)], into)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert packed.size == 64 * MIB
    assert archive.stat().st_size > packed.size
    assert peak < 4 * CHUNK


def test_the_bytes_do_not_depend_on_when_and_where(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"same")
    from_disk, from_memory = io.BytesIO(), io.BytesIO()
    list(pack([Member("one.txt", tmp_path / "a")], from_disk))
    list(pack([Member("one.txt", b"same")], from_memory))
    assert from_disk.getvalue() == from_memory.getvalue()
