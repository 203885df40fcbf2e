"""The columns of the payments list: ready strings for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.payments import PaymentRow

DATE, CUSTOMER, METHOD, REFERENCE, AMOUNT, APPLIED, LEFT, KIND = range(8)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Payments", text)


def method_words(method: str) -> str:
    """Cash, Check, Card …"""
    return {
        "cash": _tr("Cash"),
        "cheque": _tr("Check"),
        "card": _tr("Card"),
        "transfer": _tr("Transfer"),
        "other": _tr("Other"),
    }[method]


def kind_words(row: PaymentRow) -> tuple[str, str]:
    """The word for a movement and its chip's tone."""
    if row.reversed:
        return _tr("Reversed"), "neutral"
    return {
        "payment": (_tr("Received"), "ok"),
        "refund": (_tr("Given back"), "warn"),
        "write_off": (_tr("Written off"), "neutral"),
        "reversal": (_tr("Reversal"), "bad"),
    }[row.kind]


def shown_cents(row: PaymentRow) -> int:
    """The amount with its sign: what goes out is below zero."""
    return -row.amount_cents if row.kind in {"refund", "reversal"} else row.amount_cents


def columns() -> list[Column[PaymentRow]]:
    """The columns in order."""
    return [
        Column("date", _tr("Date"), lambda row: i18n.full_day(row.paid_on), sort="date",
               width=116),
        Column("customer", _tr("Customer"), lambda row: row.customer, sort="customer",
               stretch=True),
        Column("method", _tr("Method"), lambda row: method_words(row.method), sort="method",
               width=92),
        Column("reference", _tr("Reference"), lambda row: row.reference or i18n.DASH,
               sort="reference", width=124),
        Column("amount", _tr("Amount"), lambda row: i18n.amount(shown_cents(row), row.currency),
               align_right=True, sort="amount", width=116),
        Column("applied", _tr("Applied to"), lambda row: ", ".join(row.invoices) or i18n.DASH,
               width=150),
        Column("left", _tr("Not applied"),
               lambda row: i18n.amount_or_dash(row.unapplied_cents, row.currency),
               align_right=True, sort="left", width=116),
        Column("kind", _tr("State"), lambda row: kind_words(row)[0], width=128,
               tone=lambda row: kind_words(row)[1]),
    ]  # fmt: skip


class PaymentListModel(IdListModel[PaymentRow]):
    """Payments by id."""

    def __init__(self, fetch: Callable[[Sequence[int]], Mapping[int, PaymentRow]]) -> None:
        super().__init__(columns(), fetch)
