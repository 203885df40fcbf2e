"""Settings > Price lists: what groups of customers pay instead of the usual price."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import parse_price
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.record_settings import (
    PriceListRow,
    Removed,
    ServiceSettings,
    price_lists,
    removed_price_lists,
    services,
)
from tcf_desktop.views.common import DataLabel, LineEdit
from tcf_desktop.views.common.fold import Fold
from tcf_desktop.views.settings.rows import ListSection, SettingRow

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Stored = tuple[tuple[PriceListRow, ...], tuple[Removed, ...], tuple[ServiceSettings, ...]]


class PriceListsSection(ListSection):
    """A row for each list; its prices fold open."""

    key = "price_lists"
    tables = ("price_lists", "list_prices", "services")

    def build(self) -> None:
        self._services: tuple[ServiceSettings, ...] = ()
        self.build_list(
            self.tr("Price lists"),
            self.tr(
                "Give a customer a list in the contact, and new visits and invoices use its "
                "prices. What a list does not name costs what the service says."
            ),
            self.tr("Add a price list"),
        )
        self.empty.setText(
            self.tr("Everybody pays the price of the service. Add a list for those who do not.")
        )

    def load(self) -> None:
        self.ctx.tasks.read(self, _stored, self._show)

    def add_new(self) -> None:
        from tcf_desktop.services.price_lists import SavePriceList

        self.do_add(SavePriceList(None, self.free_name(self.tr("New price list"))))

    def make_row(self, stored: Any) -> SettingRow:
        row = PriceListSettings(stored.id, self.tr("price list"), self.ctx.currency())
        row.edited.connect(self._on_row_edited)
        row.removeRequested.connect(self._on_row_remove_requested)
        row.priceTyped.connect(self._on_row_price_typed)
        return row

    def bring_back(self, row_id: int) -> None:
        from tcf_desktop.services.price_lists import RestorePriceList

        self.do(RestorePriceList(row_id))

    def _show(self, found: Stored) -> None:
        lists, removed, self._services = found
        self.show_rows(lists)
        for entry in lists:
            row = self.row(entry.id)
            assert isinstance(row, PriceListSettings)
            row.show_services(self._services)
        self.show_removed(removed, self._removed_words)

    def _removed_words(self, entry: Removed) -> str:
        if not entry.used:
            return self.tr("“{name}” was removed.").format(name=entry.name)
        words = i18n.plural(
            entry.used,
            self.tr("{n} contact pays the usual prices now."),
            self.tr("{n} contacts pay the usual prices now."),
        )
        return self.tr("“{name}” was removed. {words}").format(name=entry.name, words=words)

    def _on_row_edited(self, row_id: int) -> None:
        from tcf_desktop.services.price_lists import SavePriceList

        self.do(SavePriceList(row_id, self.row(row_id).name.text()), row_id)

    def _on_row_price_typed(self, row_id: int, service_id: int, price: object) -> None:
        from tcf_desktop.services.price_lists import SetListPrice

        assert price is None or isinstance(price, int)
        self.do(SetListPrice(row_id, service_id, price), row_id)

    def _on_row_remove_requested(self, row_id: int) -> None:
        from tcf_desktop.services.price_lists import RemovePriceList

        said = self.tr("Price list {name} removed.").format(name=self.row(row_id).stored.name)
        self.do_remove(RemovePriceList(row_id), said)


class PriceListSettings(SettingRow):
    """The name of a list, who has it, and a table of prices; an empty price is the usual one."""

    priceTyped = Signal(int, int, object)  # list, service, price or None

    def __init__(self, row_id: int, what: str, currency: str) -> None:
        super().__init__(row_id, f"settings.price_lists.{row_id}", what, ordered=False)
        self._currency = currency
        self._services: tuple[ServiceSettings, ...] = ()
        self._shown: tuple[ServiceSettings, ...] | None = None
        self._prices: dict[int, LineEdit] = {}
        self.table = Fold(self.tr("Prices"), object_name=f"{self.object_name}.prices")
        self.table.toggled.connect(lambda *_: self._fill())
        self._grid_holder: QWidget | None = None
        self.column.insertWidget(1, self.table)

    def show_services(self, known: tuple[ServiceSettings, ...]) -> None:
        """Show the prices of these services."""
        self._services = known
        own = sum(1 for service in known if service.id in self.stored.prices)
        prices = i18n.plural(own, self.tr("{n} price of its own"), self.tr("{n} prices of its own"))
        used = self.stored.used
        contacts = i18n.plural(used, self.tr("{n} contact"), self.tr("{n} contacts"))
        self.table.set_summary(i18n.joined([prices if own else "", contacts]))
        self._fill()

    def _fill(self) -> None:
        """The table is made when it is first opened: many lists of many services are much."""
        if not self.table.is_open():
            return
        if self._shown != self._services:
            self._build_table()
        for service in self._services:
            edit = self._prices[service.id]
            if not (edit.hasFocus() and edit.isModified()):
                edit.setText(self._text(self.stored.prices.get(service.id)))

    def _build_table(self) -> None:
        if self._grid_holder is not None:
            self.table.body.removeWidget(self._grid_holder)
            self._grid_holder.hide()
            self._grid_holder.deleteLater()
        self._shown = self._services
        self._grid_holder = QWidget()
        self._grid_holder.setMaximumWidth(theme().scaled(640))  # prices stay near their names
        grid = QGridLayout(self._grid_holder)
        grid.setContentsMargins(24, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for column, words in enumerate(
            (self.tr("Service"), self.tr("Usual price"), self.tr("In this list"))
        ):
            align = "right" if column else "left"
            grid.addWidget(DataLabel(words, "caption", "text2", align=align), 0, column)
        self._prices = {}
        for number, service in enumerate(self._services, 1):
            usual = self._text(service.price_e4)
            edit = LineEdit(placeholder=usual, object_name=f"{self.object_name}.price{service.id}")
            edit.setAccessibleName(self.tr("Price of {service}").format(service=service.name))
            edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            edit.setFixedWidth(max(110, edit.fontMetrics().horizontalAdvance("00,000.00") + 24))
            edit.editingFinished.connect(partial(self._on_price_left, service.id))
            self._prices[service.id] = edit
            grid.addWidget(DataLabel(service.name), number, 0)
            grid.addWidget(DataLabel(usual, color="text2", align="right"), number, 1)
            grid.addWidget(edit, number, 2)
        self.table.body.addWidget(self._grid_holder)

    def _text(self, price: int | None) -> str:
        return "" if price is None else i18n.price(price, self._currency)

    def _on_price_left(self, service_id: int) -> None:
        edit = self._prices[service_id]
        if not edit.isModified():
            return
        edit.setModified(False)
        text, stored = edit.text().strip(), self.stored.prices.get(service_id)
        try:
            price = parse_price(text, self._currency, i18n.number_style()) if text else None
        except AppError as error:
            self.say(words_of(error).text(), "bad")
            edit.setText(self._text(stored))
            return
        self.say("")
        edit.setText(self._text(price))
        if price != stored:
            self.priceTyped.emit(self.row_id, service_id, price)


def _stored(r: Reader) -> Stored:
    return price_lists(r), removed_price_lists(r), services(r)
