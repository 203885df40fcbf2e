"""Electronic invoices after EN 16931: what of a stored document goes into one, and what is missing.

Nothing is computed that the document does not hold: its lines, nets, taxes and sums are written as
they were stored. A document with prices that include the tax is written with its stored nets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tcf_desktop.domain.documents import DocType
from tcf_desktop.domain.money import Rounding, line_amount, minor_digits
from tcf_desktop.domain.tax import PPM, TaxTotal

_VAT_NUMBER = re.compile(r"([A-Z]{2})[0-9A-Z+*]{2,13}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_REASONED = frozenset({"E", "AE", "G", "O"})
_KNOWN = frozenset({"S", "Z"}) | _REASONED
_TYPES = {DocType.INVOICE: "380", DocType.CREDIT_NOTE: "381", DocType.DEPOSIT: "386"}


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer; ``country`` is ISO 3166 (two letters), ``lines`` the address."""

    name: str
    lines: tuple[str, ...]
    country: str
    tax_number: str = ""
    email: str = ""

    @property
    def vat_number(self) -> str:
        """The VAT number without blanks, or "" where the tax number is none."""
        plain = re.sub(r"[\s.\-/]", "", self.tax_number).upper()
        found = _VAT_NUMBER.fullmatch(plain)
        own = {self.country, "EL"} if self.country == "GR" else {self.country}
        return plain if found is not None and found[1] in own else ""


@dataclass(frozen=True, slots=True)
class ElectronicLine:
    """A line as stored; ``category`` is the VAT category of UNCL 5305, "" where the tax code says
    none, ``reason`` why no tax is charged."""

    name: str
    description: str
    qty_milli: int
    unit: str
    unit_price_e4: int
    amount_cents: int
    net_cents: int
    tax_ppm: int
    taxable: bool = True
    category: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ElectronicInvoice:
    """A stored document with its parties. A credit note has figures below zero.

    ``paid_cents`` is what settled it when it was issued; dates are ISO, ``issued_on`` is the day.
    """

    kind: str
    number: str
    issued_on: str
    due_on: str
    currency: str
    seller: Party
    buyer: Party
    lines: tuple[ElectronicLine, ...]
    taxes: tuple[TaxTotal, ...]
    subtotal_cents: int
    net_cents: int
    tax_cents: int
    total_cents: int
    paid_cents: int = 0
    prices_include_tax: bool = False
    rounding: Rounding = Rounding.HALF_UP
    tax_note: str = ""
    note: str = ""
    terms: str = ""
    buyer_reference: str = ""
    po: str = ""
    corrects_number: str = ""
    corrects_on: str = ""
    iban: str = ""
    holder: str = ""

    @property
    def type_code(self) -> str:
        """UNTDID 1001: invoice, credit note or prepayment invoice."""
        return _TYPES[DocType(self.kind)]


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line as it is written, in minor units: ``qty_milli`` at ``price_e4`` for ``base_milli`` of
    it, less ``allowance_cents``, is ``net_cents``."""

    name: str
    description: str
    qty_milli: int
    unit: str
    price_e4: int
    base_milli: int
    allowance_cents: int
    net_cents: int
    category: str
    rate_ppm: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One VAT category and rate: lines less allowance is the base."""

    category: str
    rate_ppm: int
    lines_cents: int
    allowance_cents: int
    base_cents: int
    tax_cents: int
    reason: str


def turned(invoice: ElectronicInvoice) -> ElectronicInvoice:
    """A credit note with what comes back above zero, as its type code asks for; others as is."""
    if invoice.kind != DocType.CREDIT_NOTE:
        return invoice
    return replace(
        invoice,
        lines=tuple(
            replace(
                line,
                qty_milli=-line.qty_milli,
                amount_cents=-line.amount_cents,
                net_cents=-line.net_cents,
            )
            for line in invoice.lines
        ),
        taxes=tuple(
            replace(tax, base_cents=-tax.base_cents, tax_cents=-tax.tax_cents)
            for tax in invoice.taxes
        ),
        subtotal_cents=-invoice.subtotal_cents,
        net_cents=-invoice.net_cents,
        tax_cents=-invoice.tax_cents,
        total_cents=-invoice.total_cents,
        paid_cents=0,
    )


def written_lines(invoice: ElectronicInvoice) -> tuple[WrittenLine, ...]:
    """The lines of a turned document. A price below zero becomes a quantity below zero."""
    return tuple(_written(invoice, line) for line in invoice.lines)


def _written(invoice: ElectronicInvoice, line: ElectronicLine) -> WrittenLine:
    category, rate = _category(line), line.tax_ppm
    if invoice.prices_include_tax:
        # The net has no price of one unit to the cent; the price of the whole quantity is exact.
        qty = line.qty_milli or 1000
        if (qty < 0) != (line.net_cents < 0) and line.net_cents:
            qty = -qty
        return WrittenLine(
            line.name, line.description, qty, line.unit, abs(line.net_cents) * 10_000, abs(qty),
            0, line.net_cents, category, rate,
        )  # fmt: skip
    sign = -1 if line.unit_price_e4 < 0 else 1
    gross = line_amount(line.qty_milli, line.unit_price_e4, invoice.rounding)
    return WrittenLine(
        line.name, line.description, sign * line.qty_milli, line.unit, sign * line.unit_price_e4,
        1000, gross - line.amount_cents, line.amount_cents, category, rate,
    )  # fmt: skip


def _category(line: ElectronicLine) -> str:
    if line.tax_ppm:
        return "S"
    if line.category and line.category != "S":
        return line.category
    return "E"


def breakdown(invoice: ElectronicInvoice) -> tuple[Breakdown, ...]:
    """The document by VAT category and rate, the highest rate first."""
    groups: dict[tuple[str, int], list[int]] = {}
    reasons: dict[str, dict[str, None]] = {}
    for line, written in zip(invoice.lines, written_lines(invoice), strict=True):
        key = (written.category, written.rate_ppm)
        sums = groups.setdefault(key, [0, 0])
        sums[0] += written.net_cents
        sums[1] += line.net_cents
        reason = line.reason.strip() or invoice.tax_note.strip()
        if written.category in _REASONED and reason:
            reasons.setdefault(written.category, {})[reason] = None
    taxed: dict[int, int] = {}
    for tax in invoice.taxes:
        taxed[tax.rate_ppm] = taxed.get(tax.rate_ppm, 0) + tax.tax_cents
    return tuple(
        Breakdown(
            category,
            rate,
            lines,
            lines - base,
            base,
            taxed.get(rate, 0) if rate else 0,
            "; ".join(reasons.get(category, ())),
        )
        for (category, rate), (lines, base) in sorted(
            groups.items(), key=lambda item: (-item[0][1], item[0][0])
        )
    )


def missing(invoice: ElectronicInvoice) -> tuple[str, ...]:
    """What stands in the way of an electronic invoice, in words; empty when nothing does."""
    return tuple(dict.fromkeys((*_of_parties(invoice), *_of_figures(turned(invoice)))))


def _of_parties(invoice: ElectronicInvoice) -> Iterable[str]:
    seller, buyer = invoice.seller, invoice.buyer
    categories = {_category(line) for line in invoice.lines}
    if not seller.name.strip():
        yield "Your business has no name. Add it in Settings > Business."
    if not _COUNTRY.fullmatch(seller.country):
        yield "Your country is missing. Choose it in Settings > Business."
    if not seller.tax_number.strip():
        yield "Your VAT number is missing. Add it in Settings > Business."
    elif not seller.vat_number and "S" in categories and seller.tax_number.strip()[:2].isalpha():
        yield "Your VAT number does not fit your country. Correct it in Settings > Business."
    if not buyer.name.strip():
        yield "The address of the customer is empty. Add it under “Bill to”."
    if not _COUNTRY.fullmatch(buyer.country):
        yield (
            "The country of the customer is not known. Write it into the billing address as two"
            " letters, such as DE."
        )
    if "AE" in categories and not buyer.vat_number:
        yield "The customer’s VAT number is missing, which owes the tax. Add it to the customer."
    if any(not line.name.strip() for line in invoice.lines):
        yield "A line has no name. Write what was done."


def _of_figures(invoice: ElectronicInvoice) -> Iterable[str]:
    if minor_digits(invoice.currency) > 2:
        yield "The currency has three decimals; an electronic invoice knows two."
        return
    groups = breakdown(invoice)
    categories = {group.category for group in groups}
    for unknown in sorted(categories - _KNOWN):
        yield f"The tax category {unknown} cannot be written. Choose another tax code."
    if "O" in categories and len(categories) > 1:
        yield "Lines outside the scope of VAT cannot stand beside others. Make two invoices."
    if any(group.category in _REASONED and not group.reason for group in groups):
        yield "It is not said why no tax is charged. Write it into the tax note of the invoice."
    bases: dict[int, int] = {}
    for tax in invoice.taxes:
        if tax.rate_ppm:
            bases[tax.rate_ppm] = bases.get(tax.rate_ppm, 0) + tax.base_cents
    ours = {group.rate_ppm: group.base_cents for group in groups if group.rate_ppm}
    if {rate: base for rate, base in bases.items() if base} != {
        rate: base for rate, base in ours.items() if base
    }:
        yield "The tax has several parts. An electronic invoice knows one rate for each line."
    whole = 10 ** minor_digits(invoice.currency)
    for group in groups:
        if abs(group.tax_cents * PPM - group.base_cents * group.rate_ppm) >= whole * PPM:
            yield "The tax was rounded on each line. Round it on the document in Settings > Taxes."
