"""Sites and the lines between them: added, revised, dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bids.actions.changing import changing
from bids.actions.inside import Entries, save_with_inside
from bids.models import Bid, Link, Site

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


def drop_site(site: Site, *, seen: int, by: User) -> None:
    """Take a site out; raises `InUse` while lines or links point at it."""
    with changing(site.bid, by=by) as change:
        change.remove(site, expected=seen)


def add_link(bid: Bid, values: Mapping[str, Any], *, by: User) -> Link:
    with changing(bid, by=by) as change:
        return change.add(Link(key=change.free_key(Link, "X"), **values))


def revise_link(link: Link, changes: Mapping[str, Any], *, seen: int, by: User) -> Link:
    with changing(link.bid, by=by) as change:
        return change.save(link, changes, expected=seen)


def drop_link(link: Link, *, seen: int, by: User) -> None:
    with changing(link.bid, by=by) as change:
        change.remove(link, expected=seen)
