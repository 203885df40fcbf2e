"""What is booked for a customer with a few letters: price list, measures and the last visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain.search_words import fold_word, words_in
from tcf_desktop.services.queries.appointment import LineRow, ServiceRow, lines, places
from tcf_desktop.services.queries.contact_defaults import contact_defaults
from tcf_desktop.services.queries.contacts import search_contacts

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_CONTACTS: Final = 5
_ROWS: Final = 6
_DAY_MINUTES: Final = 1440


@dataclass(frozen=True, slots=True)
class WhoRow:
    """A customer at one of his places; ``location_id`` None where there is none."""

    contact_id: int
    location_id: int | None
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Usual:
    """What a visit there would be; ``source`` says where it comes from: "price list", "last
    visit" or nothing."""

    title: str = ""
    lines: tuple[LineRow, ...] = ()
    minutes: int | None = None
    crew_id: int | None = None
    worker_id: int | None = None
    arrival_minutes: int | None = None
    source: str = ""


def who_rows(r: Reader, text: str) -> tuple[WhoRow, ...]:
    """Customers with their places for some letters of name or address; the place that the letters
    name comes first."""
    found: list[WhoRow] = []
    words = _folded(text)
    for match in search_contacts(r, text, _CONTACTS):
        rows = [WhoRow(match.id, place.id, match.name, _shown(place.name, place.address))
                for place in places(r, match.id)[:_ROWS]]  # fmt: skip
        rows.sort(key=lambda row: -_hits(row.address, words))
        found += rows or [WhoRow(match.id, None, match.name, match.sub)]
    return tuple(found[:_ROWS])


def usual_for(r: Reader, who: WhoRow, service: ServiceRow | None) -> Usual:
    """What was done there last, or the chosen service at this customer's price and measure."""
    defaults = contact_defaults(r, who.contact_id)
    last = r.one(
        "SELECT a.id, a.title, a.minutes, a.arrival_minutes, a.all_day,"
        " (SELECT k.id FROM crews k WHERE k.id = a.crew_id AND k.deleted_at IS NULL),"
        " (SELECT w.id FROM workers w WHERE w.id = a.worker_id AND w.deleted_at IS NULL)"
        " FROM appointments a WHERE a.contact_id = ? AND (? IS NULL OR a.location_id IS ?)"
        " AND a.kind = 'job' AND a.deleted_at IS NULL AND a.state NOT IN ('cancelled', 'no_show')"
        " ORDER BY a.starts_at DESC LIMIT 1",
        (who.contact_id, who.location_id, who.location_id),
    )
    before = lines(r, last[0]) if last else ()
    arrival = last[3] if last else None
    crew_id, worker_id = (last[5], last[6]) if last else (None, None)
    if defaults.crew_id is not None:
        crew_id, worker_id = defaults.crew_id, None
    if service is None:
        minutes = None if last is None or last[4] else int(last[2])
        return Usual(
            last[1] if last else "", before, minutes, crew_id, worker_id, arrival,
            "last visit" if last else "",
        )  # fmt: skip
    same = next((line for line in before if line.service_id == service.id), None)
    measured = defaults.quantities_at(who.location_id).get(service.id)
    qty = measured or (same.qty_milli if same is not None else 1000)
    price = defaults.prices.get(service.id, service.price_e4)
    line = LineRow(service.id, service.name, service.description, qty, price, service.taxable)
    minutes = min(_DAY_MINUTES, -(-service.minutes * qty // 5_000) * 5) or None
    if last is not None and same is not None and len(before) == 1 and not last[4]:
        minutes = int(last[2])
    return Usual("", (line,), minutes, crew_id, worker_id, arrival, "price list")


def _shown(name: str, address: str) -> str:
    return ": ".join(part for part in (name, address) if part)


def _hits(address: str, words: Sequence[str]) -> int:
    said = _folded(address)
    return sum(any(one.startswith(word) for one in said) for word in words)


def _folded(text: str) -> list[str]:
    return [fold_word(word) for word in words_in(text)]
