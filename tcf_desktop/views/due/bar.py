"""Under the list: who is chosen, the number to call, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.itemmodels.due_list import work_of
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.due import DueRow, QuietRow
from tcf_desktop.views.common import (
    DataLabel,
    IconLabel,
    PlainButton,
    PrimaryButton,
    Surface,
    hairline,
)
from tcf_desktop.views.due.actions import DueActions

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

Rows = Sequence[DueRow] | Sequence[QuietRow]


class DueBar(Surface):
    """Shows the chosen rows; its buttons are the keys B, Z and X of the list."""

    bookRequested = Signal()

    def __init__(self, ctx: ViewContext, actions: DueActions) -> None:
        super().__init__("sunken")
        self.ctx = ctx
        self._actions = actions
        self._tab = "now"
        self._rows: Rows = ()
        self.setObjectName("due.bar")
        self.name = DataLabel("", "body", weight=600, object_name="due.bar.name")
        self.reason = DataLabel("", "caption", "text2", object_name="due.bar.reason")
        self._phone_icon = IconLabel("phone", "text2", 16)
        self.phone = DataLabel("", "body", weight=600, object_name="due.bar.phone")
        self.book = PrimaryButton(self.tr("Book"), object_name="due.book")
        self.book.setToolTip(self.tr("Book a visit at a free time (B)"))
        self.later = PlainButton(self.tr("Snooze"), object_name="due.snooze")
        self.later.setToolTip(self.tr("Ask later (Z)"))
        self.again = PlainButton(self.tr("Ask again"), object_name="due.again")
        self.remember = PlainButton(self.tr("Ask regularly"), object_name="due.remember")
        self.remember.setToolTip(self.tr("Due again from now on, as often as it was"))
        self.stop = PlainButton(self.tr("Not interested…"), object_name="due.stop")
        self.stop.setToolTip(self.tr("Do not ask any more (X)"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.reason)
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._phone_icon)
        row.addWidget(self.phone)
        row.addSpacing(8)
        for button in (self.stop, self.again, self.remember, self.later, self.book):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        column.addLayout(row)
        self.book.clicked.connect(lambda *_: self.bookRequested.emit())
        self.later.clicked.connect(lambda *_: self.open_snooze())
        self.again.clicked.connect(lambda *_: self._ask_again())
        self.remember.clicked.connect(lambda *_: self._remember())
        self.stop.clicked.connect(lambda *_: self.open_reasons())

    def show_rows(self, tab: str, rows: Rows) -> None:
        """The chosen rows of a list."""
        self._tab, self._rows = tab, rows
        only = rows[0] if len(rows) == 1 else None
        self.name.setText(only.name if only is not None else self._how_many(len(rows)))
        self.phone.setText(only.phone if only is not None else "")
        for widget in (self._phone_icon, self.phone):
            widget.setVisible(only is not None and bool(only.phone))
        self.reason.setText(self._second_line(only))
        self.reason.setVisible(bool(self.reason.text()))
        self.book.setEnabled(bool(rows))
        self.later.setVisible(tab in ("now", "coming", "snoozed"))
        self.again.setVisible(tab in ("snoozed", "stopped"))
        self.remember.setVisible(tab == "quiet")
        self.remember.setEnabled(len(rows) == 1)
        self.stop.setVisible(tab != "stopped")

    def open_snooze(self) -> None:
        """The days to put off to."""
        if self._rows and self.later.isVisible():
            menu = self._menu("due.snooze_menu")
            self._actions.fill_snooze(menu, cast("Sequence[DueRow]", self._rows))
            _popup(menu, self.later)

    def open_reasons(self) -> None:
        """Why they are not interested."""
        if self._rows and self.stop.isVisible():
            menu = self._menu("due.reason_menu")
            self._actions.fill_reasons(menu, self._stop)
            _popup(menu, self.stop)

    def fill_menu(self, menu: QMenu, open_contact: Callable[[], object]) -> None:
        """The same steps for the right mouse button."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Book\tB"), self.bookRequested.emit)
        if self._tab in ("now", "coming", "snoozed"):
            rows = cast("Sequence[DueRow]", self._rows)
            self._actions.fill_snooze(menu.addMenu(self.tr("Snooze")), rows)
        if self._tab in ("snoozed", "stopped"):
            menu.addAction(self.tr("Ask again"), self._ask_again)
        if self._tab == "quiet" and len(self._rows) == 1:
            menu.addAction(self.tr("Ask regularly"), self._remember)
        if self._tab != "stopped":
            self._actions.fill_reasons(menu.addMenu(self.tr("Not interested")), self._stop)
        menu.addSeparator()
        menu.addAction(self.tr("Open contact\tEnter"), open_contact)

    def _second_line(self, only: DueRow | QuietRow | None) -> str:
        if only is None:
            return self.tr("Booking takes one after the other.") if self._rows else ""
        if isinstance(only, QuietRow):
            return only.title
        if only.stopped:
            return only.stop_reason or self.tr("No reason was given.")
        price = "" if not only.price_cents else i18n.money(only.price_cents, self.ctx.currency())
        booked = ""
        if only.booked_on:
            booked = self.tr("booked for {day}").format(day=i18n.full_day(only.booked_on))
        return i18n.joined([work_of(only), price, booked])

    def _how_many(self, count: int) -> str:
        if not count:
            return ""
        return i18n.plural(count, self.tr("{n} customer chosen"), self.tr("{n} customers chosen"))

    def _ask_again(self) -> None:
        rows = cast("Sequence[DueRow]", self._rows)
        if self._tab == "stopped":
            self._actions.resume(rows)
        else:
            self._actions.snooze(rows, "")

    def _remember(self) -> None:
        if len(self._rows) == 1:
            self._actions.remember(cast("QuietRow", self._rows[0]))

    def _stop(self, reason: str) -> None:
        if self._tab == "quiet":
            self._actions.dismiss(cast("Sequence[QuietRow]", self._rows), reason)
        else:
            self._actions.stop(cast("Sequence[DueRow]", self._rows), reason)

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu


def _popup(menu: QMenu, button: QWidget) -> None:
    """Above the button, because the bar is at the foot; the first entry is chosen for the keys."""
    menu.setActiveAction(menu.actions()[0])
    menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))
