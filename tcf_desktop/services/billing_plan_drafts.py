"""Repeating invoices as edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.billing_plans import next_due
from tcf_desktop.domain.money import MAX_MINOR
from tcf_desktop.domain.recurrence import Rule, parse_rule, rule_text
from tcf_desktop.domain.tax import PPM, DocumentTerms
from tcf_desktop.services.invoice_drafts import (
    MAX_TEXT,
    InvoiceLineDraft,
    checked_date,
    totals_of,
)

BASES: Final = ("lines", "visits")
_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2200


@dataclass(frozen=True, slots=True)
class BillingPlanDraft:
    """A repeating invoice as edited. ``basis`` is ``lines`` (its own) or ``visits`` (what was
    finished in the period); ``rule`` an RRULE value that starts on ``anchor_on``; ``terms_days``
    None is the customer's."""

    name: str
    rule: str
    anchor_on: str
    basis: str = "lines"
    location_id: int | None = None
    terms_days: int | None = None
    po: str = ""
    message: str = ""
    discount_ppm: int = 0
    discount_fixed_cents: int = 0
    lines: tuple[InvoiceLineDraft, ...] = ()

    def terms(self, *, prices_include_tax: bool) -> DocumentTerms:
        """What holds for each invoice as a whole."""
        return DocumentTerms(prices_include_tax, self.discount_ppm, self.discount_fixed_cents)


def checked_plan(draft: BillingPlanDraft) -> BillingPlanDraft:
    """The plan as it is stored. Raises ``repeating.no_name``, ``repeating.no_lines``,
    ``repeating.no_dates``, ``schedule.rule``, ``invoice.bad_date``, ``invoice.bad_quantity`` and
    ``invoice.bad_discount``."""
    if draft.basis not in BASES:
        raise ValueError(draft.basis)
    if not draft.name.strip():
        raise AppError("repeating.no_name")
    if draft.terms_days is not None and not 0 <= draft.terms_days <= 3650:
        raise AppError("invoice.bad_quantity")
    if draft.basis == "lines" and not draft.lines:
        raise AppError("repeating.no_lines")
    if not (0 <= draft.discount_ppm <= PPM and 0 <= draft.discount_fixed_cents <= MAX_MINOR):
        raise AppError("invoice.bad_discount")
    totals_of(draft.lines, ())
    rule, anchor = rule_and_anchor(draft.rule, draft.anchor_on)
    return replace(
        draft,
        name=draft.name.strip()[:200],
        rule=rule_text(rule),
        anchor_on=anchor.isoformat(),
        po=draft.po[:MAX_TEXT],
        message=draft.message[:MAX_TEXT],
        lines=tuple(replace(line, appointment_id=None) for line in draft.lines),
    )


def rule_and_anchor(rule_value: str, anchor_on: str) -> tuple[Rule, date]:
    """Both parsed, or the errors of :func:`checked_plan`."""
    rule, anchor = parse_rule(rule_value), date.fromisoformat(checked_date(anchor_on))
    if not _FIRST_YEAR <= anchor.year <= _LAST_YEAR:
        raise AppError("invoice.bad_date", text=anchor_on[:40])
    if not next_due(rule, anchor, date.fromordinal(anchor.toordinal() - 1)):
        raise AppError("repeating.no_dates")
    return rule, anchor
