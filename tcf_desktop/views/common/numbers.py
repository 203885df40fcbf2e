"""Amounts and quantities: forgiving to type, in integers inside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import parse_amount, parse_quantity
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.common.inputs import LineEdit


class MoneyEdit(LineEdit):
    """An amount in cents; simple sums are understood ("4*18", "12+3.50")."""

    centsChanged = Signal(int)

    def __init__(
        self,
        cents: int = 0,
        parent: QWidget | None = None,
        *,
        currency: str = "USD",
        object_name: str = "",
    ) -> None:
        super().__init__("", parent, object_name=object_name)
        self._cents = cents
        self._currency = currency
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._show()
        self.editingFinished.connect(self._on_editing_finished)

    def cents(self) -> int:
        """The amount that stands in the field, also while it is being typed."""
        try:
            return parse_amount(self.text(), self._currency, i18n.number_style())
        except AppError:
            return self._cents

    def set_cents(self, cents: int) -> None:
        """Show another amount without announcing it."""
        self._cents = cents
        self._show()

    def _show(self) -> None:
        self.setText(i18n.amount(self._cents, self._currency))

    def _on_editing_finished(self) -> None:
        cents = self.cents()
        changed = cents != self._cents
        self._cents = cents
        self._show()
        if changed:
            self.centsChanged.emit(cents)


class QuantityEdit(LineEdit):
    """A quantity in thousandths ("1.5" is 1500); simple sums are understood."""

    milliChanged = Signal(int)

    def __init__(
        self, milli: int = 1000, parent: QWidget | None = None, *, object_name: str = ""
    ) -> None:
        super().__init__("", parent, object_name=object_name)
        self._milli = milli
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._show()
        self.editingFinished.connect(self._on_editing_finished)

    def milli(self) -> int:
        """The quantity that stands in the field."""
        try:
            return parse_quantity(self.text(), i18n.number_style())
        except AppError:
            return self._milli

    def set_milli(self, milli: int) -> None:
        """Show another quantity without announcing it."""
        self._milli = milli
        self._show()

    def _show(self) -> None:
        self.setText(i18n.quantity(self._milli))

    def _on_editing_finished(self) -> None:
        milli = self.milli()
        changed = milli != self._milli
        self._milli = milli
        self._show()
        if changed:
            self.milliChanged.emit(milli)
