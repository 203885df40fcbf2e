"""Amounts, prices and quantities: forgiving to type, in integers inside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import parse_amount, parse_price, parse_quantity
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.common.inputs import LineEdit


class _NumberEdit(LineEdit):
    """A whole number that is typed and shown as :meth:`_read` and :meth:`_text_of` say."""

    def __init__(self, value: int, parent: QWidget | None, object_name: str) -> None:
        super().__init__("", parent, object_name=object_name)
        self._value = value
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._show()
        self.editingFinished.connect(self._on_editing_finished)

    def _read(self, text: str) -> int:
        raise NotImplementedError

    def _text_of(self, value: int) -> str:
        raise NotImplementedError

    def _announce(self, value: int) -> None:
        """Tell that another value was typed."""

    def _typed(self) -> int:
        """What stands in the field, also while it is being typed."""
        try:
            return self._read(self.text())
        except AppError:
            return self._value

    def _put(self, value: int) -> None:
        """Show another value without announcing it."""
        self._value = value
        self._show()

    def _show(self) -> None:
        self.setText(self._text_of(self._value))

    def _on_editing_finished(self) -> None:
        value = self._typed()
        changed = value != self._value
        self._put(value)
        if changed:
            self._announce(value)


class MoneyEdit(_NumberEdit):
    """An amount in cents; simple sums are understood ("4*18", "12+3.50")."""

    centsChanged = Signal(object)  # int; a C int is too short for it

    def __init__(
        self,
        cents: int = 0,
        parent: QWidget | None = None,
        *,
        currency: str = "USD",
        object_name: str = "",
    ) -> None:
        self._currency = currency
        super().__init__(cents, parent, object_name)

    def cents(self) -> int:
        """The amount that stands in the field, also while it is being typed."""
        return self._typed()

    def set_cents(self, cents: int) -> None:
        """Show another amount without announcing it."""
        self._put(cents)

    def _read(self, text: str) -> int:
        return parse_amount(text, self._currency, i18n.number_style())

    def _text_of(self, value: int) -> str:
        return i18n.amount(value, self._currency)

    def _announce(self, value: int) -> None:
        self.centsChanged.emit(value)


class PriceEdit(_NumberEdit):
    """The price of one unit in ten-thousandths of a cent; simple sums are understood."""

    def __init__(
        self,
        price_e4: int = 0,
        parent: QWidget | None = None,
        *,
        currency: str = "USD",
        object_name: str = "",
    ) -> None:
        self._currency = currency
        super().__init__(price_e4, parent, object_name)

    def price(self) -> int:
        """The price that stands in the field, also while it is being typed."""
        return self._typed()

    def set_price(self, price_e4: int) -> None:
        """Show another price without announcing it."""
        self._put(price_e4)

    def _read(self, text: str) -> int:
        return parse_price(text, self._currency, i18n.number_style())

    def _text_of(self, value: int) -> str:
        return i18n.price(value, self._currency)


class QuantityEdit(_NumberEdit):
    """A quantity in thousandths ("1.5" is 1500); simple sums are understood."""

    milliChanged = Signal(int)

    def __init__(
        self, milli: int = 1000, parent: QWidget | None = None, *, object_name: str = ""
    ) -> None:
        super().__init__(milli, parent, object_name)

    def milli(self) -> int:
        """The quantity that stands in the field."""
        return self._typed()

    def set_milli(self, milli: int) -> None:
        """Show another quantity without announcing it."""
        self._put(milli)

    def _read(self, text: str) -> int:
        return parse_quantity(text, i18n.number_style())

    def _text_of(self, value: int) -> str:
        return i18n.quantity(value)

    def _announce(self, value: int) -> None:
        self.milliChanged.emit(value)
