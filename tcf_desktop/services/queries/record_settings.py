"""What the office defined for its contacts: fields, measures, price lists, the services."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the office's own; ``used`` is how many contacts have something in it."""

    id: int
    name: str
    kind: str
    choices: tuple[str, ...]
    used: int


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure; ``used`` is at how many places it was taken."""

    id: int
    name: str
    unit: str
    used: int


@dataclass(frozen=True, slots=True)
class PriceListRow:
    """A price list; ``prices`` are of one by the id of the service, ``used`` counts contacts."""

    id: int
    name: str
    used: int
    prices: dict[int, int]


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """A service as Settings shows it; ``measure_id`` is the measure that fills its quantity."""

    id: int
    name: str
    description: str
    unit: str
    price_e4: int
    minutes: int
    taxable: bool
    measure_id: int | None
    treats: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that was removed and can come back; ``used`` as in its living row."""

    id: int
    name: str
    used: int


def fields(r: Reader) -> tuple[FieldRow, ...]:
    """The fields in their order; counted, so for an io thread where there are many contacts."""
    counts = dict(r.all("SELECT field_id, count(*) FROM custom_values GROUP BY field_id"))
    return tuple(
        FieldRow(row[0], row[1], row[2], tuple(json.loads(row[3])), counts.get(row[0], 0))
        for row in r.all(
            "SELECT id, name, kind, choices FROM custom_fields WHERE deleted_at IS NULL"
            " ORDER BY position, id"
        )
    )


def removed_fields(r: Reader) -> tuple[Removed, ...]:
    """The fields that were removed while contacts had something in them, newest first."""
    return tuple(
        Removed(*row)
        for row in r.all(
            "SELECT f.id, f.name, count(v.id) FROM custom_fields f"
            " JOIN custom_values v ON v.field_id = f.id WHERE f.deleted_at IS NOT NULL"
            " GROUP BY f.id ORDER BY f.deleted_at DESC, f.id LIMIT 20"
        )
    )


def measures(r: Reader) -> tuple[MeasureRow, ...]:
    """The measures in their order."""
    counts = dict(r.all("SELECT measure_id, count(*) FROM location_measures GROUP BY measure_id"))
    return tuple(
        MeasureRow(row[0], row[1], row[2], counts.get(row[0], 0))
        for row in r.all(
            "SELECT id, name, unit FROM measures WHERE deleted_at IS NULL ORDER BY position, id"
        )
    )


def removed_measures(r: Reader) -> tuple[Removed, ...]:
    """The measures that were removed while places had them, newest first."""
    return tuple(
        Removed(*row)
        for row in r.all(
            "SELECT m.id, m.name, count(l.id) FROM measures m"
            " JOIN location_measures l ON l.measure_id = m.id WHERE m.deleted_at IS NOT NULL"
            " GROUP BY m.id ORDER BY m.deleted_at DESC, m.id LIMIT 20"
        )
    )


def price_lists(r: Reader) -> tuple[PriceListRow, ...]:
    """The price lists in their order with their prices."""
    prices: dict[int, dict[int, int]] = {}
    for list_id, service_id, price in r.all(
        "SELECT price_list_id, service_id, price_e4 FROM list_prices"
    ):
        prices.setdefault(list_id, {})[service_id] = price
    counts = _contacts_by_list(r)
    return tuple(
        PriceListRow(row[0], row[1], counts.get(row[0], 0), prices.get(row[0], {}))
        for row in r.all(
            "SELECT id, name FROM price_lists WHERE deleted_at IS NULL ORDER BY position, id"
        )
    )


def removed_price_lists(r: Reader) -> tuple[Removed, ...]:
    """The price lists that were removed while contacts or prices stood in them, newest first."""
    counts = _contacts_by_list(r)
    return tuple(
        Removed(row[0], row[1], counts.get(row[0], 0))
        for row in r.all(
            "SELECT id, name FROM price_lists WHERE deleted_at IS NOT NULL"
            " ORDER BY deleted_at DESC, id LIMIT 20"
        )
    )


def _contacts_by_list(r: Reader) -> dict[int, int]:
    return dict(
        r.all(
            "SELECT price_list_id, count(*) FROM contacts WHERE price_list_id IS NOT NULL"
            " AND deleted_at IS NULL GROUP BY price_list_id"
        )
    )


def services(r: Reader) -> tuple[ServiceSettings, ...]:
    """The services in the order of the price list."""
    return tuple(
        ServiceSettings(
            row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), row[7], bool(row[8])
        )
        for row in r.all(
            "SELECT id, name, description, unit, price_e4, minutes, taxable, measure_id,"
            " treats FROM services WHERE deleted_at IS NULL ORDER BY position, id LIMIT 500"
        )
    )


def values_in(r: Reader, field_id: int, limit: int = 200) -> tuple[str, ...]:
    """What contacts have in a field, each once, the commonest first."""
    rows = r.all(
        "SELECT value FROM custom_values WHERE field_id = ? GROUP BY value"
        " ORDER BY count(*) DESC, value LIMIT ?",
        (field_id, limit),
    )
    return tuple(row[0] for row in rows)
