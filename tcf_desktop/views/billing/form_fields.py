"""The fields above and below the lines of an invoice: who, where, when, discount, message."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.discounts import parse_discount
from tcf_desktop.itemmodels.invoice_lines import discount_text
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.billing.content import EditorContent
from tcf_desktop.views.common import ComboBox, DateEdit, FormField, LineEdit, LinkButton, TextArea

_TERMS = (0, 7, 10, 14, 15, 30, 45, 60)


class HeadFields(QWidget):
    """Customer, place, address, PO, tax, dates and terms; :meth:`say` puts remarks beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.customer = LineEdit(icon="user", object_name="invoice.customer")
        self.customer.setReadOnly(True)
        self.place = ComboBox(object_name="invoice.place")
        self.bill_to = TextArea(lines=4, object_name="invoice.billTo")
        self.po = LineEdit(object_name="invoice.po")
        self.tax = ComboBox(object_name="invoice.tax")
        self.issued = DateEdit(object_name="invoice.issued")
        self.terms = ComboBox(object_name="invoice.terms")
        self.due = DateEdit(object_name="invoice.due")
        for combo in (self.place, self.tax, self.terms):
            combo.setSizeAdjustPolicy(combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.fields = {
            "customer": FormField(self.tr("Customer"), self.customer),
            "place": FormField(self.tr("Service location"), self.place),
            "bill_to": FormField(self.tr("Bill to"), self.bill_to),
            "po": FormField(self.tr("Customer PO"), self.po),
            "tax": FormField(self.tr("Tax"), self.tax),
            "issued": FormField(self.tr("Invoice date"), self.issued),
            "terms": FormField(self.tr("Terms"), self.terms),
            "due": FormField(self.tr("Due"), self.due),
        }
        for key, field in self.fields.items():
            field.hint.setObjectName(f"invoice.hint.{key}")
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        top = Qt.AlignmentFlag.AlignTop
        places = {
            "customer": (0, 0, 1, 3), "place": (0, 3, 1, 3), "bill_to": (1, 0, 2, 3),
            "po": (1, 3, 1, 3), "tax": (2, 3, 1, 3), "issued": (3, 0, 1, 2),
            "terms": (3, 2, 1, 2), "due": (3, 4, 1, 2),
        }  # fmt: skip
        for key, (row, column, rows, columns) in places.items():
            grid.addWidget(self.fields[key], row, column, rows, columns, top)

    def fill(self, content: EditorContent) -> None:
        """What there is to choose from, and what is chosen; dates are set by the form."""
        detail = content.detail
        self.customer.setText(detail.customer)
        self.customer.setCursorPosition(0)
        self._fill_places(content)
        self.tax.clear()
        self.tax.addItem(self.tr("No tax"), None)
        for choice in content.taxes:
            self.tax.addItem(choice.name, choice.id)
        self.tax.select_data(detail.tax_id)
        self.fields["tax"].setVisible(bool(content.taxes))
        self.bill_to.setText(detail.bill_to)
        self.po.setText(detail.po)
        self.fill_terms(detail.terms_days)

    def _fill_places(self, content: EditorContent) -> None:
        self.place.clear()
        for choice in content.places:
            self.place.addItem(choice.label, choice.id)
        self.place.addItem(self.tr("No place"), None)
        known = {choice.id for choice in content.places}
        place_id = content.detail.location_id
        wanted = self.place.findData(place_id) if place_id in known else self.place.count() - 1
        self.place.setCurrentIndex(wanted)

    def fill_terms(self, days: int) -> None:
        """The usual terms and this one, which is chosen."""
        self.terms.clear()
        for choice in sorted({*_TERMS, days}):
            words = self.tr("Net {days}").format(days=choice)
            self.terms.addItem(words if choice else self.tr("Due on receipt"), choice)
        self.terms.select_data(days)

    def say(self, remarks: dict[str, tuple[str, str]]) -> None:
        """Remarks (words, tone) by field; a field without one says nothing."""
        for key, field in self.fields.items():
            text, tone = remarks.get(key, ("", "text2"))
            if (field.hint.text(), field.hint.isHidden()) != (text, not text):
                field.set_hint(text, tone)


class MessageFields(QWidget):
    """The message, and the discount of the whole document behind a word until there is one.

    ``edited`` after every change, ``refused`` with why a discount was not taken.
    """

    edited = Signal()
    refused = Signal(object)

    def __init__(self, label: str) -> None:
        super().__init__()
        self.message = TextArea(lines=3, object_name="invoice.message")
        self.discount = LineEdit(object_name="invoice.discount")
        self.discount.setPlaceholderText(self.tr("10% or an amount"))
        self.discount.setMaximumWidth(200)
        self.add_discount = LinkButton(self.tr("Add discount"), object_name="invoice.addDiscount")
        self.discount_field = FormField(self.tr("Discount on everything"), self.discount)
        self._message_field = FormField(label, self.message)
        links = QHBoxLayout()
        links.addWidget(self.add_discount)
        links.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._message_field)
        column.addLayout(links)
        column.addWidget(self.discount_field)
        column.addStretch(1)
        self._currency = "USD"
        self._value = (0, 0)
        self.message.textChanged.connect(self.edited)
        self.add_discount.clicked.connect(self.show_discount)
        self.discount.textEdited.connect(self._on_discount_edited)
        self.discount.editingFinished.connect(self._on_discount_finished)

    def fill(self, message: str, discount: tuple[int, int], currency: str) -> None:
        """Show what is stored; the discount is a share (millionths) or minor units."""
        self.message.setText(message)
        self._currency = currency
        self._value = discount
        self.discount.setText(discount_text(*discount, currency))
        self._show_field(any(self._value) or self.discount.hasFocus())

    def lock(self, locked: bool) -> None:
        """An issued document cannot be changed: its message stands among its facts."""
        self._message_field.setVisible(not locked)
        if locked:
            self.add_discount.hide()
            self.discount_field.hide()

    def value(self) -> tuple[int, int]:
        """The discount: millionths of a share, or minor units."""
        return self._value

    def show_discount(self) -> None:
        """Let it be typed."""
        self._show_field(True)
        self.discount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_field(self, on: bool) -> None:
        self.discount_field.setVisible(on)
        self.add_discount.setVisible(not on)

    def _on_discount_edited(self, text: str) -> None:
        """What can be understood counts at once; the rest is said when the field is left."""
        try:
            found = parse_discount(text, self._currency, i18n.number_style())
        except AppError:
            return
        if found != self._value:
            self._value = found
            self.edited.emit()

    def _on_discount_finished(self) -> None:
        text = self.discount.text()
        try:
            parse_discount(text, self._currency, i18n.number_style())
        except AppError as error:
            self.refused.emit(error)
        self.discount.setText(discount_text(*self._value, self._currency))
        if not any(self._value) and not self.discount.hasFocus():
            self._show_field(False)
