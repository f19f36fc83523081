"""What tests of the money pages share: addresses, and forms as a browser sends them back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bids.models import Bid, BudgetLine, Commitment

HTMX = {"HX-Request": "true"}
ROW = ("description", "year", "quantity", "unit_cost")


def address(name: str, bid: Bid, **more: Any) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **more})


def key_of(row: Any) -> str:
    return row.key if row else ""


def cells(line: BudgetLine, **typed: Any) -> dict[str, Any]:
    """The row of a line as the table shows it, with what was typed into it."""
    shown = {name: str(value) if (value := getattr(line, name)) is not None else "" for name in ROW}
    pointers = {name: key_of(getattr(line, name)) for name in ("partner", "site", "work_package")}
    amount = {"amount": str(line.amount)} if line.amount is not None else {}
    return {**shown, **pointers, "category": line.category, "version": line.version, **amount, **typed}


def whole(line: BudgetLine, **typed: Any) -> dict[str, Any]:
    """The whole form of a line, with what was typed into it."""
    return {**cells(line), "stream": line.stream or "", "unit": line.unit, **typed}


def pledge(commitment: Commitment, **typed: Any) -> dict[str, Any]:
    """The form of a commitment, with what was typed into it."""
    standing = {
        "payer": commitment.payer, "kind": commitment.kind, "amount": str(commitment.amount),
        "status": commitment.status, "years": ", ".join(map(str, commitment.years)), "version": commitment.version,
        "document": key_of(commitment.document),
    }  # fmt: skip
    return standing | typed
