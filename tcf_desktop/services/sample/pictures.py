"""A few photos and papers of customers, drawn when the sample business is built."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tcf_desktop.services.file_store import FileStore
    from tcf_desktop.services.sample.book import Book, Client, Days

_SIZE: Final = (640, 480)
_SKY: Final = (171, 205, 233)
_WALL: Final = (201, 190, 172)
_FRAME: Final = (244, 244, 240)
_DIRT: Final = (120, 110, 92)
_CARPET: Final = (176, 158, 134)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store and where it belongs."""

    who: str
    name: str
    caption: str
    mime: str
    days_ago: int
    sha256: str
    size: int
    deleted: bool = False


# Who, name, caption, what is drawn, days ago, whether it lies in the trash.
_FILES: Final = (
    ("hartmann", "stairwell-before.png", "Stairwell pane before", "dirty", 183, False),
    ("hartmann", "stairwell-after.png", "Stairwell pane after", "clean", 183, False),
    ("prairie", "waiting-room.png", "Scratch was there before us", "scratch", 61, False),
    ("novak", "living-room-spot.png", "Spot beside the piano", "carpet", 300, False),
    ("falls_park", "parking.txt", "Where to park and where the water is", "text", 40, False),
    ("olson", "blurred.png", "", "dirty", 20, True),
)
_PARKING: Final = (
    "Falls Park Condos\n\nPark on the north lot, not in front of the garages.\n"
    "Water: hydrant at the north side of Bldg 3, key at the office of Bldg 1.\n"
    "Tenants get a notice two days ahead.\n"
)


def keep(store: FileStore, seed: int) -> list[Kept]:
    """Draw the files and put them into the store."""
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        for who, name, caption, what, days_ago, deleted in _FILES:
            mime = "text/plain" if what == "text" else "image/png"
            content = _PARKING.encode() if what == "text" else _draw(what, f"{seed}:{name}")
            path = Path(folder) / name
            path.write_bytes(content)
            _said, sha256, size = store.take_in(path, lambda _copy: "")
            kept.append(Kept(who, name, caption, mime, days_ago, sha256, size, deleted))
    return kept


def write(book: Book, days: Days, cast: dict[str, Client], kept: list[Kept], today: date) -> None:
    """The records that name the files."""
    for file in kept:
        client = cast[file.who]
        at = days.at(today - timedelta(days=file.days_ago), 640)
        book.add(
            "attachments", client.id, client.spots[0].id, None, file.name, file.caption, file.mime,
            file.sha256, file.size, at, at + 90_000 if file.deleted else None,
        )  # fmt: skip


def _draw(what: str, seed: str) -> bytes:
    """A picture as PNG; small, and the same for the same seed."""
    from PIL import Image, ImageDraw, ImageFilter

    rng = Random(seed)
    image = Image.new("RGB", _SIZE, _CARPET if what == "carpet" else _WALL)
    pen = ImageDraw.Draw(image)
    if what == "carpet":
        for x in range(0, _SIZE[0], 16):
            shade = rng.randrange(-6, 7)
            pen.rectangle((x, 0, x + 15, _SIZE[1]), fill=tuple(part + shade for part in _CARPET))
        pen.ellipse((250, 190, 390, 300), fill=(122, 84, 62))
        pen.ellipse((360, 250, 420, 300), fill=(140, 104, 80))
        image = image.filter(ImageFilter.GaussianBlur(4))
    else:
        for left, top in ((70, 60), (340, 60), (70, 250), (340, 250)):
            pen.rectangle((left - 14, top - 14, left + 244, top + 184), fill=_FRAME)
            pen.rectangle((left, top, left + 230, top + 170), fill=_SKY)
            pen.polygon(
                (
                    (left + 40, top + 170),
                    (left + 130, top),
                    (left + 170, top),
                    (left + 80, top + 170),
                ),
                fill=(206, 227, 243),
            )
        if what == "dirty":
            for _ in range(260):
                x, y = rng.randrange(70, 570), rng.randrange(60, 420)
                radius = rng.randrange(2, 9)
                pen.ellipse((x, y, x + radius, y + radius), fill=_DIRT)
            image = image.filter(ImageFilter.GaussianBlur(2))
        if what == "scratch":
            pen.line(((390, 90), (470, 150), (500, 210)), fill=(250, 250, 250), width=3)
    with io.BytesIO() as out:
        image.quantize(64).save(out, "PNG", optimize=True)
        return out.getvalue()
