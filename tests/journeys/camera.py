"""Takes pictures of pages: the whole page up to a sensible height, in few colours, and none anew without a reason."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

TALLEST = 2400  # px: enough to judge a page by
COLOURS = 64
# A moved minute or another digest is no reason for a new picture.
SAME_ENOUGH = 0.001  # of all points
VISIBLE = 24  # of 255


def picture_of(page: Any, width: int) -> Image.Image:
    """The page as it stands, bars at the bottom where a reader would see them, in as few colours as it needs."""
    height = page.evaluate("document.documentElement.scrollHeight")
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": max(before["height"], min(height, TALLEST))})
    page.evaluate("document.fonts.ready")
    shot = page.screenshot(animations="disabled", caret="hide")
    page.set_viewport_size(before)
    return Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


def keep(picture: Image.Image, path: Path) -> bool:
    """Write it, unless the one that is there looks the same; whether it was written."""
    if path.exists() and look_the_same(Image.open(path), picture):
        return False
    picture.save(path, optimize=True)
    return True


def look_the_same(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return False
    apart = ImageChops.difference(one.convert("L"), other.convert("L")).point(lambda level: 255 * (level > VISIBLE))
    return apart.histogram()[255] <= SAME_ENOUGH * one.width * one.height
