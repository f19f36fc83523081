"""What stories about the numbers of a call have in common: addresses, and what the form sends."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from bids.actions import call_numbers as acts
from bids.models import Call, NumbersChange
from tests.factories import FACTORY_CALL

CAP = "streams/services/eu_cap"
RATE = "streams/services/action/rate"
SOURCED = {"mark": "SEEN", "source": "S40", "cite": "Call text, page 12", "note": "", "confidence": ""}
READ = {"mark": "SEEN", "source": "S40", "cite": "Call text, page 12"}


def page(name: str = "numbers/", call: str = FACTORY_CALL) -> str:
    return f"/desk/bids/call/{call}/{name}"


def typed(*numbers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What the form of these numbers sends."""
    said: dict[str, Any] = {"base": 1, "reason": "The call text says so.", "look": ""}
    for position, number in enumerate(numbers):
        said |= {f"n{position}-{name}": value for name, value in (SOURCED | number).items()}
    return said | more


def send(client: Any, *places: str, call: str = FACTORY_CALL, **said: Any) -> Any:
    query = "&".join(f"number={place}" for place in places)
    return client.post(f"{page('numbers/change/', call)}?{query}", said)


def proposed(call: Call, by: User, edits: Any = None) -> NumbersChange:
    wanted = edits or {CAP: {"value": "12000000.00", **READ}}
    seen = call.version_in_force().number
    return acts.propose(call, wanted, seen=seen, reason="The call text says so.", by=by)
