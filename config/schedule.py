"""What happens by itself, and how often; each task lives in `bids/clock.py` and may run twice without harm."""

from __future__ import annotations

from typing import Any

BY_ITSELF: dict[str, dict[str, Any]] = {}
