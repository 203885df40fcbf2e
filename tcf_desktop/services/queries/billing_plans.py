"""Repeating invoices: what of them is due to be made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.billing_plans import due_dates, period_of
from tcf_desktop.domain.recurrence import rule_of
from tcf_desktop.domain.tax import DocumentTerms
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft, totals_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

MOST_DUE: Final = 1000


@dataclass(frozen=True, slots=True)
class DueRun:
    """A date of a plan that has come and is neither billed nor left out. ``net_cents`` is what it
    bills before tax is added, in minor units; ``visits`` how many finished visits (basis
    ``visits``)."""

    plan_id: int
    period_on: str
    contact_id: int
    customer: str
    name: str
    basis: str
    visits: int
    net_cents: int


def due_runs(r: Reader, today: str, limit: int = MOST_DUE) -> tuple[DueRun, ...]:
    """What is due by ``today``, oldest first, at most ``limit``; a stopped plan owes what came
    before its stop. For an io thread."""
    zone = r.value("SELECT zone FROM business WHERE id = 1")
    last = date.fromisoformat(today)
    found: list[DueRun] = []
    for row in r.all(
        "SELECT p.id, p.contact_id, coalesce(nullif(c.company, ''), c.display_name), p.name,"
        " p.basis, p.rule, p.anchor_on, p.stopped_at, p.location_id, p.discount_ppm,"
        " p.discount_fixed_cents FROM billing_plans p JOIN contacts c ON c.id = p.contact_id"
        " WHERE p.deleted_at IS NULL AND c.deleted_at IS NULL AND p.anchor_on <= ? ORDER BY p.id",
        (today,),
    ):
        plan_id, contact_id, customer, name, basis, rule_value, anchor_on, stopped_at = row[:8]
        rule, anchor = rule_of(rule_value), date.fromisoformat(anchor_on)
        end = last if stopped_at is None else min(last, from_ms(stopped_at, zone).date())
        runs = r.all("SELECT period_on FROM billing_runs WHERE plan_id = ?", (plan_id,))
        done = {period_on for (period_on,) in runs}
        days = [day for day in due_dates(rule, anchor, anchor, end) if day.isoformat() not in done]
        fixed = _net_of_lines(r, plan_id, *row[9:]) if days and basis == "lines" else 0
        for day in days[:limit]:
            visits, net = 0, fixed
            if basis == "visits":
                begin = period_of(rule, anchor, day).begin
                visits, net = _visits(r, contact_id, row[8], begin, day)
            facts = (contact_id, customer, name, basis, visits, net)
            found.append(DueRun(plan_id, day.isoformat(), *facts))
    found.sort(key=lambda run: (run.period_on, run.plan_id))
    return tuple(found[:limit])


def _net_of_lines(r: Reader, plan_id: int, share_ppm: int, fixed_cents: int) -> int:
    inclusive = bool(r.value("SELECT prices_include_tax FROM business WHERE id = 1"))
    lines = [
        InvoiceLineDraft("", "", row[0], row[1], discount_ppm=row[2], discount_fixed_cents=row[3])
        for row in r.all(
            "SELECT qty_milli, unit_price_e4, discount_ppm, discount_fixed_cents"
            " FROM billing_plan_lines WHERE plan_id = ? ORDER BY position",
            (plan_id,),
        )
    ]
    terms = DocumentTerms(inclusive, share_ppm, fixed_cents)
    return totals_of(lines, (), terms=terms).total_cents


def _visits(
    r: Reader, contact_id: int, location_id: int | None, begin: date, on: date
) -> tuple[int, int]:
    row = r.one(
        "SELECT count(*), coalesce(sum(total_cents), 0) FROM appointments WHERE contact_id = ?1"
        " AND state = 'done' AND kind = 'job' AND invoice_id IS NULL AND deleted_at IS NULL"
        " AND starts_local >= ?2 AND starts_local < ?3 AND (?4 IS NULL OR location_id = ?4)",
        (contact_id, begin.isoformat(), on.isoformat(), location_id),
    )
    return (0, 0) if row is None else (int(row[0]), int(row[1]))
