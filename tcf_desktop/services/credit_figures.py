"""What a credit note takes back: the chosen quantities as lines, and their figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import DocType, InvoiceState
from tcf_desktop.domain.money import Rounding, round_fraction
from tcf_desktop.domain.tax import DocumentTerms, RoundingPolicy, TaxPart, Totals
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft, totals_of
from tcf_desktop.services.queries.billing_choices import tax_parts
from tcf_desktop.services.queries.creditable import CreditableLine, creditable_lines

Rows = Callable[[str, Sequence[Any]], Sequence[Any]]  # runs a statement: reader.all or uow.rows


@dataclass(frozen=True, slots=True)
class CreditBasis:
    """An issued invoice as far as crediting needs it. ``parts`` None: the tax rates have changed
    since in a way that only all of it can be credited."""

    number: str
    currency: str
    policy: RoundingPolicy
    terms: DocumentTerms
    lines: tuple[CreditableLine, ...]
    parts: tuple[TaxPart, ...] | None
    has_visits: bool


@dataclass(frozen=True, slots=True)
class CreditFigures:
    """The lines taken back, with their quantities negated, and what they come to (below zero)."""

    taken: tuple[CreditableLine, ...]
    drafts: tuple[InvoiceLineDraft, ...]
    terms: DocumentTerms
    totals: Totals


def credit_basis(rows: Rows, invoice_id: int) -> CreditBasis:
    """The invoice to credit; ``data.gone``, or ``credit.not_issued`` for anything that cannot be
    credited."""
    found = rows(
        "SELECT number, currency, rounding, prices_include_tax, discount_ppm,"
        " discount_fixed_cents, tax_id, doc_type, state FROM invoices WHERE id = ?",
        (invoice_id,),
    )
    if not found:
        raise AppError("data.gone")
    number, currency, rounding, inclusive, share, fixed, tax_id, doc_type, state = found[0]
    if doc_type != DocType.INVOICE or state in {InvoiceState.DRAFT, InvoiceState.VOID}:
        raise AppError("credit.not_issued")
    lines = creditable_lines(rows, invoice_id)
    visits = rows("SELECT 1 FROM appointments WHERE invoice_id = ? LIMIT 1", (invoice_id,))
    return CreditBasis(
        number=str(number),
        currency=currency,
        policy=RoundingPolicy.of(rounding),
        terms=DocumentTerms(bool(inclusive), share, fixed),
        lines=lines,
        parts=_parts(rows, invoice_id, tax_id, lines),
        has_visits=bool(visits),
    )


def credit_figures(basis: CreditBasis, parts: Sequence[tuple[int, int]] | None) -> CreditFigures:
    """What crediting these (position of the line from 0, thousandths) comes to; None is all that
    is left. Raises ``credit.nothing``, ``credit.too_much``, ``credit.whole_only``."""
    chosen = chosen_quantities(basis.lines, parts, basis.number)
    if basis.parts is None:
        raise AppError("credit.whole_only", number=basis.number)
    taken = tuple(line for line in basis.lines if chosen[line.position])
    drafts = tuple(_credited(line, chosen[line.position]) for line in taken)
    whole = all(chosen[line.position] == line.qty_milli for line in basis.lines)
    fixed = basis.terms.discount_cents
    if fixed and not whole:
        fixed = _share(fixed, _gross(drafts), sum(line.amount_cents for line in basis.lines))
    terms = DocumentTerms(basis.terms.prices_include_tax, basis.terms.discount_ppm, fixed)
    return CreditFigures(taken, drafts, terms, totals_of(drafts, basis.parts, basis.policy, terms))


def chosen_quantities(
    lines: Sequence[CreditableLine], parts: Sequence[tuple[int, int]] | None, number: str
) -> dict[int, int]:
    """Thousandths to credit by position; raises ``credit.nothing`` and ``credit.too_much``."""
    chosen = {line.position: (line.left_milli if parts is None else 0) for line in lines}
    for position, quantity in parts or ():
        left = next((line.left_milli for line in lines if line.position == position), 0)
        if quantity == 0 or abs(quantity) > abs(left) or (quantity > 0) != (left > 0):
            raise AppError("credit.too_much", line=position + 1, number=number, left=left / 1000)
        chosen[position] = quantity
    if not any(chosen.values()):
        raise AppError("credit.nothing", number=number)
    return chosen


def _parts(
    rows: Rows, invoice_id: int, tax_id: int | None, lines: Sequence[CreditableLine]
) -> tuple[TaxPart, ...] | None:
    """The tax parts at the rates that the invoice was taxed at.

    A document stores its rates by sum. Where a line has a tax code, the tax as it is set today
    tells which part took what; None when that has changed since.
    """
    stored = rows(
        "SELECT name, rate_ppm FROM invoice_taxes WHERE invoice_id = ? ORDER BY position",
        (invoice_id,),
    )
    if all(line.tax_code_id is None for line in lines):
        return tuple(TaxPart(name, rate) for name, rate in stored)
    today = tax_parts(rows, tax_id)
    for line in lines:
        rate = sum(part.rate_of(line.tax_code_id) for part in today) if line.taxable else 0
        if rate != line.tax_ppm:
            return None
    return tuple(today)


def _credited(line: CreditableLine, quantity: int) -> InvoiceLineDraft:
    fixed = line.discount_fixed_cents
    if fixed and quantity != line.qty_milli:
        fixed = _share(fixed, quantity, line.qty_milli)
    return InvoiceLineDraft(
        line.name,
        line.description,
        -quantity,
        line.unit_price_e4,
        line.taxable,
        line.service_id,
        None,
        line.unit,
        line.discount_ppm,
        fixed,
        line.tax_code_id,
    )


def _gross(drafts: Sequence[InvoiceLineDraft]) -> int:
    return -totals_of(drafts, ()).subtotal_cents


def _share(amount: int, part: int, whole: int) -> int:
    return abs(round_fraction(Fraction(amount * part, whole or 1), Rounding.HALF_UP))
