"""The batches that an office can run, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class BatchWords:
    """``command`` opens it, ``title`` heads the screen, ``do`` is its button, ``nothing`` is said
    where there is nothing to do; texts of the context ``BillingBatch``."""

    command: str
    title: str
    lead: str
    do: str
    nothing: str


BATCHES: Final[dict[str, BatchWords]] = {
    "visits": BatchWords(
        str(QT_TRANSLATE_NOOP("BillingBatch", "Invoice all finished visits…")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Invoice finished visits")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "One row is one invoice. Untick what shall wait.")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Create invoices")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Everything finished is invoiced.")),
    ),
    "repeating": BatchWords(
        str(QT_TRANSLATE_NOOP("BillingBatch", "Make due repeating invoices…")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Repeating invoices that are due")),
        str(
            QT_TRANSLATE_NOOP(
                "BillingBatch",
                "Each date is billed once. Missed ones wait here until you decide.",
            )
        ),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Go on")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "No repeating invoice is due.")),
    ),
    "drafts": BatchWords(
        str(QT_TRANSLATE_NOOP("BillingBatch", "Issue all drafts…")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Issue drafts")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Each ticked draft gets its number, in this order.")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Issue invoices")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "There are no drafts.")),
    ),
    "mails": BatchWords(
        str(QT_TRANSLATE_NOOP("BillingBatch", "E-mail all that are not sent…")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "E-mail what is not sent yet")),
        str(
            QT_TRANSLATE_NOOP(
                "BillingBatch", "The e-mails wait under Messages until you send them."
            )
        ),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Prepare e-mails")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Everything open was sent or waits to be.")),
    ),
    "print": BatchWords(
        str(QT_TRANSLATE_NOOP("BillingBatch", "Print all that are not sent…")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Print what is not sent yet")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "What was printed counts as sent.")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Print")),
        str(QT_TRANSLATE_NOOP("BillingBatch", "Everything open was sent or waits to be.")),
    ),
}
