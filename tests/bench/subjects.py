"""What is measured: the factory of the demonstration, and the same bid with five hundred lines."""

from __future__ import annotations

FACTORY = "BE-AIF-2025"
LARGE, LINES = "BE-BENCH-500", 500
COORDINATOR = "coordinator@demo.tandem.example"
