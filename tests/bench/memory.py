"""How much memory a process ever held."""

from __future__ import annotations

from pathlib import Path


def peak_of(process: Path) -> int:
    """In MiB; what the process that started it held before is not counted."""
    status = (process / "status").read_text()
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) // 1024
