"""Re-create `static/vendor` and `tests/vendor`: what others made, pinned, unpacked, hashed.

Run by `make vendor`; only this file needs Node, and the application never runs it. Versions change
here and nowhere else. Nothing is edited by hand afterwards: `HASHES` proves it in the tests.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HASHES = ROOT / "static" / "vendor" / "HASHES"
FOLDERS = ("static/vendor", "tests/vendor")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One package: where it goes, and which of its files under which name."""

    folder: str
    package: str
    version: str
    files: dict[str, str]  # name here → path in the package


PARCELS = (
    Parcel(
        "static/vendor/designsystemet",
        "@digdir/designsystemet-css",
        "1.22.0",
        {"designsystemet.css": "dist/src/index.css", "LICENSE": "LICENSE"},
    ),
    Parcel("static/vendor/htmx", "htmx.org", "2.0.11", {"htmx.min.js": "dist/htmx.min.js", "LICENSE": "LICENSE"}),
    Parcel(
        "static/vendor/source-sans-3",
        "@fontsource-variable/source-sans-3",
        "5.3.0",
        {
            "latin.woff2": "files/source-sans-3-latin-wght-normal.woff2",
            "latin-italic.woff2": "files/source-sans-3-latin-wght-italic.woff2",
            "latin-ext.woff2": "files/source-sans-3-latin-ext-wght-normal.woff2",
            "latin-ext-italic.woff2": "files/source-sans-3-latin-ext-wght-italic.woff2",
            "LICENSE": "LICENSE",
        },
    ),
    Parcel(
        "static/vendor/arimo",
        "@expo-google-fonts/arimo",
        "0.4.3",
        {
            "Arimo-Regular.ttf": "400Regular/Arimo_400Regular.ttf",
            "Arimo-Italic.ttf": "400Regular_Italic/Arimo_400Regular_Italic.ttf",
            "Arimo-Bold.ttf": "700Bold/Arimo_700Bold.ttf",
            "Arimo-BoldItalic.ttf": "700Bold_Italic/Arimo_700Bold_Italic.ttf",
            "LICENSE": "LICENSE_FONT",
        },
    ),
    Parcel(
        "static/vendor/tinos",
        "@expo-google-fonts/tinos",
        "0.4.2",
        {
            "Tinos-Regular.ttf": "400Regular/Tinos_400Regular.ttf",
            "Tinos-Italic.ttf": "400Regular_Italic/Tinos_400Regular_Italic.ttf",
            "Tinos-Bold.ttf": "700Bold/Tinos_700Bold.ttf",
            "Tinos-BoldItalic.ttf": "700Bold_Italic/Tinos_700Bold_Italic.ttf",
            "LICENSE": "LICENSE_FONT",
        },
    ),
    Parcel(
        "tests/vendor/axe",
        "axe-core",
        "4.14.0",
        {"axe.min.js": "axe.min.js", "LICENSE": "LICENSE", "LICENSE-3RD-PARTY.txt": "LICENSE-3RD-PARTY.txt"},
    ),
)

THEME_MAKER = ("@digdir/designsystemet", "1.15.0")
THEME = {
    "outDir": "./design-tokens",
    "themes": {
        "tandem": {
            "colors": {"main": {"accent": "#0b4f8a"}, "support": {"navy": "#0b3d6b"}, "neutral": "#1e2b3c"},
            "typography": {"fontFamily": "Source Sans 3"},
            "borderRadius": 4,
        }
    },
}


def main() -> None:
    """Fetch every parcel, make the theme, write the hashes, and say which files changed."""
    before = HASHES.read_text().splitlines() if HASHES.exists() else []
    with tempfile.TemporaryDirectory() as folder:
        for parcel in PARCELS:
            unpack(parcel, Path(folder))
        make_theme(Path(folder))
    HASHES.write_text("".join(f"{line}\n" for line in hashes()))
    changed = sorted({line.split("  ")[1] for line in set(before) ^ set(HASHES.read_text().splitlines())})
    sys.stderr.write("\n".join(changed or ["nothing changed"]) + "\n")


def unpack(parcel: Parcel, workshop: Path) -> None:
    """Put the wanted files of one package in place of what stood there, with its version."""
    spec = f"{parcel.package}@{parcel.version}"
    answer = run(workshop, "npm", "pack", "--json", "--silent", spec)
    archive = workshop / str(json.loads(answer)[0]["filename"])
    target = ROOT / parcel.folder
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with tarfile.open(archive) as tar:
        for name, path in parcel.files.items():
            member = tar.extractfile(f"package/{path}")
            if member is None:
                raise SystemExit(f"{spec} holds no file {path}")
            (target / name).write_bytes(member.read())
    (target / "VERSION").write_text(f"{parcel.package} {parcel.version}\n")


def make_theme(workshop: Path) -> None:
    """Let the maker compute our colours, light and dark; mend the font name it leaves unquoted."""
    package, version = THEME_MAKER
    (workshop / "designsystemet.config.json").write_text(json.dumps(THEME))
    for step in ("create", "build"):
        run(workshop, "npx", "--yes", f"{package}@{version}", "tokens", step)
    css = (workshop / "design-tokens-build" / "tandem.css").read_text()
    css = css.replace("--ds-font-family: Source Sans 3;", '--ds-font-family: "Source Sans 3";')
    target = ROOT / "static" / "vendor" / "designsystemet"
    (target / "theme.css").write_text(css)
    with (target / "VERSION").open("a") as record:
        record.write(f"theme.css: made by {package} {version}\n")


def run(folder: Path, *command: str) -> str:
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def hashes() -> list[str]:
    """One line per vendored file, as `sha256sum` writes and checks them."""
    return [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(ROOT).as_posix()}"
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path != HASHES
    ]


if __name__ == "__main__":
    main()
