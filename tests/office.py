"""LibreOffice without a window, which opens our files: which parts of it are here, and how they are asked."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
SECONDS = 120


@dataclass(frozen=True)
class Part:
    """A part of the office: what it is called, its library beside the program, the package of Debian that brings it."""

    called: str
    library: str
    package: str

    @property
    def program(self) -> str | None:
        """The office that has this part, if it is here."""
        return SOFFICE if SOFFICE and (Path(SOFFICE).resolve().parent / self.library).exists() else None

    @property
    def missing(self) -> str:
        return f"it is not installed (apt-get install {self.package})"

    @property
    def needed(self) -> pytest.MarkDecorator:
        """Skips a test where the part is missing; with TANDEM_ALL=1 the test runs, and fails."""
        is_left_out = self.program is None and os.environ.get("TANDEM_ALL") != "1"
        return pytest.mark.skipif(is_left_out, reason=f"{self.called}: {self.missing}")


CALC = Part("the spreadsheet", "libsclo.so", "libreoffice-calc-nogui")
WRITER = Part("the word processor", "libswlo.so", "libreoffice-writer-nogui")


def converted(files: Iterable[Path], into: str, folder: Path) -> dict[str, bytes]:
    """These files, opened and saved as another kind; by the names they had, without their endings.

    `folder` is one of the test's own: the office keeps its settings there, too.
    """
    out = folder / "out"
    home = f"-env:UserInstallation=file://{folder}/office"
    command = [SOFFICE or "soffice", home, "--headless", "--convert-to", into, "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=SECONDS)
    return {path.stem: path.read_bytes() for path in out.iterdir()}
