"""Pictures on pages: decoded, scaled and compressed once, then reused as they stand."""

import io
import zlib
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, UnidentifiedImageError

from tcf_desktop.base.errors import AppError

MAX_PIXELS = 40_000_000
MAX_SIDE = 600


@dataclass(frozen=True, slots=True)
class Picture:
    """A prepared picture: zlib streams of 8-bit RGB and, where it has one, of its transparency."""

    key: str
    width: int
    height: int
    rgb: bytes
    alpha: bytes | None


@lru_cache(maxsize=8)
def prepare(content: bytes) -> Picture:
    """Decode PNG or JPEG bytes to at most 600 pixels a side. Raises ``pdf.bad_logo``."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise AppError("pdf.bad_logo")
            opened.thumbnail((MAX_SIDE, MAX_SIDE))
            image = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise AppError("pdf.bad_logo") from None
    alpha = image.getchannel("A")
    return Picture(
        key=f"{zlib.crc32(content):08x}{len(content):x}",
        width=image.width,
        height=image.height,
        rgb=zlib.compress(image.convert("RGB").tobytes(), 9),
        alpha=None if alpha.getextrema() == (255, 255) else zlib.compress(alpha.tobytes(), 9),
    )
