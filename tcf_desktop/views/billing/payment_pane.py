"""One payment beside the list: what it settles, and what can be done about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.itemmodels.payment_list import kind_words, method_words
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.qtkit.printing import print_pdf
from tcf_desktop.services.payments import METHODS, ApplyCredit, RefundCredit, ReversePayment
from tcf_desktop.services.pdf_files import write_file
from tcf_desktop.services.queries import payments as queries
from tcf_desktop.services.queries.payments import OpenDocument, PaymentRow, PaymentUse
from tcf_desktop.services.receipts import receipt_pdf
from tcf_desktop.views.common import (
    Chip,
    ComboBox,
    DataLabel,
    FormField,
    LineEdit,
    LinkButton,
    MoneyEdit,
    PlainButton,
    PrimaryButton,
    ScrollPane,
)
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.command import Command
    from tcf_desktop.views.context import ViewContext

_WIDTH: Final = 340
_Content = tuple[PaymentRow, tuple[PaymentUse, ...], tuple[OpenDocument, ...]]


class PaymentPane(ScrollPane):
    """``targeted`` leads to an invoice or the customer."""

    targeted = Signal(object)
    shownChanged = Signal(bool)

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("surface")
        self.ctx = ctx
        self.setObjectName("payments.pane")
        self.setFixedWidth(_WIDTH)
        self.payment_id: int | None = None
        self.layout_.setContentsMargins(20, 18, 20, 18)
        self.layout_.setSpacing(10)
        self._content: _Content | None = None
        self._asking = ""

    def show_payment(self, payment_id: int) -> None:
        """Show it as it is now."""
        self.payment_id = payment_id
        self._asking = ""

        def ask(r: Reader) -> _Content | None:
            row = queries.payment_rows(r, [payment_id]).get(payment_id)
            if row is None:
                return None
            uses = queries.payment_uses(r, payment_id)
            return row, uses, queries.open_documents(r, row.contact_id)

        def answer(content: _Content | None) -> None:
            if self.payment_id == payment_id:
                self._content = content
                self._fill()

        self.ctx.tasks.read(self, ask, answer)

    def clear(self) -> None:
        """Show nothing."""
        self.payment_id, self._content = None, None
        self._fill()

    # building

    def _fill(self) -> None:
        while (item := self.layout_.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(self._content is not None)
        self.shownChanged.emit(self._content is not None)
        if self._content is None:
            return
        row, uses, documents = self._content
        self._head(row)
        self._uses(row, uses)
        if self._asking:
            self._ask_for(row, documents)
        else:
            self._actions(row, documents)
        self.layout_.addStretch(1)

    def _head(self, row: PaymentRow) -> None:
        word, tone = kind_words(row)
        money = i18n.money(row.amount_cents, row.currency)
        self.layout_.addWidget(DataLabel(money, "title", weight=600))
        self.layout_.addWidget(Chip(word, tone), 0, Qt.AlignmentFlag.AlignLeft)
        name = LinkButton(row.customer, object_name="payments.pane.customer")
        name.clicked.connect(
            lambda: self.ctx.shell.navigate(Target("contacts", "contact", row.contact_id))
        )
        self.layout_.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)
        facts = [
            (self.tr("Date"), i18n.full_day(row.paid_on)),
            (self.tr("Method"), method_words(row.method)),
            (self.tr("Reference"), row.reference),
            (self.tr("Tip"), i18n.money(row.tip_cents, row.currency) if row.tip_cents else ""),
            (self.tr("Fee"), i18n.money(row.fee_cents, row.currency) if row.fee_cents else ""),
            (self.tr("Reason"), row.reason),
            (
                self.tr("Not applied"),
                i18n.money(row.unapplied_cents, row.currency) if row.unapplied_cents else "",
            ),
        ]
        for label, value in facts:
            if value:
                self._fact(label, value)

    def _fact(self, label: str, value: str) -> None:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        what = DataLabel(label, "body", "text2")
        what.setFixedWidth(100)
        line.addWidget(what, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(DataLabel(value, "body", wrap=True), 1)
        self.layout_.addWidget(box)

    def _uses(self, row: PaymentRow, uses: tuple[PaymentUse, ...]) -> None:
        if not uses:
            return
        self.layout_.addWidget(DataLabel(self.tr("Applied to"), "caption", "text2"))
        for use in uses:
            text = self.tr("{number}: {amount}").format(
                number=use.number, amount=i18n.money(use.cents, row.currency)
            )
            link = LinkButton(text, object_name=f"payments.pane.use.{use.number}")
            link.clicked.connect(
                lambda *_, invoice_id=use.invoice_id: self.targeted.emit(
                    Target("billing", "invoice", invoice_id)
                )
            )
            self.layout_.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _actions(self, row: PaymentRow, documents: tuple[OpenDocument, ...]) -> None:
        wanted: list[tuple[str, str]] = []
        if row.unapplied_cents and documents:
            wanted.append(("apply", self.tr("Apply to an invoice…")))
        if row.unapplied_cents:
            wanted.append(("refund", self.tr("Give back…")))
        if row.kind != "reversal" and not row.reversed:
            wanted.append(("reverse", self.tr("Reverse…")))
        if row.kind in {"payment", "refund"}:
            for key, text, run in (
                ("print", self.tr("Print receipt…"), self._print),
                ("pdf", self.tr("Save receipt as PDF…"), self._ask_where),
            ):
                paper = PlainButton(text, object_name=f"payments.pane.{key}")
                paper.clicked.connect(run)
                self.layout_.addWidget(paper)
        for key, text in wanted:
            button = PlainButton(text, object_name=f"payments.pane.{key}")
            button.clicked.connect(lambda *_, what=key: self._begin(what))
            self.layout_.addWidget(button)

    def _print(self) -> None:
        office, payment_id = self.ctx.office, self.payment_id
        if payment_id is None:
            return
        title = self.tr("Receipt {number}").format(number=payment_id)

        def made(content: bytes) -> None:
            print_pdf(self, content, title, lambda _done: None)

        self.ctx.tasks.run(self, lambda: receipt_pdf(office, payment_id), made)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save receipt"))
        dialog.setObjectName("payments.pdfDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self.tr('Receipt')} {self.payment_id}.pdf")
        dialog.fileSelected.connect(lambda path: self.save_receipt(Path(path)))
        dialog.open()

    def save_receipt(self, path: Path) -> None:
        """Write the receipt of the payment that is shown."""
        office, payment_id = self.ctx.office, self.payment_id
        if payment_id is None:
            return

        def done(_nothing: None) -> None:
            self.ctx.notify(self.tr("{file} was saved.").format(file=path.name))

        self.ctx.tasks.run(self, lambda: write_file(path, receipt_pdf(office, payment_id)), done)

    def _begin(self, what: str) -> None:
        self._asking = what
        self._fill()

    def _ask_for(self, row: PaymentRow, documents: tuple[OpenDocument, ...]) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        self.reason = LineEdit("", object_name="payments.pane.reason")
        self.cents = MoneyEdit(
            row.unapplied_cents, currency=row.currency, object_name="payments.pane.amount"
        )
        self.choice = ComboBox(object_name="payments.pane.choice")
        if self._asking == "reverse":
            self.reason.setText(self.tr("Bounced"))
            hint = self.tr("Both stay on record; what it settled is open again.")
            column.addWidget(FormField(self.tr("Why"), self.reason, hint=hint))
        elif self._asking == "refund":
            for key in METHODS:
                self.choice.addItem(method_words(key), key)
            column.addWidget(FormField(self.tr("Amount"), self.cents))
            column.addWidget(FormField(self.tr("How it goes back"), self.choice))
            column.addWidget(FormField(self.tr("Why"), self.reason))
        else:
            for document in documents:
                words = self.tr("{number}, open {amount}").format(
                    number=document.number,
                    amount=i18n.money(document.open_cents, document.currency),
                )
                self.choice.addItem(words, document.id)
            self.cents.set_cents(min(row.unapplied_cents, documents[0].open_cents))
            column.addWidget(FormField(self.tr("Invoice"), self.choice))
            column.addWidget(FormField(self.tr("Amount"), self.cents))
        self.why_not = DataLabel("", "caption", "bad", wrap=True, object_name="payments.pane.why")
        column.addWidget(self.why_not)
        buttons = QHBoxLayout()
        cancel = PlainButton(self.tr("Cancel"), object_name="payments.pane.cancel")
        cancel.clicked.connect(lambda: self._begin(""))
        verb = {
            "reverse": self.tr("Reverse"),
            "refund": self.tr("Give back"),
            "apply": self.tr("Apply"),
        }[self._asking]
        do = PrimaryButton(verb, object_name="payments.pane.do")
        do.clicked.connect(self._do)
        self.reason.returnPressed.connect(self._do)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(do)
        column.addLayout(buttons)
        self.layout_.addWidget(box)
        first = self.reason if self._asking == "reverse" else self.cents
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    def _do(self) -> None:
        if self._content is None or not self._asking:
            return
        row = self._content[0]
        words = {
            "reverse": self.tr("The payment was reversed."),
            "refund": self.tr("The money is recorded as given back."),
            "apply": self.tr("The credit was applied."),
        }[self._asking]

        def done(_result: Any) -> None:
            self.show_payment(row.id)
            self.ctx.notify(words)

        def refused(error: AppError) -> None:
            self.why_not.setText(words_of(error).text())

        self.ctx.tasks.command(self, self._command(row), done, refused)

    def _command(self, row: PaymentRow) -> Command[Any]:
        today, cents, chosen = self.ctx.today(), self.cents.cents(), self.choice.currentData()
        if self._asking == "reverse":
            return ReversePayment(row.id, today, self.reason.text())
        if self._asking == "refund":
            return RefundCredit(cents, today, str(chosen), self.reason.text(), payment_id=row.id)
        return ApplyCredit(int(chosen), cents, today, payment_id=row.id)
