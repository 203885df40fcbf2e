"""The sample business's logo, drawn when it is built."""

from __future__ import annotations

import io
from typing import Final

_SIZE: Final = 256
_FINER: Final = 4  # drawn so many times larger, then reduced, for smooth edges
_CORNER: Final = 56
_BLUE: Final = (26, 95, 180, 255)
_WHITE: Final = (255, 255, 255, 255)
_TICK: Final = ((74, 134), (112, 172), (186, 90))
_WIDTH: Final = 26


def draw() -> bytes:
    """A PNG, 256 pixels square: a white tick on a blue pane with round corners."""
    from PIL import Image, ImageDraw

    side = _SIZE * _FINER
    image = Image.new("RGBA", (side, side), (26, 95, 180, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), _CORNER * _FINER, fill=_BLUE)
    points = [(x * _FINER, y * _FINER) for x, y in _TICK]
    pen.line(points, fill=_WHITE, width=_WIDTH * _FINER)
    radius = _WIDTH * _FINER // 2
    for x, y in points:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_WHITE)
    small = image.resize((_SIZE, _SIZE), Image.Resampling.LANCZOS)
    with io.BytesIO() as out:
        small.save(out, "PNG", optimize=True)
        return out.getvalue()
