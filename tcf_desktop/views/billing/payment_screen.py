"""Receive payment: who, how much, how, and which invoices it settles; also a stack of cheques."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.itemmodels.payment_list import method_words
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.payments import METHODS, RecordPayment, ReversePayment, WriteOff
from tcf_desktop.services.queries import payments as queries
from tcf_desktop.services.queries.customer_credits import customer_credits
from tcf_desktop.services.queries.payments import OpenDocument, PaymentRow
from tcf_desktop.views.billing.parts import BillingScreen
from tcf_desktop.views.billing.payment_spread import SpreadTable
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    DateEdit,
    FormField,
    LineEdit,
    LinkButton,
    MoneyEdit,
    Notice,
    PrimaryButton,
    ScrollPane,
    SegmentedControl,
    hairline,
)
from tcf_desktop.views.common.contact_picker import ContactPicker
from tcf_desktop.views.context import NoticeAction, Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext

_KEEP: Final = "keep"
_TIP: Final = "tip"
_OPEN: Final = "open"
_GIVE_UP: Final = "give_up"
_FORM_WIDTH: Final = 380


@dataclass(frozen=True, slots=True)
class _Customer:
    """Whose money it is, what is open, what lies there as credit."""

    id: int
    name: str
    currency: str
    documents: tuple[OpenDocument, ...]
    credit_cents: int


def _customer(r: Reader, contact_id: int) -> _Customer | None:
    name = r.value(
        "SELECT display_name FROM contacts WHERE id = ? AND deleted_at IS NULL", (contact_id,)
    )
    if name is None:
        return None
    return _Customer(
        contact_id,
        name,
        r.value("SELECT currency FROM business WHERE id = 1"),
        queries.open_documents(r, contact_id),
        sum(each.cents for each in customer_credits(r.all, contact_id)),
    )


class PaymentScreen(BillingScreen):
    """Targets: value ``invoice:ID``, ``customer:ID`` or empty. Enter in the reference saves and
    asks for the next one, so that a stack of cheques needs no mouse."""

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self.setObjectName("billing.payment")
        self._customer: _Customer | None = None
        self._first = 0
        self._generation = 0
        self._stack: list[int] = []
        self._stack_cents = 0
        self._saving = False
        self._build()

    # building

    def _build(self) -> None:
        form: ScrollPane = ScrollPane("surface")
        form.setMinimumWidth(_FORM_WIDTH)
        form.layout_.setContentsMargins(24, 18, 24, 18)
        form.layout_.setSpacing(14)
        self.form = form
        self.picker = ContactPicker(self.ctx, self.tr("Customer"), "payment.customer")
        self.picker.picked.connect(self._on_picker_picked)
        self.picker.setMaximumWidth(520)
        self.name = DataLabel("", "subtitle", weight=600, wrap=True, object_name="payment.name")
        self.other = LinkButton(self.tr("Another customer"), object_name="payment.other")
        self.other.clicked.connect(self._ask)
        self.credit = Notice("", "info", "info")
        self.credit.setObjectName("payment.credit")
        self.like = Notice("", "warn", "warning")
        self.like.setObjectName("payment.like")
        self.fields = self._fields()
        for widget in (self.picker, self.name, self.other, self.credit, self.like, self.fields):
            form.layout_.addWidget(widget)
        form.layout_.addStretch(1)
        self.spread = SpreadTable()
        self.spread.changed.connect(self._show_state)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(form, 2)
        body.addWidget(hairline(vertical=True))
        body.addWidget(self.spread, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(hairline())
        column.addWidget(self._foot())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def _fields(self) -> QWidget:
        currency = self.ctx.currency()
        self.amount = MoneyEdit(0, currency=currency, object_name="payment.amount")
        self.on = DateEdit(object_name="payment.on")
        self.method = ComboBox(object_name="payment.method")
        for key in METHODS:
            self.method.addItem(method_words(key), key)
        self.method.setCurrentIndex(METHODS.index("cheque"))
        self.reference = LineEdit("", object_name="payment.reference")
        self.tip = MoneyEdit(0, currency=currency, object_name="payment.tip")
        self.fee = MoneyEdit(0, currency=currency, object_name="payment.fee")
        for field in (self.amount, self.tip, self.fee):
            field.textEdited.connect(self._on_amount_edited)
            field.centsChanged.connect(self._on_amount_edited)
        self.reference.textEdited.connect(self._look_for_twin)
        self.reference.returnPressed.connect(self.save)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(FormField(self.tr("Amount"), self.amount))
        column.addWidget(FormField(self.tr("Date"), self.on))
        column.addWidget(FormField(self.tr("How it was paid"), self.method))
        column.addWidget(
            FormField(
                self.tr("Reference"),
                self.reference,
                hint=self.tr("A check number or the bank’s words. Enter saves."),
            )
        )
        small = QHBoxLayout()
        small.setSpacing(12)
        small.addWidget(FormField(self.tr("Tip in it"), self.tip))
        small.addWidget(FormField(self.tr("Fee kept of it"), self.fee))
        column.addLayout(small)
        return box

    def _foot(self) -> QWidget:
        self.state = DataLabel("", "body", "text2", wrap=True, object_name="payment.state")
        self.over = SegmentedControl(
            [(_KEEP, self.tr("Keep as credit")), (_TIP, self.tr("It is a tip"))],
            object_name="payment.over",
        )
        self.over.chosen.connect(lambda _key: self._show_state())
        self.short = SegmentedControl(
            [(_OPEN, self.tr("Leave it open")), (_GIVE_UP, self.tr("Write it off"))],
            object_name="payment.short",
        )
        self.short.chosen.connect(lambda _key: self._show_state())
        self.why = LineEdit("", object_name="payment.why")
        self.why.setPlaceholderText(self.tr("Why it is given up"))
        self.why.setMinimumWidth(180)
        self.why.textChanged.connect(lambda _text: self._show_state())
        self.do = PrimaryButton(self.tr("Save payment"), "check", object_name="payment.save")
        self.do.clicked.connect(self.save)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(12)
        row.addWidget(self.state, 1)
        for widget in (self.over, self.short, self.why, self.do):
            row.addWidget(widget)
        self.foot = foot
        return foot

    # what the page asks

    def title(self) -> str:
        return self.tr("Receive payment")

    def regions(self) -> list[QWidget]:
        return [self.form, self.spread, self.foot]

    def foot_height(self) -> int:
        return self.foot.height()

    def open_target(self, target: Target) -> None:
        self._stack, self._stack_cents = [], 0
        self.on.set_iso(self.ctx.today())
        kind, _, number = target.value.partition(":")
        self._first = 0
        if kind == "invoice" and number.isdigit():
            invoice_id = int(number)
            self._first = invoice_id
            sql = "SELECT contact_id FROM invoices WHERE id = ?"
            self.ctx.tasks.read(
                self,
                lambda r: _customer(r, int(r.value(sql, (invoice_id,)) or 0)),
                self._take,
            )
        elif kind == "customer" and number.isdigit():
            self._load(int(number))
        else:
            self._ask()

    # whose money

    def _ask(self) -> None:
        self._customer = None
        self._show_customer()
        self.picker.begin()

    def _load(self, contact_id: int) -> None:
        self.ctx.tasks.read(self, lambda r: _customer(r, contact_id), self._take)

    def _take(self, customer: _Customer | None) -> None:
        if customer is None:
            self._ask()
            return
        self._customer = customer
        chosen = [each for each in customer.documents if each.id == self._first]
        for field in (self.tip, self.fee):
            field.set_cents(0)
        self.reference.clear()
        self.over.set_key(_KEEP)
        self.short.set_key(_OPEN)
        self.amount.set_cents(sum(each.open_cents for each in chosen or customer.documents))
        self.spread.set_documents(customer.documents, self._first)
        self.spread.set_cents(self.amount.cents())
        self._show_customer()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.selectAll()
        self._look_for_twin()

    def _show_customer(self) -> None:
        known = self._customer
        self.picker.setVisible(known is None)
        for widget in (self.name, self.other, self.fields, self.spread):
            widget.setVisible(known is not None)
        credit = known is not None and known.credit_cents > 0
        self.credit.setVisible(credit)
        self.like.hide()
        if known is not None:
            self.name.setText(known.name)
            if credit:
                text = self.tr("{amount} of credit waits for an invoice of this customer.")
                money = i18n.money(known.credit_cents, known.currency)
                self.credit.set_notice(text.format(amount=money), "info", "info")
        self._show_state()

    # what it comes to

    def _left(self) -> int:
        return self.amount.cents() - self.tip.cents() - self.spread.settled()

    def _show_state(self) -> None:
        known = self._customer
        self.do.setEnabled(known is not None and not self._saving and not self._why_not())
        for widget in (self.over, self.short, self.why):
            widget.hide()
        if known is None:
            self.state.setText(self._stack_words())
            return
        left, short = self._left(), self.spread.short_ones()
        words = self._why_not() or self._stack_words()
        if not self._why_not() and left > 0:
            self.over.show()
            text = self.tr("{amount} more than the invoices.")
            words = text.format(amount=i18n.money(left, known.currency))
        elif not self._why_not() and len(short) == 1:
            document, rest = short[0]
            self.short.show()
            self.why.setVisible(self.short.key() == _GIVE_UP)
            text = self.tr("{number} keeps {amount} open.")
            words = text.format(number=document.number, amount=i18n.money(rest, known.currency))
        self.state.setText(words)

    def _why_not(self) -> str:
        """Why it cannot be saved as it stands; empty when it can."""
        known = self._customer
        if known is None:
            return ""
        wrong = self.spread.too_much()
        if self.amount.cents() <= 0:
            return self.tr("Type what was received.")
        if wrong is not None:
            text = self.tr("{number} owes {amount}, no more.")
            money = i18n.money(wrong.open_cents, known.currency)
            return text.format(number=wrong.number, amount=money)
        if self._left() < 0:
            text = self.tr("The invoices get {amount} more than was received.")
            return text.format(amount=i18n.money(-self._left(), known.currency))
        if self.fee.cents() > self.amount.cents() or self.tip.cents() < 0 or self.fee.cents() < 0:
            return self.tr("The fee is a part of the amount.")
        gives_up = self.short.key() == _GIVE_UP and len(self.spread.short_ones()) == 1
        if gives_up and not self.why.text().strip():
            return self.tr("Say why the rest is given up.")
        return ""

    def _stack_words(self) -> str:
        if not self._stack:
            return self.tr("Ctrl+Enter saves. What is saved is never deleted, only reversed.")
        words = i18n.plural(len(self._stack), self.tr("{n} payment"), self.tr("{n} payments"))
        return self.tr("{payments} in this stack, {total}").format(
            payments=words, total=i18n.money(self._stack_cents, self.ctx.currency())
        )

    def _look_for_twin(self, *_typed: Any) -> None:
        known = self._customer
        if known is None:
            return
        cents, reference, on = self.amount.cents(), self.reference.text(), self.on.iso()
        self._generation += 1
        generation = self._generation

        def answer(found: PaymentRow | None) -> None:
            if generation != self._generation:
                return
            self.like.setVisible(found is not None)
            if found is not None:
                text = self.tr("{amount} with this reference was recorded on {day} already.")
                money = i18n.money(found.amount_cents, found.currency)
                day = i18n.full_day(found.paid_on)
                self.like.set_notice(text.format(amount=money, day=day), "warn", "warning")

        self.ctx.tasks.read(
            self, lambda r: queries.like_payment(r, known.id, cents, reference, on), answer
        )

    # saving

    def save(self) -> None:
        """Record it; the next customer is asked for where a stack is being entered."""
        known = self._customer
        if known is None or self._saving or self._why_not():
            return
        tip = self.tip.cents()
        if self.over.key() == _TIP and self._left() > 0:
            tip += self._left()
        amount, short = self.amount.cents(), self.spread.short_ones()
        gives_up = short[0][0].id if self.short.key() == _GIVE_UP and len(short) == 1 else None
        reason = self.why.text().strip()
        command = RecordPayment(
            known.id, self.on.iso(), str(self.method.currentData()), self.spread.allocations(),
            self.reference.text(), amount, tip, self.fee.cents(),
        )  # fmt: skip

        def done(payment_id: int) -> None:
            self._stack.append(payment_id)
            self._stack_cents += amount
            if gives_up is not None:
                give_up = WriteOff(gives_up, self.on.iso(), reason)
                self.ctx.tasks.command(self, give_up, lambda _id: None, self._refused)
            self._saving = False
            self._say(payment_id, known.name, amount)
            self._first = 0
            self.why.clear()
            self._ask()

        self._saving = True
        self._show_state()
        self.ctx.tasks.command(self, command, done, self._refused)

    def _say(self, payment_id: int, name: str, cents: int) -> None:
        text = self.tr("{amount} from {name} was recorded.").format(
            amount=i18n.money(cents, self.ctx.currency()), name=name
        )

        def reverse() -> None:
            command = ReversePayment(payment_id, self.ctx.today(), self.tr("Recorded by mistake"))
            self.ctx.tasks.command(self, command, lambda _id: self._reversed(payment_id, cents))

        self.ctx.notify(text, action=NoticeAction(self.tr("Reverse it"), reverse))

    def _reversed(self, payment_id: int, cents: int) -> None:
        if payment_id in self._stack:
            self._stack.remove(payment_id)
            self._stack_cents -= cents
        self._show_state()
        self.ctx.notify(self.tr("The payment was reversed."))

    def _refused(self, error: AppError) -> None:
        self._saving = False
        self._show_state()
        self.state.setText(words_of(error).text())
        if error.code == "data.gone":
            self._ask()

    # slots

    def _on_picker_picked(self, contact_id: int) -> None:
        self._load(contact_id)

    def _on_amount_edited(self, *_value: Any) -> None:
        self.spread.set_cents(max(0, self.amount.cents() - self.tip.cents()))
        self._look_for_twin()
