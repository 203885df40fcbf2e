"""The figures under the lines: discount, each tax with its base, what settles it, amount due."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail, Settlement
from tcf_desktop.views.common import DataLabel, hairline


def _tr(text: str) -> str:
    return QCoreApplication.translate("TotalsBlock", text)


def settled_words(step: Settlement) -> str:
    """What settled a document, in words: ``Deposit D-12, Jun 30``."""
    names = {
        "deposit": _tr("Deposit {number}"),
        "credit_note": _tr("Credit note {number}"),
        "write_off": _tr("Written off"),
        "payment": _tr("Payment"),
    }
    name = names.get(step.kind, _tr("Payment")).format(number=step.number).strip()
    if step.cents < 0:
        name = _tr("{what}, taken back").format(what=name)
    return _tr("{what}, {day}").format(what=name, day=i18n.day(step.on)) if step.on else name


class TotalsBlock(QWidget):
    """Rows of label and amount; the last one, what is owed, in subtitle size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("invoice.totals")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._rows: list[tuple[DataLabel, DataLabel]] = []
        self._line = hairline()
        self.due = self.due_label = ""

    def show_figures(self, detail: InvoiceDetail) -> None:
        """The figures of a document, in minor units; nothing is computed here."""
        rows = figure_rows(detail)
        self.due_label, self.due = rows[-1]
        self.show_rows(rows)

    def name_last(self, label: str) -> None:
        """Call the last row by another name."""
        self._rows[-1][0].setText(label)

    def shown(self) -> list[tuple[str, str]]:
        """Labels and amounts as they are read."""
        return [(left.text(), right.text()) for left, right in self._rows]

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Labels and amounts, the last one in subtitle size."""
        if len(rows) != len(self._rows):
            self._rebuild(len(rows))
        for (label, amount), (left, right) in zip(rows, self._rows, strict=True):
            left.setText(label)
            right.setText(amount)
        self._rows[-1][1].setObjectName("invoice.due")

    def _rebuild(self, count: int) -> None:
        for pair in self._rows:
            for label in pair:
                self._grid.removeWidget(label)
                label.hide()
                label.deleteLater()
        self._grid.removeWidget(self._line)
        self._rows = []
        for number in range(count):
            last = number == count - 1
            style, weight = ("subtitle", 600) if last else ("body", 400)
            left = DataLabel("", style, "text" if last else "text2", weight=weight)
            right = DataLabel("", style, "text", weight=weight, align="right")
            row = number + 1 if last else number
            self._grid.addWidget(left, row, 0)
            self._grid.addWidget(right, row, 1)
            self._rows.append((left, right))
        self._grid.addWidget(self._line, count - 1, 0, 1, 2)


def figure_rows(detail: InvoiceDetail) -> list[tuple[str, str]]:
    """Labels and amounts in their order, what is owed last."""

    def money(cents: int) -> str:
        return i18n.money(cents, detail.currency)

    rows = [(_tr("Subtotal"), money(detail.subtotal_cents))]
    if detail.discount_cents:
        label = _tr("Discount")
        if detail.discount_ppm:
            label = _tr("Discount {share}").format(share=i18n.rate(detail.discount_ppm))
        rows.append((label, money(-detail.discount_cents)))
    if detail.taxes and (detail.prices_include_tax or detail.discount_cents):
        rows.append((_tr("Net"), money(detail.net_cents)))
    for tax in detail.taxes:
        label = _tr("{name} {rate} of {base}").format(
            name=tax.name, rate=i18n.rate(tax.rate_ppm), base=money(tax.base_cents)
        )
        rows.append((label, money(tax.tax_cents)))
    if detail.paid_cents or detail.settled:
        rows.append((_tr("Total"), money(detail.total_cents)))
        rows += _settled_rows(detail)
    last = {"credit_note": _tr("Credit left")}.get(detail.doc_type, _tr("Amount due"))
    return [*rows, (last, money(detail.open_cents))]


def _settled_rows(detail: InvoiceDetail) -> list[tuple[str, str]]:
    """Deposits and credit one by one, payments in one sum."""

    def money(cents: int) -> str:
        return i18n.money(cents, detail.currency)

    if not detail.settled:
        label = _tr("Used") if detail.is_credit_note else _tr("Paid")
        return [(label, money(-detail.paid_cents))]
    plain = [step for step in detail.settled if step.kind == "payment" and not detail.is_draft]
    rows = [
        (settled_words(step), money(-step.cents)) for step in detail.settled if step not in plain
    ]
    if paid := sum(step.cents for step in plain):
        rows.append((_tr("Paid"), money(-paid)))
    return rows
