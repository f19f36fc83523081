"""What is measured: the factory of the demonstration, and the same bid with its lines repeated."""

from __future__ import annotations

FACTORY = "BE-AIF-2025"
LARGE, HUGE = "BE-BENCH-500", "BE-BENCH-5000"
LINES = {LARGE: 500, HUGE: 5_000}
COORDINATOR = "coordinator@demo.tandem.example"
