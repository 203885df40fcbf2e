"""Whether the books are what they should be: figures, numbers, what settles what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.documents import state_of_balance
from tcf_desktop.domain.tax import (
    DocumentTerms,
    LineInput,
    RoundingPolicy,
    TaxPart,
    compute_totals,
)
from tcf_desktop.services.check_problem import Problem

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_CHUNK: Final = 4000  # invoices in memory at once


def totals(r: Reader) -> Iterator[Problem]:
    """Every stored figure of an invoice against the one function that computes them."""
    last = int(r.value("SELECT coalesce(max(id), 0) FROM invoices"))
    for start in range(0, last, _CHUNK):
        span = (start, start + _CHUNK)
        lines, taxes = _lines_of(r, span), _taxes_of(r, span)
        for invoice in r.all(
            "SELECT id, coalesce(number, 'draft ' || id), rounding, prices_include_tax,"
            " discount_ppm, discount_fixed_cents, subtotal_cents, discount_cents, net_cents,"
            " tax_cents, total_cents FROM invoices WHERE id > ? AND id <= ?",
            span,
        ):
            rule = (
                RoundingPolicy.of(invoice[2]),
                DocumentTerms(bool(invoice[3]), invoice[4], invoice[5]),
            )
            detail = _wrong_figure(lines[invoice[0]], taxes[invoice[0]], invoice[6:], rule)
            if detail:
                yield Problem("check.totals", f"invoice {invoice[1]}", detail)


def _lines_of(r: Reader, span: tuple[int, int]) -> defaultdict[int, list[tuple[Any, ...]]]:
    lines: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for invoice_id, *line in r.all(
        "SELECT invoice_id, qty_milli, unit_price_e4, taxable, discount_ppm, discount_fixed_cents,"
        " amount_cents, net_cents, tax_code_id FROM invoice_lines"
        " WHERE invoice_id > ? AND invoice_id <= ? ORDER BY invoice_id, position",
        span,
    ):
        lines[invoice_id].append(tuple(line))
    return lines


def _taxes_of(r: Reader, span: tuple[int, int]) -> defaultdict[int, list[tuple[Any, ...]]]:
    taxes: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for invoice_id, *tax in r.all(
        "SELECT invoice_id, name, rate_ppm, base_cents, tax_cents FROM invoice_taxes"
        " WHERE invoice_id > ? AND invoice_id <= ? ORDER BY invoice_id, position",
        span,
    ):
        taxes[invoice_id].append(tuple(tax))
    return taxes


def _wrong_figure(
    lines: list[tuple[Any, ...]],
    taxes: list[tuple[Any, ...]],
    stored: tuple[Any, ...],
    rule: tuple[RoundingPolicy, DocumentTerms],
) -> str:
    """Which figure differs from the computed one, or empty."""
    if any(line[7] is not None for line in lines):
        return _wrong_sum(lines, taxes, stored)
    totals = compute_totals(
        [LineInput(line[0], line[1], bool(line[2]), None, line[3], line[4]) for line in lines],
        [TaxPart(name, rate) for name, rate, _base, _tax in taxes],
        *rule,
    )
    figures = zip(lines, totals.amounts, totals.nets, strict=True)
    for position, (line, amount, net) in enumerate(figures, 1):
        if line[5:7] != (amount, net):
            return f"line {position} has {line[5]}, computed {amount}"
    for tax, computed in zip(taxes, totals.taxes, strict=True):
        if tax[2:] != (computed.base_cents, computed.tax_cents):
            return f"tax {tax[0]} has {tax[3]}, computed {computed.tax_cents}"
    computed_figures = (
        totals.subtotal_cents,
        totals.discount_cents,
        totals.net_cents,
        totals.tax_cents,
        totals.total_cents,
    )
    if stored != computed_figures:
        return f"stored {stored}, computed {computed_figures}"
    return ""


def _wrong_sum(
    lines: list[tuple[Any, ...]], taxes: list[tuple[Any, ...]], stored: tuple[Any, ...]
) -> str:
    """The same of a document with tax codes, whose rates were kept by sum and not by line."""
    subtotal, discount, net, tax, total = stored
    sums = (
        sum(line[5] for line in lines),
        sum(line[6] for line in lines),
        sum(each[3] for each in taxes),
    )
    if sums != (subtotal, net, tax) or total != net + tax:
        return f"stored {stored}, the parts add up to {sums}"
    if subtotal - discount not in {net, total}:
        return f"{subtotal} less {discount} is neither {net} nor {total}"
    return ""


def numbers(r: Reader) -> Iterator[Problem]:
    """Numbers of a series follow each other without a gap, and the next one is the next."""
    for series, first, last, count, next_n in r.all(
        "SELECT i.series, min(i.series_n), max(i.series_n), count(*),"
        " (SELECT s.next_n FROM number_series s WHERE s.series = i.series)"
        " FROM invoices i WHERE i.series_n IS NOT NULL GROUP BY i.series"
    ):
        if last - first + 1 != count:
            missing = r.value(
                "SELECT min(a.series_n) + 1 FROM invoices a WHERE a.series = ?1 AND a.series_n < ?2"
                " AND NOT EXISTS (SELECT 1 FROM invoices b"
                " WHERE b.series = ?1 AND b.series_n = a.series_n + 1)",
                (series, last),
            )
            yield Problem("check.gap", f"series {series}", f"{missing} is missing")
        if next_n != last + 1:
            yield Problem("check.next_number", f"series {series}", f"{next_n} after {last}")


def balances(r: Reader) -> Iterator[Problem]:
    """Paid, moved and open amounts and the state against what was allocated; nothing gives more
    than it has."""
    for row in r.all(
        "SELECT coalesce(i.number, 'draft ' || i.id), i.doc_type, i.state, i.total_cents,"
        " i.paid_cents, i.open_cents, i.moved_cents, coalesce(g.got, 0), coalesce(g.notes, 0),"
        " coalesce(s.gave, 0) FROM invoices i LEFT JOIN (SELECT a.invoice_id,"
        " sum(a.amount_cents) AS got, sum(CASE WHEN c.corrects_id = a.invoice_id"
        " THEN a.amount_cents ELSE 0 END) AS notes FROM allocations a"
        " LEFT JOIN invoices c ON c.id = a.credit_id GROUP BY a.invoice_id) g"
        " ON g.invoice_id = i.id LEFT JOIN (SELECT credit_id, sum(amount_cents) AS gave"
        " FROM allocations GROUP BY credit_id) s ON s.credit_id = i.id"
    ):
        where = f"invoice {row[0]}"
        detail = _wrong_balance(*row[1:])
        if detail:
            yield Problem(*detail[:1], where, detail[1])
    for payment_id, kind, amount, tip, left, used, reversed_by in r.all(
        "SELECT p.id, p.kind, p.amount_cents, p.tip_cents, p.unapplied_cents,"
        " coalesce((SELECT sum(a.amount_cents) FROM allocations a WHERE a.payment_id = p.id), 0),"
        " (SELECT v.id FROM payments v WHERE v.reverses_id = p.id) FROM payments p"
    ):
        gives = kind in {"payment", "write_off"} and reversed_by is None
        if used > amount - tip or used < 0:
            yield Problem("check.balance", f"payment {payment_id}", f"{used} of {amount} used")
        elif left != (amount - tip - used if gives else 0):
            yield Problem("check.balance", f"payment {payment_id}", f"{left} is not what is left")


def _wrong_balance(
    doc_type: str, state: str, total: int, paid: int, left: int, moved: int, got: int,
    notes: int, gave: int,
) -> tuple[str, str] | None:  # fmt: skip
    """What is wrong with a document's balance: code and particulars."""
    settled = got if doc_type == "deposit" else got - gave
    if paid != settled:
        return "check.balance", f"paid {paid}, payments say {settled}"
    if moved != (gave if doc_type == "deposit" else 0) or (doc_type == "deposit" and gave > got):
        return "check.balance", f"{moved} moved of {paid}, payments say {gave}"
    if state == "draft":
        return None
    if state in {"void", "credited"}:
        return ("check.balance", f"{state}, but {left} open") if left else None
    if left != total - paid:
        return "check.balance", f"open {left}, should be {total - paid}"
    if state != state_of_balance(total, paid, notes):
        return "check.state", f"{state} with {paid} of {total} paid"
    return None
