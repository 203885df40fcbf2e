"""Many documents at once: each by a command of its own, with progress, Stop and a result for each.

Stop takes effect between two items: what was done is whole, the rest was not begun.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tcf_desktop.base.errors import AppError
from tcf_desktop.services.archive import invoice_pdf
from tcf_desktop.services.billing_plans import BillAndIssuePeriod, BillPeriod, SkipPeriod
from tcf_desktop.services.invoice_messages import QueueInvoiceMessage
from tcf_desktop.services.invoices import (
    DraftInvoiceFromAppointments,
    InvoiceVisits,
    IssueInvoice,
)

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.progress import Progress
    from tcf_desktop.services.queries.batch_items import BatchItem, Per

Then = Literal["draft", "issue", "mail", "skip"]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an item: the numbers of its documents; ``unmailed`` where a mail was wanted and
    the customer has no address that may be written to, ``skipped`` where it was left out for good.
    """

    numbers: tuple[str, ...] = ()
    unmailed: bool = False
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """``done`` with what was made, ``failed`` with the reason, or ``left`` after Stop."""

    state: Literal["done", "failed", "left"]
    made: Made = Made()
    error: AppError | None = None


Work = Callable[["BatchItem"], Made]


def run_batch(items: Sequence[BatchItem], work: Work, progress: Progress) -> tuple[Outcome, ...]:
    """Work through the items in their order; an outcome for each. Blocks.

    What an item is refused for does not keep the others back.
    """
    outcomes: list[Outcome] = []
    for at, item in enumerate(items):
        try:
            progress.report(at, len(items))
        except AppError:
            break
        try:
            outcomes.append(Outcome("done", work(item)))
        except AppError as error:
            outcomes.append(Outcome("failed", error=error))
        except Exception:  # the list of what was done must not be lost
            log.exception("an item of a batch failed")
            outcomes.append(Outcome("failed", error=AppError("app.bug")))
    progress.done = len(outcomes)
    return (*outcomes, *[Outcome("left")] * (len(items) - len(outcomes)))


def invoicing(office: Office, per: Per, then: Then, today: str) -> Work:
    """Items of visits become drafts, issued invoices, or issued ones with a mail that waits."""

    def work(item: BatchItem) -> Made:
        if then == "draft":
            office.runner.run(DraftInvoiceFromAppointments(item.ids, per))
            return Made()
        issued = office.runner.run(InvoiceVisits(item.ids, per))
        sent = [_given_out(office, ident, then, today) for ident, _number in issued]
        return Made(tuple(number for _ident, number in issued), not all(sent))

    return work


def issuing(office: Office, then: Then, today: str) -> Work:
    """Items of drafts are issued, with a mail that waits where ``then`` says so."""

    def work(item: BatchItem) -> Made:
        number = office.runner.run(IssueInvoice(item.ids[0]))
        return Made((number,), not _given_out(office, item.ids[0], then, today))

    return work


def repeating(office: Office, then: Then, today: str) -> Work:
    """Items of repeating invoices become drafts or issued ones, or are left out for good."""

    def work(item: BatchItem) -> Made:
        plan_id, period_on = item.ids[0], item.dates[0]
        if then == "skip":
            office.runner.run(SkipPeriod(plan_id, period_on))
            return Made(skipped=True)
        if then == "draft":
            office.runner.run(BillPeriod(plan_id, period_on))
            return Made()
        made = office.runner.run(BillAndIssuePeriod(plan_id, period_on))
        number = office.read(lambda r: r.value("SELECT number FROM invoices WHERE id = ?", (made,)))
        return Made((str(number),), not _given_out(office, made, then, today))

    return work


def mailing(office: Office, today: str) -> Work:
    """Items of issued documents get a mail that waits."""

    def work(item: BatchItem) -> Made:
        invoice_pdf(office, item.ids[0], today)
        office.runner.run(QueueInvoiceMessage(item.ids))
        return Made((item.detail,))

    return work


def collecting(office: Office, today: str, into: list[tuple[int, bytes]]) -> Work:
    """The kept PDFs of issued documents are put into ``into``, to be printed."""

    def work(item: BatchItem) -> Made:
        into.append((item.ids[0], invoice_pdf(office, item.ids[0], today)))
        return Made((item.detail,))

    return work


def _given_out(office: Office, invoice_id: int, then: Then, today: str) -> bool:
    """Make the paper that is kept, and the mail; False for a customer without an address."""
    invoice_pdf(office, invoice_id, today)
    if then != "mail":
        return True
    try:
        office.runner.run(QueueInvoiceMessage((invoice_id,)))
    except AppError as error:
        if error.code != "messages.no_address":
            raise
        return False
    return True
