"""Invoices for the work done, and how customers pay them: mostly at once, some late, one never."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from tcf_desktop.domain.documents import InvoiceState, distinct_dates, state_of_balance
from tcf_desktop.domain.money import PRICE_SCALE
from tcf_desktop.domain.numbering import DEFAULT_PATTERN, parse_pattern
from tcf_desktop.domain.tax import LineInput, TaxPart, Totals, compute_totals
from tcf_desktop.services.sample.book import ISSUE, Book, Client, Days, Line, Visit, is_workday
from tcf_desktop.services.sample.catalog import Catalog

CURRENCY: Final = "USD"
MESSAGE: Final = "Thank you for your business. Checks to Clearview Window & Carpet Care."
_MORNING: Final = 500  # invoices of the day before are written at 8:20


@dataclass(slots=True)
class Bill:
    """One invoice to be written. ``fate``: empty (as the customer pays), unpaid, part, void,
    credited or draft. ``lines`` are given when there is no visit behind it."""

    client: Client
    visits: Sequence[Visit]
    issued_on: date
    minute: int
    fate: str = ""
    lines: Sequence[Line] = ()
    po: str = ""


@dataclass(slots=True)
class _Pile:
    """Invoices that one payment will settle."""

    invoices: list[tuple[int, int]] = field(default_factory=list)


def next_workday(day: date) -> date:
    """The first working day after ``day``."""
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def bill_of(visit: Visit) -> Bill:
    """Homes are billed at the door, firms on the next working morning."""
    assert visit.client is not None
    if visit.client.segment == "residential":
        return Bill(visit.client, (visit,), visit.day, visit.end + 10)
    return Bill(visit.client, (visit,), next_workday(visit.day), _MORNING)


class Till:
    """Writes invoices in the order in which they were issued, and the payments for them."""

    def __init__(
        self, book: Book, catalog: Catalog, days: Days, seed: int, today: date, now: int
    ) -> None:
        self._book = book
        self._days = days
        self._today = today
        self._now = now
        self._rng = Random(f"{seed}:money")
        self._pattern = parse_pattern(DEFAULT_PATTERN)
        self.series = self._pattern.series(today.isoformat())
        self.next_n = self._pattern.first
        self._check_number = 2100
        self._city = (catalog.city_tax, _parts(catalog.city_parts))
        self._state = (catalog.state_tax, _parts(catalog.state_parts))
        self._piles: defaultdict[tuple[int, date], _Pile] = defaultdict(_Pile)

    def is_due_for_billing(self, bill: Bill) -> bool:
        """Whether its moment has come."""
        return (bill.issued_on, bill.minute) < (self._today, self._now)

    def write(self, bills: Iterable[Bill]) -> None:
        """Bills in order of issue."""
        for bill in bills:
            if bill.fate == "void":
                self._write(bill)
                self._write(Bill(bill.client, bill.visits, bill.issued_on, bill.minute + 4))
            else:
                self._write(bill)

    def settle_piles(self) -> None:
        """Payments that cover several invoices of a customer."""
        for (contact_id, paid_on), pile in sorted(self._piles.items(), key=lambda item: item[0]):
            self._pay(contact_id, paid_on, pile.invoices, "cheque")
        self._piles.clear()

    def _write(self, bill: Bill) -> None:
        client, draft = bill.client, bill.fate == "draft"
        lines = [(visit.id, _dated(visit, line)) for visit in bill.visits for line in visit.lines]
        lines += [(0, line) for line in bill.lines]
        spot = bill.visits[0].spot if bill.visits else client.spots[0]
        assert spot is not None
        tax_id, parts = self._state if spot.tax_id is not None else self._city
        totals = compute_totals(
            [
                LineInput(line.qty_milli, line.price_cents * PRICE_SCALE, line.taxable)
                for _visit, line in lines
            ],
            () if client.exempt else parts,
        )  # fmt: skip
        invoice_id = self._book.take_id("invoices")
        paid = 0 if draft else self._payments(bill, invoice_id, totals.total_cents)
        issued_at = self._days.at(bill.issued_on, bill.minute)
        due_on = bill.issued_on + timedelta(days=client.terms_days)
        owes = bill.fate not in {"draft", "void", "credited"}
        place = spot.place
        self._book.add(
            "invoices", self._book.uid(), "draft", client.id, spot.id, client.bill_to,
            f"{spot.name}\n{place.street}\n{place.city}, SD {place.postal_code}", bill.po,
            None if draft else bill.issued_on.isoformat(), None if draft else due_on.isoformat(),
            client.terms_days, CURRENCY, None if client.exempt else tax_id, MESSAGE,
            totals.subtotal_cents, totals.net_cents, totals.tax_cents, totals.total_cents, paid,
            totals.total_cents - paid if owes else 0, None if draft else issued_at,
            issued_at + 90_000 if client.has_email and not draft else None, issued_at - 60_000,
            issued_at, row_id=invoice_id,
        )  # fmt: skip
        self._write_lines(invoice_id, lines, totals)
        if bill.fate != "void":
            for visit in bill.visits:
                visit.invoice_id = invoice_id
        if not draft:
            self._issue(bill, invoice_id, totals, paid)

    def _write_lines(
        self, invoice_id: int, lines: Sequence[tuple[int, Line]], totals: Totals
    ) -> None:
        figures = zip(lines, totals.amounts, totals.nets, totals.rates_ppm, strict=True)
        for position, ((visit_id, line), amount, net, rate) in enumerate(figures):
            self._book.add(
                "invoice_lines", invoice_id, position, visit_id or None, line.service_id,
                line.name, line.description, line.qty_milli,
                line.price_cents * PRICE_SCALE, int(line.taxable), rate, amount, net,
            )  # fmt: skip
        for position, tax in enumerate(totals.taxes):
            self._book.add(
                "invoice_taxes", invoice_id, position, tax.name, tax.rate_ppm, tax.base_cents,
                tax.tax_cents,
            )  # fmt: skip

    def _issue(self, bill: Bill, invoice_id: int, totals: Totals, paid: int) -> None:
        if bill.fate in {"void", "credited"}:
            state = InvoiceState(bill.fate)
        else:
            state = state_of_balance(totals.total_cents, paid)
        number = self._pattern.format(self.next_n, bill.issued_on.isoformat())
        self._book.add_plain(ISSUE, (number, self.series, self.next_n, str(state), invoice_id))
        self.next_n += 1

    # payments

    def _payments(self, bill: Bill, invoice_id: int, total: int) -> int:
        """Cents that have been paid by today."""
        if bill.fate in {"unpaid", "void", "credited"}:
            return 0
        paid_on, method = self._pay_day(bill)
        if paid_on >= self._today and bill.fate != "part":
            return 0
        if bill.fate == "part":
            share = total // 2 // 1000 * 1000 or total // 2
            self._pay(
                bill.client.id, self._today - timedelta(days=3), [(invoice_id, share)], "cheque"
            )
            return share
        if method == "pile":
            self._piles[bill.client.id, paid_on].invoices.append((invoice_id, total))
        else:
            self._pay(bill.client.id, paid_on, [(invoice_id, total)], method)
        return total

    def _pay_day(self, bill: Bill) -> tuple[date, str]:
        rng, issued, client = self._rng, bill.issued_on, bill.client
        if client.pays == "now":
            return issued, "card"
        if client.pays == "monthly":
            month = (issued.replace(day=1) + timedelta(days=32)).replace(day=5)
            if (month - issued).days < 9:
                month = (month.replace(day=1) + timedelta(days=32)).replace(day=5)
            return month, "pile"
        method = rng.choices(("cheque", "card", "transfer", "cash"), (50, 30, 14, 6))[0]
        if client.pays == "slow":
            return issued + timedelta(days=client.terms_days + rng.randrange(3, 25)), method
        return issued + timedelta(days=rng.randrange(1, client.terms_days // 2)), method

    def _pay(
        self, contact_id: int, paid_on: date, invoices: Sequence[tuple[int, int]], method: str
    ) -> None:
        reference = ""
        if method == "cheque":
            self._check_number += self._rng.randrange(1, 9)
            reference = str(self._check_number)
        elif method in {"card", "transfer"}:
            reference = str(100_000 + self._rng.getrandbits(24) % 900_000)
        payment_id = self._book.add(
            "payments", contact_id, paid_on.isoformat(), method, reference, CURRENCY,
            sum(amount for _invoice, amount in invoices),
            self._days.at(paid_on, self._rng.randrange(500, 1010)),
        )  # fmt: skip
        for invoice_id, amount in invoices:
            self._book.add("allocations", payment_id, invoice_id, amount, paid_on.isoformat())


def _dated(visit: Visit, line: Line) -> Line:
    """The line as it stands on an invoice: with the day of the visit before its description."""
    day = distinct_dates([visit.day.isoformat()])
    return replace(line, description=" · ".join(filter(None, (day, line.description))))


def _parts(parts: tuple[tuple[str, int], ...]) -> tuple[TaxPart, ...]:
    return tuple(TaxPart(name, rate) for name, rate in parts)
