"""What is kept of the work itself: checklists of services and visits, treatments of lawns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from tcf_desktop.services.sample.book import Book, Days, Visit, wall
from tcf_desktop.services.sample.catalog import Catalog, Crew

_CHECKLISTS: Final = {
    "win_io": ("Lay drop cloths", "Screens back in the right frames", "Sills wiped"),
    "storefront": ("Door glass both sides", "Cone out while the pole is up"),
    "room": ("Walk through with the customer", "Test a hidden spot", "Tabs under the furniture"),
    "whole_house": (
        "Walk through with the customer",
        "Corner guards up",
        "Photos before and after",
    ),
    "mow": ("Pick up toys and branches", "Close the gate"),
    "fertilizer": ("Sweep granules off walks", "Flag the lawn", "Leave the notice at the door"),
    "aeration": ("Mark sprinkler heads",),
    "gutters": ("Downspouts run free", "Photo of every side"),
}
_TREATED: Final = {"fertilizer": 1.0, "mow_large": 0.5, "mow": 0.3}  # so often
_DAYS_OF_LISTS: Final = 10  # visits longer ago have none: the lists came later
_DAYS_OF_TREATMENTS: Final = 200
# Product, EPA registration number, ounces for 1,000 square feet, target, months.
_PRODUCTS: Final = (
    ("Barricade 4FL", "100-1139", 480, "fl oz", "Crabgrass", (3, 4, 5)),
    ("Trimec Classic", "2217-543", 1500, "fl oz", "Dandelion, clover", (5, 6, 7, 8)),
    ("Dimension 2EW", "62719-542", 360, "fl oz", "Crabgrass, spurge", (6, 7, 8)),
    ("Fertilizer 24-0-11", "", 4000, "lb", "", (9, 10, 11)),
)
_SKIES: Final = ("Sunny", "Partly cloudy", "Overcast", "Sunny")
_WINDS: Final = ("5 mph SW", "3 mph N", "7 mph S", "4 mph W")


def write_service_lists(book: Book, catalog: Catalog) -> None:
    """The usual checklist of each service that has one."""
    for key, texts in _CHECKLISTS.items():
        for position, text in enumerate(texts):
            service = catalog.line(key).service_id
            book.add("checklist_items", None, None, service, position, text, None)


def write_records(
    book: Book,
    days: Days,
    catalog: Catalog,
    crews: Sequence[Crew],
    visits: Iterable[Visit],
    today: date,
    seed: int,
) -> None:
    """Lists of the visits around today, ticked where the work is done, and what was put down."""
    lists = {catalog.line(key).service_id: texts for key, texts in _CHECKLISTS.items()}
    shares = {catalog.line(key).service_id: share for key, share in _TREATED.items()}
    lead = {crew.id: crew.workers[0] for crew in crews}
    for visit in visits:
        services = [line.service_id for line in visit.lines]
        if visit.day >= today - timedelta(days=_DAYS_OF_LISTS):
            done = days.at(visit.day, visit.end) if visit.state == "done" else None
            texts = dict.fromkeys(text for ident in services for text in lists.get(ident, ()))
            for position, text in enumerate(texts):
                book.add("checklist_items", visit.id, None, None, position, text, done)
        recent = visit.day >= today - timedelta(days=_DAYS_OF_TREATMENTS)
        rng = Random(f"{seed}:treated:{visit.id}")
        share = max((shares.get(ident, 0.0) for ident in services), default=0.0)
        if visit.state == "done" and recent and rng.random() < share:
            _treat(book, days, visit, lead.get(visit.crew or 0), rng)


def _treat(book: Book, days: Days, visit: Visit, worker: int | None, rng: Random) -> None:
    fit = [product for product in _PRODUCTS if visit.day.month in product[5]] or [_PRODUCTS[-1]]
    name, number, rate, unit, target, _months = rng.choice(fit)
    thousands = rng.choice((45, 52, 60, 75, 90))  # tenths of 1,000 square feet
    warm = {3: 48, 4: 56, 5: 66, 6: 76, 7: 82, 8: 79, 9: 68, 10: 55}.get(visit.day.month, 45)
    book.add(
        "treatments", visit.id, name, number, rate * thousands // 10, unit, thousands * 100_000,
        "sq ft", target, rng.choice(_SKIES), f"{warm + rng.randrange(-5, 6)} °F",
        rng.choice(_WINDS), worker, "SD applicator 48213" if worker else "",
        wall(visit.day, visit.start + 10), "", days.at(visit.day, visit.end),
    )  # fmt: skip
