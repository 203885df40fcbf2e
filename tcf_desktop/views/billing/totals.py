"""The figures under the lines: net, each tax with its base, total, paid, amount due."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from tcf_desktop.domain.tax import TaxTotal
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.common import DataLabel, hairline


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
        self.due = ""

    def show_figures(
        self,
        subtotal: int,
        taxes: Sequence[TaxTotal],
        total: int,
        paid: int,
        due: int,
        currency: str,
    ) -> None:
        """Minor units; nothing is computed here."""

        def money(cents: int) -> str:
            return i18n.money(cents, currency)

        rows = [(self.tr("Subtotal"), money(subtotal))]
        for tax in taxes:
            label = self.tr("{name} {rate} of {base}").format(
                name=tax.name, rate=i18n.rate(tax.rate_ppm), base=money(tax.base_cents)
            )
            rows.append((label, money(tax.tax_cents)))
        if paid:
            rows.append((self.tr("Total"), money(total)))
            rows.append((self.tr("Paid"), money(-paid)))
        rows.append((self.tr("Amount due"), money(due)))
        self.due = rows[-1][1]
        self._fill(rows)

    def _fill(self, rows: Sequence[tuple[str, str]]) -> None:
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
