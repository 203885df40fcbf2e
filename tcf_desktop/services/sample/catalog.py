"""Prices, taxes, crews and workers of the sample business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from tcf_desktop.domain.money import PRICE_SCALE
from tcf_desktop.services.sample.book import Book, Line

WINDOWS: Final = "windows"
CARPET: Final = "carpet"
LAWN: Final = "lawn"
TRADES: Final = (WINDOWS, CARPET, LAWN)


class _Service(NamedTuple):
    key: str
    name: str
    unit: str
    price_cents: int
    minutes: int
    description: str = ""
    taxable: bool = True


_SERVICES: Final = (
    _Service("win_io", "Windows inside + out", "pane", 450, 2,
             "Glass, frames wiped, screens brushed"),
    _Service("win_out", "Windows outside", "pane", 275, 1),
    _Service("win_in", "Windows inside", "pane", 250, 1),
    _Service("storefront", "Storefront glass", "pane", 600, 3, "Both sides, doors included"),
    _Service("lobby", "Lobby and entrance glass", "hour", 9000, 60),
    _Service("side", "Building exterior, one side", "side", 10500, 45,
             "Water-fed pole up to the fourth floor"),
    _Service("screens", "Screens washed", "screen", 150, 1),
    _Service("tracks", "Tracks and sills", "window", 200, 1),
    _Service("hard_water", "Hard-water stains removed", "pane", 650, 4),
    _Service("gutters", "Gutters cleaned", "foot", 110, 1),
    _Service("room", "Carpet, room", "room", 7500, 35, "Up to 200 square feet, hot water"),
    _Service("stairs", "Carpet, stairs", "flight", 6000, 30),
    _Service("whole_house", "Carpet, whole house", "house", 46500, 180, "Up to six rooms"),
    _Service("commercial", "Commercial carpet", "sq ft", 34, 0, "Low moisture, dry in two hours"),
    _Service("sofa", "Sofa", "piece", 15000, 60),
    _Service("rug", "Area rug", "piece", 8000, 30),
    _Service("tile", "Tile and grout", "sq ft", 95, 0),
    _Service("protector", "Carpet protector", "house", 5000, 15),
    _Service("deodorizer", "Deodorizer", "visit", 3000, 5),
    _Service("spots", "Spot treatment", "spot", 1500, 10),
    _Service("pets", "Pet treatment", "room", 4500, 15),
    _Service("mow", "Mowing and trimming", "visit", 4500, 40),
    _Service("mow_large", "Mowing, large lot", "visit", 8000, 75),
    _Service("edging", "Edging", "100 ft", 2000, 10),
    _Service("fertilizer", "Fertilizer and weed control", "visit", 6200, 25),
    _Service("aeration", "Aeration", "visit", 9500, 50),
    _Service("shrubs", "Shrub trimming", "hour", 5800, 60),
    _Service("leaves", "Leaf cleanup", "hour", 6000, 60),
    _Service("landfill", "Landfill fee, passed on", "load", 1200, 0, taxable=False),
    _Service("snow", "Snow, drive and walks", "visit", 5500, 30),
    _Service("snow_lot", "Snow, parking lot", "visit", 16500, 70, "From two inches on"),
)  # fmt: skip

# (name, trade, workers); everything after the third exists in the large business only.
CREWS: Final = (
    ("Windows A", WINDOWS, ("Marcus Reed", "Dee Wallace")),
    ("Carpet B", CARPET, ("Ana Flores", "Tyler Brandt")),
    ("Lawn C", LAWN, ("Luis Ortega",)),
)
FREE_WORKER: Final = "Jo Petersen"


_BY_PANE: Final = frozenset({"win_io", "win_out", "win_in", "storefront"})
_TREATS: Final = frozenset({"fertilizer", "mow_large"})  # large lots with weed control
_BY_AREA: Final = frozenset({"commercial", "tile"})
_CHURCH_PRICES: Final = (("commercial", 30), ("lobby", 8000), ("sofa", 12500), ("pets", 3500))
_NIGHT_PRICES: Final = (("commercial", 40), ("lobby", 11000), ("tile", 115), ("rug", 9500))


class Catalog:
    """Row ids of taxes, services, measures and price lists, and lines made of services."""

    def __init__(self, book: Book) -> None:
        self.panes = book.add("measures", "Panes", "panes", 0)
        self.area = book.add("measures", "Carpet and tile", "sq ft", 1)
        self.stories = book.add("measures", "Stories", "", 2)
        self.measure_of: dict[int, int] = {}  # of services whose quantity it fills
        self.city_tax = book.add("taxes", "Sioux Falls 6.2 %")
        self.city_parts = (("South Dakota", 42_000), ("Sioux Falls", 20_000))
        self.state_tax = book.add("taxes", "South Dakota 4.2 %")
        self.state_parts = (("South Dakota", 42_000),)
        for tax_id, parts in (
            (self.city_tax, self.city_parts),
            (self.state_tax, self.state_parts),
        ):
            for position, (name, rate) in enumerate(parts):
                book.add("tax_parts", tax_id, position, name, rate)
        self._services: dict[str, tuple[int, _Service]] = {}
        for position, item in enumerate(_SERVICES):
            service_id = book.add(
                "services", item.name, item.description, item.unit,
                item.price_cents * PRICE_SCALE, item.minutes, int(item.taxable), position,
                self._measure(item.key), int(item.key in _TREATS),
            )  # fmt: skip
            self._services[item.key] = (service_id, item)
            measure_id = self._measure(item.key)
            if measure_id is not None:
                self.measure_of[service_id] = measure_id
        self.church_list = self._price_list(book, "Churches and nonprofits", 0, _CHURCH_PRICES)
        self.night_list = self._price_list(book, "Night and weekend work", 1, _NIGHT_PRICES)

    def _measure(self, key: str) -> int | None:
        return self.panes if key in _BY_PANE else self.area if key in _BY_AREA else None

    def _price_list(
        self, book: Book, name: str, position: int, prices: Sequence[tuple[str, int]]
    ) -> int:
        list_id = book.add("price_lists", name, position)
        for key, cents in prices:
            book.add("list_prices", list_id, self._services[key][0], cents * PRICE_SCALE)
        return list_id

    def line(self, key: str, quantity: float = 1, price_cents: int | None = None) -> Line:
        """So much of a service, at the list price unless another was agreed."""
        service_id, item = self._services[key]
        return Line(
            service_id,
            item.name,
            round(quantity * 1000),
            item.price_cents if price_cents is None else price_cents,
            item.taxable,
        )


class Crew(NamedTuple):
    """A crew's row id, what it does and its workers' row ids."""

    id: int
    name: str
    trade: str
    workers: tuple[int, ...]
