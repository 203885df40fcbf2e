"""Invoices as edited, and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import MAX_MINOR, MAX_PRICE_E4, MAX_QTY_MILLI
from tcf_desktop.domain.tax import (
    DEFAULT_POLICY,
    PLAIN_TERMS,
    PPM,
    DocumentTerms,
    LineInput,
    RoundingPolicy,
    TaxPart,
    Totals,
    compute_totals,
)

MAX_TEXT = 10_000
MAX_LINES = 1_000


@dataclass(frozen=True, slots=True)
class InvoiceLineDraft:
    """One line as edited: thousandths of a unit and the price of one, its own discount as a share
    (millionths) or as an amount, and the tax code, None for the usual rate."""

    name: str
    description: str = ""
    qty_milli: int = 1000
    unit_price_e4: int = 0
    taxable: bool = True
    service_id: int | None = None
    appointment_id: int | None = None
    unit: str = ""
    discount_ppm: int = 0
    discount_fixed_cents: int = 0
    tax_code_id: int | None = None


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """A draft as edited. ``issued_on`` is the date planned, empty for the day of issue; the
    discount of the whole document is a share (millionths) or an amount; ``language`` empty is the
    customer's."""

    location_id: int | None
    bill_to: str
    service_place: str
    po: str
    issued_on: str
    terms_days: int
    tax_id: int | None
    message: str
    lines: tuple[InvoiceLineDraft, ...]
    discount_ppm: int = 0
    discount_fixed_cents: int = 0
    prices_include_tax: bool = False
    tax_note: str = ""
    language: str = ""
    internal_note: str = ""

    @property
    def terms(self) -> DocumentTerms:
        """What holds for the document as a whole."""
        return DocumentTerms(self.prices_include_tax, self.discount_ppm, self.discount_fixed_cents)


def totals_of(
    lines: Sequence[InvoiceLineDraft],
    parts: Sequence[TaxPart],
    policy: RoundingPolicy = DEFAULT_POLICY,
    terms: DocumentTerms = PLAIN_TERMS,
) -> Totals:
    """The figures of a draft; raises ``invoice.bad_quantity`` where they leave all bounds and
    ``invoice.bad_discount``."""
    discounts = [(line.discount_ppm, line.discount_fixed_cents) for line in lines]
    discounts.append((terms.discount_ppm, terms.discount_cents))
    if any(not (0 <= share <= PPM and 0 <= cents <= MAX_MINOR) for share, cents in discounts):
        raise AppError("invoice.bad_discount")
    if len(lines) > MAX_LINES or any(
        abs(line.qty_milli) > MAX_QTY_MILLI or abs(line.unit_price_e4) > MAX_PRICE_E4
        for line in lines
    ):
        raise AppError("invoice.bad_quantity")
    totals = compute_totals(
        [
            LineInput(
                line.qty_milli,
                line.unit_price_e4,
                line.taxable,
                line.tax_code_id,
                line.discount_ppm,
                line.discount_fixed_cents,
            )
            for line in lines
        ],
        parts,
        policy,
        terms,
    )
    if any(abs(amount) > MAX_MINOR for amount in (*totals.amounts, totals.total_cents)):
        raise AppError("invoice.bad_quantity")
    return totals


def checked_draft(draft: InvoiceDraft) -> InvoiceDraft:
    """The draft, or ``invoice.bad_date`` / ``invoice.bad_quantity`` for what cannot be stored."""
    if draft.issued_on:
        checked_date(draft.issued_on)
    if not 0 <= draft.terms_days <= 3650:
        raise AppError("invoice.bad_quantity")
    return draft


def checked_date(text: str) -> str:
    """An ISO date, or ``invoice.bad_date``."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise AppError("invoice.bad_date", text=text[:40]) from None
