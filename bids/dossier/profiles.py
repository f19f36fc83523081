"""The standards every dossier keeps, by the names the validator has for them."""

from __future__ import annotations

STANDARDS = {"3a": "PDF/A-3a", "ua1": "PDF/UA-1"}
