"""What the Settings pages show of the business."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class BusinessFacts:
    """The business as it stands on documents; empty texts where nothing was said."""

    name: str
    address: str
    email: str
    phone: str
    website: str
    currency: str
    zone: str
    country: str
    default_tax_id: int | None
    invoice_pattern: str
    terms_days: int
    invoice_message: str
    credit_pattern: str
    deposit_pattern: str
    tax_number: str
    prices_include_tax: int
    rounding: str


@dataclass(frozen=True, slots=True)
class TaxPartRow:
    """One authority's rate in millionths."""

    name: str
    rate_ppm: int


@dataclass(frozen=True, slots=True)
class TaxRow:
    """A tax with its parts; ``places`` is how many locations name it."""

    id: int
    name: str
    parts: tuple[TaxPartRow, ...]
    places: int

    @property
    def rate_ppm(self) -> int:
        """All parts together."""
        return sum(part.rate_ppm for part in self.parts)


def business_facts(r: Reader) -> BusinessFacts:
    """The one business."""
    row = r.one(
        "SELECT name, address, email, phone, website, currency, zone, country, default_tax_id,"
        " invoice_pattern, terms_days, invoice_message, credit_pattern, deposit_pattern,"
        " tax_number, prices_include_tax, rounding FROM business WHERE id = 1"
    )
    assert row is not None
    return BusinessFacts(*row)


def taxes(r: Reader) -> list[TaxRow]:
    """Every tax in use, by name."""
    parts: dict[int, list[TaxPartRow]] = {}
    for tax_id, name, rate in r.all(
        "SELECT tax_id, name, rate_ppm FROM tax_parts ORDER BY tax_id, position, id"
    ):
        parts.setdefault(tax_id, []).append(TaxPartRow(name, rate))
    return [
        TaxRow(tax_id, name, tuple(parts.get(tax_id, ())), places)
        for tax_id, name, places in r.all(
            "SELECT t.id, t.name, (SELECT count(*) FROM locations l WHERE l.tax_id = t.id"
            " AND l.deleted_at IS NULL) FROM taxes t WHERE t.deleted_at IS NULL ORDER BY t.name"
        )
    ]


def logo(r: Reader) -> bytes | None:
    """The logo as PNG, or None."""
    png = r.value("SELECT png FROM business_logo WHERE id = 1")
    return None if png is None else bytes(png)


def setting(r: Reader, key: str, default: Any = None) -> Any:
    """A business setting by key, read from JSON."""
    text = r.value("SELECT value FROM settings WHERE key = ?", (key,))
    return default if text is None else json.loads(text)
