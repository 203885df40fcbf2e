"""Fields of the appointment editor: the customer, the services, forgiving day, time and length."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QPoint, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.domain import when_input
from tcf_desktop.domain.money import line_amount
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.appointment_values import LineDraft
from tcf_desktop.services.queries.appointment import LineRow, ServiceRow
from tcf_desktop.services.queries.contacts import ContactMatch, search_contacts
from tcf_desktop.views.common import (
    DataLabel,
    IconButton,
    LineEdit,
    LinkButton,
    PriceEdit,
    QuantityEdit,
)
from tcf_desktop.views.common.completion import give_room
from tcf_desktop.views.context import ViewContext

T = TypeVar("T")
_WAIT_MS = 80
_DAY_MINUTES = 1440


class CustomerField(LineEdit):
    """Find as one types; the last line of the list makes a new contact of what was typed."""

    chosen = Signal(int, str)  # contact id, name
    newRequested = Signal(str)
    cleared = Signal()

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(
            "", parent, placeholder="", icon="magnifying-glass",
            object_name="schedule.editor.customer",
        )  # fmt: skip
        self.setPlaceholderText(self.tr("Name, phone, address or company"))
        self._ctx = ctx
        self._matches: list[ContactMatch] = []
        self._generation = 0
        self._choices = QStringListModel(self)
        self._completer = QCompleter(self._choices, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        give_room(self._completer)
        self._popup.setAccessibleName(self.tr("Customers found"))
        self._completer.setWidget(self)
        self._completer.activated.connect(self._on_completer_activated)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.textEdited.connect(self._on_text_edited)

    def show_contact(self, name: str) -> None:
        """A contact that is chosen already."""
        self.setText(name)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
        if popup.isVisible() and event.key() in keys:
            event.ignore()  # the list takes these
            return
        if event.key() == Qt.Key.Key_Down and not popup.isVisible() and self._matches:
            self._open()
            return
        super().keyPressEvent(event)

    def _on_text_edited(self) -> None:
        self.cleared.emit()
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        self._generation += 1
        generation, text = self._generation, self.text()
        if not text.strip():
            self._popup.hide()
            return
        self._ctx.tasks.read(
            self,
            lambda r: search_contacts(r, text, 8),
            lambda found: self._on_found(generation, text, found),
        )

    def _on_found(self, generation: int, text: str, found: list[ContactMatch]) -> None:
        if generation != self._generation or not self.hasFocus():
            return
        self._matches = found
        lines = [i18n.joined([match.name, match.sub]) for match in found]
        lines.append(self.tr("New contact “{name}”").format(name=text.strip()[:60]))
        self._choices.setStringList(lines)
        self._open()

    def _open(self) -> None:
        self._completer.complete()
        self._popup.setCurrentIndex(self._choices.index(0))

    def _on_completer_activated(self, text: str) -> None:
        lines = self._choices.stringList()
        row = lines.index(text) if text in lines else -1
        if 0 <= row < len(self._matches):
            match = self._matches[row]
            # The completer writes its own line after this signal.
            QTimer.singleShot(0, self, lambda: self.show_contact(match.name))
            self.chosen.emit(match.id, match.name)
        elif row >= 0:
            self.newRequested.emit(self._typed(text))

    def _typed(self, text: str) -> str:
        return text.partition("“")[2].rpartition("”")[0]


class ForgivingEdit(LineEdit):
    """Text that is understood by a parser; what was understood is shown when the field is left."""

    valueChanged = Signal()

    def __init__(
        self,
        read: Callable[[str], T | None],
        write: Callable[[T], str],
        value: T,
        *,
        object_name: str,
        name: str,
    ) -> None:
        super().__init__("", object_name=object_name)
        self._read = read
        self._write = write
        self._value: object = value
        self.setAccessibleName(name)
        self.setText(write(value))
        self.textEdited.connect(lambda *_: self.valueChanged.emit())
        self.editingFinished.connect(self._on_editing_finished)

    def value(self) -> object:
        """What is understood now; the last understood value where the text makes no sense."""
        found = self._read(self.text())
        return self._value if found is None else found

    def is_understood(self) -> bool:
        """Whether the text means something."""
        return self._read(self.text()) is not None

    def set_value(self, value: object) -> None:
        """Show a value without announcing it."""
        self._value = value
        self.setText(self._write(value))  # type: ignore[arg-type]

    def minimumSizeHint(self) -> QSize:
        return QSize(56, super().minimumSizeHint().height())

    def _on_editing_finished(self) -> None:
        self.set_value(self.value())
        self.valueChanged.emit()


class DayEdit(ForgivingEdit):
    """A day: "tue", "7/14", "+2w"; + and − change it by one."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__(
            lambda text: when_input.parse_date(_without_weekday(text), today),
            i18n.weekday_short,
            day,
            object_name="schedule.editor.day",
            name="",
        )
        self.setAccessibleName(self.tr("Day"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7,
                 Qt.Key.Key_PageDown: -7}  # fmt: skip
        by = steps.get(Qt.Key(event.key()), 0)
        if event.text() in ("+", "-") and self.text() == self._write(self._value):  # type: ignore[arg-type]
            by = 1 if event.text() == "+" else -1
        if by:
            day = self.value()
            assert isinstance(day, date)
            self.set_value(day + timedelta(days=by))
            self.valueChanged.emit()
            return
        super().keyPressEvent(event)


def time_edit(minute: int, name: str) -> ForgivingEdit:
    """A time of day in minutes: "2", "8:30", "1430"."""
    return ForgivingEdit(
        when_input.parse_time,
        lambda value: i18n.clock_time(f"T{value // 60:02d}:{value % 60:02d}"),
        minute,
        object_name="schedule.editor.start",
        name=name,
    )


def length_edit(minutes: int, name: str) -> ForgivingEdit:
    """A length in minutes: "45m", "2h15", "1:30"."""
    return ForgivingEdit(
        when_input.parse_length,
        i18n.minutes_text,
        minutes,
        object_name="schedule.editor.length",
        name=name,
    )


class ServiceLines(QWidget):
    """The services of a visit: name, quantity, price; the total below."""

    changed = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self._prices: tuple[ServiceRow, ...] = ()
        self._agreed: Mapping[int, int] = {}
        self._measured: Mapping[int, int] = {}
        self._rows: list[_LineRow] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._grid)
        foot = QHBoxLayout()
        self.add = LinkButton(
            self.tr("Add a service"), "plus", object_name="schedule.editor.add_service"
        )
        self.add.clicked.connect(self._open_prices)
        foot.addWidget(self.add)
        foot.addStretch(1)
        self.total = DataLabel("", "body", weight=600, align="right",
                               object_name="schedule.editor.total")  # fmt: skip
        foot.addWidget(self.total)
        column.addLayout(foot)

    def set_prices(self, prices: tuple[ServiceRow, ...]) -> None:
        """The price list to choose from."""
        self._prices = prices

    def set_usual(self, agreed: Mapping[int, int], measured: Mapping[int, int]) -> None:
        """What this customer pays and how much there is at this place: prices and thousandths by
        service. Lines chosen here follow where nobody typed over them; stored lines stay."""
        self._agreed, self._measured = agreed, measured
        changed = False
        for row in self._rows:
            price = next((price for price in self._prices if price.id == row.service_id), None)
            if price is not None and row.chosen_here:
                changed = row.follow(self._price_of(price), self._quantity_of(price)) or changed
        if changed:
            self._sum()
            self.changed.emit()

    def _price_of(self, price: ServiceRow) -> int:
        return self._agreed.get(price.id, price.price_e4)

    def _quantity_of(self, price: ServiceRow) -> int:
        return self._measured.get(price.id, 1000)

    def set_lines(self, lines: Sequence[LineRow]) -> None:
        """Show the stored services."""
        for row in list(self._rows):
            self._drop(row)
        for line in lines:
            self._append(line)
        self._sum()

    def lines(self) -> tuple[LineDraft, ...]:
        """What stands in the rows; empty rows are left out."""
        return tuple(row.draft() for row in self._rows if row.name.text().strip())

    def minutes(self) -> int:
        """How long the chosen services usually take together, by their quantities and in steps of
        five minutes up to a day; 0 when none is known."""
        usual = {price.id: price.minutes for price in self._prices}
        taken = sum(
            usual.get(row.service_id or 0, 0) * max(0, row.quantity.milli()) for row in self._rows
        )
        return min(_DAY_MINUTES, -(-taken // 5_000) * 5)

    def add_service(self, price: ServiceRow | None) -> None:
        """One more row, from the price list or an empty one."""
        if price is None:
            row = self._append(LineRow(None, "", "", 1000, 0, True))
            row.name.setFocus()
        else:
            row = self._append(
                LineRow(price.id, price.name, price.description, self._quantity_of(price),
                        self._price_of(price), price.taxable)
            )  # fmt: skip
            row.chosen_here = True
        self._sum()
        self.changed.emit()

    def _open_prices(self) -> None:
        if not self._prices:
            self.add_service(None)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for price in self._prices:
            shown = price.name.replace("&", "&&")
            text = f"{shown}\t{i18n.unit_price(self._price_of(price), self._currency)}"
            menu.addAction(text, partial(self.add_service, price))
        menu.addSeparator()
        menu.addAction(self.tr("Something else"), lambda: self.add_service(None))
        menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def _append(self, line: LineRow) -> _LineRow:
        row = _LineRow(line, self._currency)
        self._rows.append(row)
        number = self._grid.rowCount()
        for column, widget in enumerate((row.name, row.quantity, row.price, row.remove)):
            self._grid.addWidget(widget, number, column)
        row.remove.clicked.connect(lambda *_: self._on_remove_clicked(row))
        for field in (row.name, row.quantity, row.price):
            field.textEdited.connect(self._on_field_edited)
        return row

    def _on_remove_clicked(self, row: _LineRow) -> None:
        self._drop(row)
        self._sum()
        self.changed.emit()
        self.add.setFocus()

    def _on_field_edited(self) -> None:
        self._sum()
        self.changed.emit()

    def _drop(self, row: _LineRow) -> None:
        self._rows.remove(row)
        for widget in (row.name, row.quantity, row.price, row.remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _sum(self) -> None:
        cents = sum(line_amount(line.qty_milli, line.unit_price_e4) for line in self.lines())
        self.total.setText(i18n.money(cents, self._currency) if self._rows else "")


class _LineRow:
    """The widgets of one service."""

    def __init__(self, line: LineRow, currency: str) -> None:
        self.service_id = line.service_id
        self.chosen_here = False
        self._description = line.description
        self._taxable = line.taxable
        self.name = LineEdit(line.name)
        self.name.setCursorPosition(0)
        self.quantity = QuantityEdit(line.qty_milli)
        self.price = PriceEdit(line.unit_price_e4, currency=currency)
        self.quantity.setFixedWidth(max(48, self.quantity.fontMetrics().horizontalAdvance("00000")))
        self.price.setFixedWidth(
            max(78, self.price.fontMetrics().horizontalAdvance("0,000.00") + 24)
        )
        self.remove = IconButton("x", self.name.tr("Remove this service"), framed=False)
        self.name.setAccessibleName(self.name.tr("Service"))
        self.quantity.setAccessibleName(self.name.tr("Quantity"))
        self.price.setAccessibleName(self.name.tr("Price"))

    def follow(self, price_e4: int, qty_milli: int) -> bool:
        """Take over price and quantity where they were not typed; whether anything changed."""
        before = self.price.price(), self.quantity.milli()
        if not self.price.isModified():
            self.price.set_price(price_e4)
        if not self.quantity.isModified():
            self.quantity.set_milli(qty_milli)
        return before != (self.price.price(), self.quantity.milli())

    def draft(self) -> LineDraft:
        return LineDraft(
            name=self.name.text().strip(),
            unit_price_e4=self.price.price(),
            qty_milli=self.quantity.milli(),
            service_id=self.service_id,
            description=self._description,
            taxable=self._taxable,
        )


def _without_weekday(text: str) -> str:
    """ "Wed, Jul 15" means Jul 15: the weekday in front is only shown."""
    head, comma, rest = text.partition(",")
    return rest if comma and rest.strip() and head.strip().isalpha() else text
