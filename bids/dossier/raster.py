"""The pages of an annexed PDF as pictures: nothing of a foreign file but its looks enters the dossier.

Runs in the press. A page of text is kept without loss in few shades, which is small; one that would
be larger than its allowance (a scan, a photograph) becomes a JPEG, coarser until it fits.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from bids.dossier.addresses import Address

DOTS_PER_INCH = 200
POINTS_PER_INCH = 72
LONGEST_SIDE = 4000  # dots: beyond A3 a page is shown in fewer dots
FEWER_DOTS = 150
SHADES = 16  # of each channel
LEAST_TINT = 24  # by which the channels of a dot must differ to call the page coloured
COARSER = ((200, 70), (200, 45), (150, 45), (110, 40), (80, 35), (60, 25))  # dots per inch, JPEG quality


class NotShown(Exception):
    """This page can't be made into a picture."""


def picture(asked: Address, letter: Path) -> tuple[str, bytes]:
    """The picture of a page: its kind and its bytes."""
    try:
        return _encode(_render(letter, asked.page, asked.pages), asked.kilobytes * 1000)
    except pypdfium2.PdfiumError as problem:
        raise NotShown(f"page {asked.page} of {letter.name}: {problem}") from problem


def _render(path: Path, number: int, pages: int) -> Image.Image:
    with pypdfium2.PdfDocument(path) as letter:
        if len(letter) != pages:
            raise NotShown(f"{path.name} has {len(letter)} pages, {pages} were counted")
        page = letter[number - 1]
        dots = max(page.get_size()) * DOTS_PER_INCH / POINTS_PER_INCH
        scale = DOTS_PER_INCH / POINTS_PER_INCH * min(1, LONGEST_SIDE / dots)
        shown = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        return shown if _is_coloured(shown) else shown.convert("L")


def _is_coloured(page: Image.Image) -> bool:
    """Looks at a small copy: a page of text may have blue ink, a scan of one the tint of its paper."""
    red, green, blue = page.resize((page.width // 4 or 1, page.height // 4 or 1)).split()
    apart = (ImageChops.difference(*pair) for pair in ((red, green), (green, blue), (red, blue)))
    return any(each.point([int(by >= LEAST_TINT) for by in range(256)]).getbbox() for each in apart)


def _encode(page: Image.Image, most: int) -> tuple[str, bytes]:
    """In few shades and no loss of detail if that fits, else as the first JPEG that does, else as the coarsest."""
    if _could_be_drawn(page, most):
        for dots in (DOTS_PER_INCH, FEWER_DOTS):
            found = _saved(_in_few_shades(_with_dots(page, dots)), "PNG")
            if len(found) <= most:
                return "image/png", found
    for dots, quality in COARSER:
        found = _saved(_with_dots(page, dots), "JPEG", quality=quality, optimize=True)
        if len(found) <= most:
            break
    return "image/jpeg", found


def _could_be_drawn(page: Image.Image, most: int) -> bool:
    """Whether it is worth trying without loss: judged by a strip of the page, so that a scan costs no time."""
    strips = 8
    middle = _in_few_shades(page.crop((0, page.height // 4, page.width, page.height // 4 + page.height // strips)))
    return len(zlib.compress(middle.tobytes(), 1)) * strips <= 3 * most


def _with_dots(page: Image.Image, dots: int) -> Image.Image:
    if dots == DOTS_PER_INCH:
        return page
    return page.resize((page.width * dots // DOTS_PER_INCH or 1, page.height * dots // DOTS_PER_INCH or 1))


def _in_few_shades(page: Image.Image) -> Image.Image:
    step = 255 / (SHADES - 1)
    return page.point([round(round(shade / step) * step) for shade in range(256)] * len(page.getbands()))


def _saved(page: Image.Image, form: str, **options: int) -> bytes:
    target = BytesIO()
    page.save(target, form, **options)
    return target.getvalue()
