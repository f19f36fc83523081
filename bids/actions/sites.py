"""Sites with what stands there: added, revised. Dropping one is `rows.drop`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bids.actions.changing import changing
from bids.actions.inside import Entries, save_with_inside
from bids.models import Bid, Site

if TYPE_CHECKING:
    from accounts.models import User


def add_site(bid: Bid, values: Mapping[str, Any], inside: Entries, *, by: User) -> Site:
    """A new site with its phases and machines; its key is the next free one."""
    with changing(bid, by=by) as change:
        site = change.add(Site(key=change.free_key(Site, "S"), **values))
        return save_with_inside(change, site, {}, inside, expected=site.version)


def revise_site(site: Site, changes: Mapping[str, Any], inside: Entries, *, seen: int, by: User) -> Site:
    """Write a site as a person left it; raises `Stale` where somebody else saved it meanwhile."""
    with changing(site.bid, by=by) as change:
        return save_with_inside(change, site, changes, inside, expected=seen)
