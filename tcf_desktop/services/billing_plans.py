"""What the office does with repeating invoices: save, stop, and bill what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from tcf_desktop import models
from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.billing_plans import due_dates, period_of
from tcf_desktop.services.billing_plan_drafts import (
    BillingPlanDraft,
    checked_plan,
    rule_and_anchor,
)
from tcf_desktop.services.billing_sources import customer_of, place_of, today_of
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft, checked_date
from tcf_desktop.services.invoice_values import add_invoice, store_content
from tcf_desktop.services.invoices import draft_of_visits, issue, settle_deposits
from tcf_desktop.services.matching_rows import match_rows

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class SaveBillingPlan(Command[int]):
    """Write a new repeating invoice or a changed one; returns its id.

    Raises what :func:`checked_plan` raises, and ``repeating.billed`` when new dates would begin
    inside what was billed already.
    """

    contact_id: int
    draft: BillingPlanDraft
    plan_id: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        draft = checked_plan(self.draft)
        if self.plan_id is None:
            plan = _added(uow, self.contact_id, draft)
            uow.describe("new repeating invoice “{name}”", name=plan.name)
            return plan.id
        plan = living_plan(uow, self.plan_id)
        _refuse_billed(uow, plan, draft)
        for column, value in _columns(draft).items():
            setattr(plan, column, value)
        plan.updated_at = uow.now_at
        match_rows(uow, models.BillingPlanLine, _line_rows(draft.lines), plan_id=plan.id)
        uow.describe("change of the repeating invoice “{name}”", name=plan.name)
        return plan.id


@dataclass(frozen=True, slots=True)
class RepeatInvoice(Command[int]):
    """Make a repeating invoice with the lines and terms of an invoice; returns the plan's id.

    ``rule`` starts on ``anchor_on``, the date of the first further invoice.
    """

    invoice_id: int
    rule: str
    anchor_on: str
    name: str

    def execute(self, uow: UnitOfWork) -> int:
        invoice = uow.get(models.Invoice, self.invoice_id)
        if invoice.deleted_at is not None:
            raise AppError("data.gone")
        draft = BillingPlanDraft(
            self.name,
            self.rule,
            self.anchor_on,
            location_id=invoice.location_id,
            terms_days=invoice.terms_days,
            po=invoice.po,
            message=invoice.message,
            discount_ppm=invoice.discount_ppm,
            discount_fixed_cents=invoice.discount_fixed_cents,
            lines=tuple(_invoice_lines(uow, invoice.id)),
        )
        plan = _added(uow, invoice.contact_id, checked_plan(draft))
        uow.describe("new repeating invoice “{name}”", name=plan.name)
        return plan.id


@dataclass(frozen=True, slots=True)
class StopBillingPlan(Command[None]):
    """Bill no further dates; what is due up to today stays due."""

    plan_id: int

    def execute(self, uow: UnitOfWork) -> None:
        plan = living_plan(uow, self.plan_id)
        plan.stopped_at = plan.stopped_at or uow.now_at
        plan.updated_at = uow.now_at
        uow.describe("stop of the repeating invoice “{name}”", name=plan.name)


@dataclass(frozen=True, slots=True)
class ResumeBillingPlan(Command[None]):
    """Bill again from today on: the dates after the stop and before today are left out."""

    plan_id: int

    def execute(self, uow: UnitOfWork) -> None:
        plan = living_plan(uow, self.plan_id)
        if plan.stopped_at is None:
            return
        zone = uow.value("SELECT zone FROM business WHERE id = 1")
        stopped, today = from_ms(plan.stopped_at, zone).date(), date.fromisoformat(today_of(uow))
        done = {run.period_on for run in uow.find(models.BillingRun, plan_id=plan.id)}
        rule, anchor = rule_and_anchor(plan.rule, plan.anchor_on)
        one_day = timedelta(days=1)
        for on in due_dates(rule, anchor, stopped + one_day, today - one_day):
            if on.isoformat() not in done:
                _add_run(uow, plan.id, on.isoformat(), "skipped", None)
        plan.stopped_at = None
        plan.updated_at = uow.now_at
        uow.describe("start of the repeating invoice “{name}”", name=plan.name)


@dataclass(frozen=True, slots=True)
class DeleteBillingPlan(Command[None]):
    """Put a repeating invoice into the trash. The invoices that it made stay."""

    plan_id: int

    def execute(self, uow: UnitOfWork) -> None:
        plan = living_plan(uow, self.plan_id)
        plan.deleted_at = uow.now_at
        uow.describe("deleting of the repeating invoice “{name}”", name=plan.name)


@dataclass(frozen=True, slots=True)
class BillPeriod(Command[int]):
    """Make the invoice draft of one date of a plan; returns its id.

    The draft and the note that the period is done are one transaction, so no period is billed
    twice. Raises ``repeating.not_due``, ``repeating.done``, ``repeating.no_visits`` and
    ``repeating.mixed_taxes``.
    """

    plan_id: int
    period_on: str

    def execute(self, uow: UnitOfWork) -> int:
        invoice, name = _billed(uow, self.plan_id, self.period_on)
        uow.describe("invoice of “{name}” for {day}", name=name, day=self.period_on)
        return invoice.id


@dataclass(frozen=True, slots=True)
class BillAndIssuePeriod(Command[int]):
    """:class:`BillPeriod` that issues at once, dated today: all or nothing."""

    undoable: ClassVar[bool] = False

    plan_id: int
    period_on: str

    def execute(self, uow: UnitOfWork) -> int:
        invoice, _name = _billed(uow, self.plan_id, self.period_on)
        number = issue(uow, invoice)
        settle_deposits(uow, invoice)
        uow.describe("issue of invoice {number}", number=number)
        return invoice.id


@dataclass(frozen=True, slots=True)
class SkipPeriod(Command[None]):
    """Leave one date of a plan out. Raises ``repeating.not_due`` and ``repeating.done``."""

    plan_id: int
    period_on: str

    def execute(self, uow: UnitOfWork) -> None:
        plan, _on = _due(uow, self.plan_id, self.period_on)
        _add_run(uow, plan.id, self.period_on, "skipped", None)
        uow.describe("leaving out of “{name}” for {day}", name=plan.name, day=self.period_on)


def living_plan(uow: UnitOfWork, plan_id: int) -> models.BillingPlan:
    """A plan that is not in the trash, or ``data.gone``."""
    plan = uow.get(models.BillingPlan, plan_id)
    if plan.deleted_at is not None:
        raise AppError("data.gone")
    return plan


def _added(uow: UnitOfWork, contact_id: int, draft: BillingPlanDraft) -> models.BillingPlan:
    customer_of(uow, contact_id)
    plan = uow.add(
        models.BillingPlan(
            contact_id=contact_id,
            created_at=uow.now_at,
            updated_at=uow.now_at,
            stopped_at=None,
            deleted_at=None,
            **_columns(draft),
        )
    )
    match_rows(uow, models.BillingPlanLine, _line_rows(draft.lines), plan_id=plan.id)
    return plan


def _columns(draft: BillingPlanDraft) -> dict[str, Any]:
    return {
        "location_id": draft.location_id,
        "name": draft.name,
        "basis": draft.basis,
        "rule": draft.rule,
        "anchor_on": draft.anchor_on,
        "terms_days": draft.terms_days,
        "po": draft.po,
        "message": draft.message,
        "discount_ppm": draft.discount_ppm,
        "discount_fixed_cents": draft.discount_fixed_cents,
    }


def _line_rows(lines: tuple[InvoiceLineDraft, ...]) -> list[dict[str, Any]]:
    return [
        {
            "service_id": line.service_id,
            "name": line.name,
            "description": line.description,
            "qty_milli": line.qty_milli,
            "unit": line.unit[:40],
            "unit_price_e4": line.unit_price_e4,
            "discount_ppm": line.discount_ppm,
            "discount_fixed_cents": line.discount_fixed_cents,
            "taxable": int(line.taxable),
            "tax_code_id": line.tax_code_id,
        }
        for line in lines
    ]


def _refuse_billed(uow: UnitOfWork, plan: models.BillingPlan, draft: BillingPlanDraft) -> None:
    """Dates of another rule must not fall into what was billed by the old one."""
    if (plan.rule, plan.anchor_on) == (draft.rule, draft.anchor_on):
        return
    last = uow.value("SELECT max(period_on) FROM billing_runs WHERE plan_id = ?", (plan.id,))
    if last is not None and draft.anchor_on <= last:
        raise AppError("repeating.billed", day=last)


def _due(uow: UnitOfWork, plan_id: int, period_on: str) -> tuple[models.BillingPlan, date]:
    """The plan and the date, when it is one that can be billed now."""
    plan = living_plan(uow, plan_id)
    on = date.fromisoformat(checked_date(period_on))
    rule, anchor = rule_and_anchor(plan.rule, plan.anchor_on)
    if on.isoformat() > today_of(uow) or not due_dates(rule, anchor, on, on):
        raise AppError("repeating.not_due", day=period_on, name=plan.name)
    if next(iter(uow.find(models.BillingRun, plan_id=plan.id, period_on=period_on)), None):
        raise AppError("repeating.done", day=period_on, name=plan.name)
    return plan, on


def _billed(uow: UnitOfWork, plan_id: int, period_on: str) -> tuple[models.Invoice, str]:
    plan, on = _due(uow, plan_id, period_on)
    if plan.basis == "visits":
        invoice = _invoice_of_visits(uow, plan, on)
    else:
        lines = _lines_of(uow, plan.id)
        invoice = add_invoice(uow, customer_of(uow, plan.contact_id), plan.location_id, lines)
    if plan.terms_days is not None:
        invoice.terms_days = plan.terms_days
    invoice.po = plan.po
    invoice.message = plan.message or invoice.message
    if plan.discount_ppm or plan.discount_fixed_cents:
        invoice.discount_ppm = plan.discount_ppm
        invoice.discount_fixed_cents = plan.discount_fixed_cents
        store_content(uow, invoice, _invoice_lines(uow, invoice.id))
    _add_run(uow, plan.id, period_on, "made", invoice.id)
    uow.session.flush()
    return invoice, plan.name


def _invoice_of_visits(uow: UnitOfWork, plan: models.BillingPlan, on: date) -> models.Invoice:
    rule, anchor = rule_and_anchor(plan.rule, plan.anchor_on)
    period = period_of(rule, anchor, on)
    ids = uow.rows(
        "SELECT id FROM appointments WHERE contact_id = ?1 AND state = 'done' AND kind = 'job'"
        " AND invoice_id IS NULL AND deleted_at IS NULL AND starts_local >= ?2"
        " AND starts_local < ?3 AND (?4 IS NULL OR location_id = ?4) ORDER BY starts_at, id",
        (plan.contact_id, period.begin.isoformat(), on.isoformat(), plan.location_id),
    )
    if not ids:
        raise AppError("repeating.no_visits", day=on.isoformat(), name=plan.name)
    visits = [uow.get(models.Appointment, visit_id) for (visit_id,) in ids]
    places = {visit.location_id for visit in visits}
    if len({place_of(uow, place)[1] for place in places}) > 1:
        raise AppError("repeating.mixed_taxes", name=plan.name)
    invoice, _name = draft_of_visits(uow, visits)
    return invoice


def _lines_of(uow: UnitOfWork, plan_id: int) -> list[InvoiceLineDraft]:
    model = models.BillingPlanLine
    return [_as_draft(line) for line in uow.find(model, model.position, plan_id=plan_id)]


def _invoice_lines(uow: UnitOfWork, invoice_id: int) -> list[InvoiceLineDraft]:
    model = models.InvoiceLine
    return [
        _as_draft(line, line.appointment_id)
        for line in uow.find(model, model.position, invoice_id=invoice_id)
    ]


def _as_draft(
    line: models.BillingPlanLine | models.InvoiceLine, appointment_id: int | None = None
) -> InvoiceLineDraft:
    return InvoiceLineDraft(
        line.name,
        line.description,
        line.qty_milli,
        line.unit_price_e4,
        bool(line.taxable),
        line.service_id,
        appointment_id,
        line.unit,
        line.discount_ppm,
        line.discount_fixed_cents,
        line.tax_code_id,
    )


def _add_run(
    uow: UnitOfWork, plan_id: int, period_on: str, state: str, invoice_id: int | None
) -> None:
    uow.add(
        models.BillingRun(
            plan_id=plan_id,
            period_on=period_on,
            state=state,
            invoice_id=invoice_id,
            created_at=uow.now_at,
        )
    )
