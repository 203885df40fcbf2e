"""Treatment records of lawn care: what was put down where, and how it stands on paper.

What US law wants kept of a pesticide application is the product with its EPA registration number,
amount and area, target, place, date and time, and the applicator with licence (7 CFR 110.3; states
add weather and wind).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tcf_desktop.domain.documents import LETTER_COUNTRIES, paper_for, print_date
from tcf_desktop.domain.money import format_quantity

AMOUNT_UNITS: Final = ("lb", "oz", "fl oz", "gal", "qt", "kg", "g", "l", "ml")
AREA_UNITS: Final = ("1,000 sq ft", "sq ft", "acre", "m²", "ha")


@dataclass(frozen=True, slots=True)
class TreatmentFacts:
    """One product at one visit. Amounts in thousandths; ``treated_local`` a wall time or empty."""

    product: str
    registration_number: str = ""
    amount_milli: int | None = None
    amount_unit: str = ""
    area_milli: int | None = None
    area_unit: str = ""
    target: str = ""
    weather: str = ""
    temperature: str = ""
    wind: str = ""
    applicator: str = ""
    licence: str = ""
    treated_local: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """Whose land it was: what the records of one visit are about; lines as on an envelope."""

    business: str
    business_lines: tuple[str, ...]
    country: str
    customer: str
    address: tuple[str, ...]
    on: str
    treatments: tuple[TreatmentFacts, ...]


@dataclass(frozen=True, slots=True)
class RecordDocument:
    """The record of a visit for the customer or an inspector, word for word. Picklable."""

    title: str
    business_name: str
    business_lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    treatments: tuple[tuple[tuple[str, str], ...], ...]
    paper: str = "letter"
    page_label: str = "Page {page} of {pages}"
    signature: str = "Signature of the applicator"


def build_record(facts: RecordFacts) -> RecordDocument:
    """Word the record. Any text is printed literally."""
    twelve = not facts.country or facts.country.upper() in LETTER_COUNTRIES
    rows = (
        ("Customer", facts.customer),
        ("Place", ", ".join(facts.address)),
        ("Date", print_date(facts.on)),
    )
    return RecordDocument(
        title="Treatment record",
        business_name=facts.business,
        business_lines=facts.business_lines,
        facts=tuple((label, value) for label, value in rows if value),
        treatments=tuple(treatment_rows(each, twelve=twelve) for each in facts.treatments),
        paper=paper_for(facts.country),
    )


def amount_text(milli: int | None, unit: str) -> str:
    """``2.5 lb``; empty without an amount."""
    return "" if milli is None else f"{format_quantity(milli)} {unit}".strip()


def conditions(facts: TreatmentFacts) -> str:
    """Weather, temperature and wind on one line."""
    wind = f"wind {facts.wind}" if facts.wind else ""
    return ", ".join(filter(None, (facts.weather, facts.temperature, wind)))


def applicator_text(facts: TreatmentFacts) -> str:
    """Who did it, with the licence."""
    licence = f"licence {facts.licence}" if facts.licence else ""
    return ", ".join(filter(None, (facts.applicator, licence)))


def treatment_rows(facts: TreatmentFacts, *, twelve: bool) -> tuple[tuple[str, str], ...]:
    """Label and text of what is known, in the order of the form."""
    when = ""
    if facts.treated_local:
        when = print_date(facts.treated_local[:10])
        if len(facts.treated_local) > 10:
            when = f"{when}, {print_time(facts.treated_local, twelve=twelve)}"
    rows = (
        ("Product", facts.product),
        ("EPA reg. no.", facts.registration_number),
        ("Amount", amount_text(facts.amount_milli, facts.amount_unit)),
        ("Area", amount_text(facts.area_milli, facts.area_unit)),
        ("Target", facts.target),
        ("Conditions", conditions(facts)),
        ("Applicator", applicator_text(facts)),
        ("Applied", when),
        ("Note", facts.note),
    )
    return tuple((label, text.strip()) for label, text in rows if text.strip())


def print_time(local: str, *, twelve: bool) -> str:
    """``2026-07-14T13:05`` as ``1:05 PM`` or ``13:05``."""
    hour, minute = int(local[11:13]), local[14:16]
    if not twelve:
        return f"{hour:02d}:{minute}"
    return f"{(hour + 11) % 12 + 1}:{minute} {'AM' if hour < 12 else 'PM'}"
