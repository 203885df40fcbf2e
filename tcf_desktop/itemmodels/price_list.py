"""The price list, to complete the name of a service from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, Qt

from tcf_desktop.itemmodels.id_list_model import Index
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.catalog import PriceRow

PRICE_ROLE = Qt.ItemDataRole.UserRole + 9
_NOTHING = QModelIndex()


def _tr(text: str) -> str:
    return QCoreApplication.translate("InvoiceLines", text)


class PriceListModel(QAbstractListModel):
    """The price list for a completer: it matches the name and shows the price beside it."""

    def __init__(self, currency: str = "USD") -> None:
        super().__init__()
        self._prices: tuple[PriceRow, ...] = ()
        self._currency = currency

    def set_prices(self, prices: Sequence[PriceRow], currency: str) -> None:
        """Show another price list."""
        self.beginResetModel()
        self._prices, self._currency = tuple(prices), currency
        self.endResetModel()

    @property
    def prices(self) -> tuple[PriceRow, ...]:
        return self._prices

    def named(self, name: str) -> PriceRow | None:
        """The service of this very name, whatever its case."""
        wanted = name.strip().casefold()
        return next((price for price in self._prices if price.name.casefold() == wanted), None)

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._prices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        price = self._prices[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return price.name
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(price)
        return price if role == PRICE_ROLE else None

    def _shown(self, price: PriceRow) -> str:
        usual = i18n.price(price.price_e4, self._currency)
        if price.price_list:
            return _tr("{name}  ·  {price} in “{list}”").format(
                name=price.name, price=usual, list=price.price_list
            )
        if price.last_price_e4 is None or price.last_price_e4 == price.price_e4:
            return f"{price.name}  ·  {usual}"
        last = i18n.price(price.last_price_e4, self._currency)
        return _tr("{name}  ·  {price}, last time {last}").format(
            name=price.name, price=usual, last=last
        )
