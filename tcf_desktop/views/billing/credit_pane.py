"""Crediting an issued invoice: how much of each line is taken back, why, and what it comes to."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import DocType
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.credit_figures import CreditBasis, credit_figures
from tcf_desktop.services.credit_notes import CreditInvoice
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.views.billing.as_edited import mirrored
from tcf_desktop.views.billing.side_pane import SidePane, row_of
from tcf_desktop.views.billing.totals import TotalsBlock
from tcf_desktop.views.common import (
    DataLabel,
    FormField,
    LinkButton,
    QuantityEdit,
    Switch,
    TextArea,
)


class CreditPane(SidePane):
    """The quantities to credit start with all that is left; ``agreed`` when it shall be issued."""

    def __init__(self) -> None:
        super().__init__("invoice.creditPane", "", "receipt")
        self.do.setText(self.tr("Issue credit note"))
        self._detail: InvoiceDetail | None = None
        self._basis: CreditBasis | None = None
        self._edits: list[QuantityEdit] = []
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self.all = LinkButton(self.tr("Credit all that is left"), object_name="invoice.credit.all")
        self.all.clicked.connect(lambda: self._fill(all_of_it=True))
        self.none = LinkButton(self.tr("Nothing"), object_name="invoice.credit.none")
        self.none.clicked.connect(lambda: self._fill(all_of_it=False))
        links = QWidget()
        row = QGridLayout(links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(16)
        row.addWidget(self.all, 0, 0)
        row.addWidget(self.none, 0, 1)
        row.setColumnStretch(2, 1)
        self.reason = TextArea(lines=2, object_name="invoice.credit.reason")
        self.again = Switch(self.tr("Bill the visits again"), object_name="invoice.credit.again")
        self._again_row = row_of(self.again, self.tr("Bill the visits again"))
        self.totals = TotalsBlock()
        self.totals.setObjectName("invoice.credit.totals")
        self.effect = DataLabel("", "body", "text2", wrap=True, object_name="invoice.credit.effect")
        for widget in (
            self._lines,
            links,
            FormField(self.tr("Reason, printed on the credit note"), self.reason),
            self._again_row,
            self.totals,
            self.effect,
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def ask(self, detail: InvoiceDetail, basis: CreditBasis) -> None:
        """Begin anew for this invoice."""
        self._detail, self._basis = detail, basis
        self.title.setText(self.tr("Credit invoice {number}").format(number=basis.number))
        self.reason.setText("")
        self.again.setChecked(False)
        self._again_row.setVisible(basis.has_visits)
        self._build_lines(basis)
        self._fill(all_of_it=True)
        if self._edits:
            self._edits[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def command(self, invoice_id: int) -> CreditInvoice:
        """What is to be issued."""
        return CreditInvoice(
            invoice_id,
            self.parts(),
            self.reason.text().strip(),
            bill_again=self.again.isChecked(),
        )

    def parts(self) -> tuple[tuple[int, int], ...]:
        """Positions of lines with the thousandths to credit."""
        assert self._basis is not None
        return tuple(
            (line.position, edit.milli())
            for line, edit in zip(self._basis.lines, self._edits, strict=True)
            if edit.milli()
        )

    def _build_lines(self, basis: CreditBasis) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._edits = []
        heads = (self.tr("Line"), self.tr("Billed"), self.tr("Left"), self.tr("Credit"))
        for column, words in enumerate(heads):
            side = "left" if column == 0 else "right"
            self._grid.addWidget(DataLabel(words, "caption", "text2", align=side), 0, column)
        for number, line in enumerate(basis.lines, 1):
            edit = QuantityEdit(0, object_name=f"invoice.credit.qty.{line.position}")
            edit.setAccessibleName(self.tr("Credit of {line}").format(line=line.name))
            edit.setFixedWidth(96)
            edit.setEnabled(line.left_milli != 0)
            edit.textChanged.connect(self._show)
            billed = i18n.joined([i18n.quantity(line.qty_milli), line.unit], " ")
            self._grid.addWidget(DataLabel(line.name, "body"), number, 0)
            self._grid.addWidget(DataLabel(billed, "body", "text2", align="right"), number, 1)
            left = i18n.quantity(line.left_milli)
            self._grid.addWidget(DataLabel(left, "body", "text2", align="right"), number, 2)
            self._grid.addWidget(edit, number, 3)
            self._edits.append(edit)

    def _fill(self, *, all_of_it: bool) -> None:
        assert self._basis is not None
        for line, edit in zip(self._basis.lines, self._edits, strict=True):
            edit.set_milli(line.left_milli if all_of_it else 0)
        self._show()

    def _show(self) -> None:
        """What it comes to as it stands, by the function that the command asks too."""
        if self._basis is None or self._detail is None:
            return
        try:
            parts = self.parts()
            figures = credit_figures(self._basis, parts or None)
            if not parts:
                raise AppError("credit.nothing", number=self._basis.number)
        except AppError as error:
            self.totals.hide()
            self.effect.setText("")
            self.set_why(
                self.tr("Choose what to credit.") if error.code == "credit.nothing" else str(error)
            )
            return
        totals = figures.totals
        note = replace(
            self._detail,
            doc_type=DocType.CREDIT_NOTE.value,
            subtotal_cents=totals.subtotal_cents,
            discount_cents=totals.discount_cents,
            net_cents=totals.net_cents,
            taxes=totals.taxes,
            total_cents=totals.total_cents,
            paid_cents=0,
            open_cents=totals.total_cents,
            settled=(),
            lines=(),
        )
        self.totals.show_figures(mirrored(note))
        self.totals.name_last(self.tr("Credit"))
        self.totals.show()
        self.effect.setText(self._effect(-totals.total_cents))
        self.set_why("")

    def _effect(self, cents: int) -> str:
        """What becomes of the credit."""
        assert self._detail is not None
        currency = self._detail.currency
        owed = min(max(self._detail.open_cents, 0), cents)
        left = cents - owed
        if owed and left:
            text = self.tr("{owed} settles what is open, {left} waits for the next invoice.")
        elif owed:
            text = self.tr("{owed} settles what is open on the invoice.")
        else:
            text = self.tr("{left} waits for the customer's next invoice, or is given back.")
        return text.format(owed=i18n.money(owed, currency), left=i18n.money(left, currency))
