"""The cell editor of a line's words: a name completed from the price list, and a second line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from tcf_desktop.itemmodels.price_list import PRICE_ROLE, PriceListModel
from tcf_desktop.qtkit.style import input_box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft
from tcf_desktop.services.queries.catalog import PriceRow
from tcf_desktop.views.common import LineEdit
from tcf_desktop.views.common.completion import give_room

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ServiceEditor(QWidget):
    """``leaveRequested`` with True for backwards; ``handle_key`` takes the table's own keys."""

    committed = Signal(QWidget)
    closeRequested = Signal(QWidget)
    leaveRequested = Signal(bool)
    priceChosen = Signal(object)

    def __init__(
        self,
        prices: PriceListModel,
        handle_key: Callable[[QKeyEvent], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._handle_key = handle_key
        self._loaded = False
        self.is_done = False
        self.name = _Inner(self.tr("Service"), 600, "body", object_name="invoice.cell.name")
        self.name.take_tab = self._take_tab
        self.detail = _Inner(
            self.tr("Second line"), 400, "caption", object_name="invoice.cell.detail"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 3, 6, 3)
        column.setSpacing(0)
        column.addWidget(self.name)
        column.addWidget(self.detail)
        self.setFocusProxy(self.name)
        self._completer = QCompleter(prices, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCompletionRole(Qt.ItemDataRole.EditRole)
        give_room(self._completer)
        self._popup = self._completer.popup()
        assert self._popup is not None
        self._popup.setAccessibleName(self.tr("Price list"))
        cast("Any", self._completer).activated[QModelIndex].connect(self._on_completer_activated)
        self.name.setCompleter(self._completer)
        for field in (self.name, self.detail):
            field.installEventFilter(self)

    def begin_new(self, hint: str) -> None:
        """The empty row: no second line yet, and a word on how to go on."""
        self.detail.setVisible(False)
        self.name.setFont(theme().font("body"))
        self.name.setPlaceholderText(hint)

    def take(self, line: InvoiceLineDraft | None) -> None:
        """Show a line; text that is being typed stays."""
        if self._loaded:
            return
        self._loaded = True
        if line is not None:
            self.name.setText(line.name)
            self.detail.setText(line.description)
            self.name.selectAll()

    def words(self) -> tuple[str, str]:
        """Name and second line as typed."""
        return self.name.text(), self.detail.text()

    def has_text(self) -> bool:
        """Whether there is a name."""
        return bool(self.name.text().strip())

    # events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._close_when_left)
        if event.type() == QEvent.Type.ShortcutOverride and _is_second_line(event):
            event.accept()  # else it would be the key of the whole page
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        key = cast("QKeyEvent", event)
        if self._is_choosing() and key.key() in (*_ENTER, Qt.Key.Key_Escape):
            return False
        if self._handle_key(key):
            return True
        if key.key() == Qt.Key.Key_Escape:
            self.is_done = True
            self.closeRequested.emit(self)
            return True
        if _is_second_line(event):
            self._to_second_line(watched)
            return True
        if key.key() in (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._leave(watched, back=key.key() == Qt.Key.Key_Backtab)
            return True
        return False

    def _to_second_line(self, watched: QObject) -> None:
        """From the name to the words below it; there it begins one more line."""
        if watched is self.detail:
            self.detail.insert("\n")
            return
        self.detail.show()
        self.detail.setFocus(Qt.FocusReason.OtherFocusReason)
        self.detail.end(False)

    def _leave(self, watched: QObject, *, back: bool) -> None:
        if watched is self.name and not back and self.detail.isVisible():
            self.detail.setFocus(Qt.FocusReason.TabFocusReason)
            self.detail.selectAll()
        elif watched is self.detail and back:
            self.name.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            self.leaveRequested.emit(back)

    def _is_choosing(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def _take_tab(self) -> bool:
        """Tab while the price list hangs open: take what is marked there, or what was typed."""
        if not self._is_choosing() or self._popup is None:
            return False
        index = self._popup.currentIndex()
        self._popup.hide()
        if index.isValid():
            self._on_completer_activated(index)
        else:
            self._leave(self.name, back=False)
        return True

    def _on_completer_activated(self, index: QModelIndex) -> None:
        price = index.data(PRICE_ROLE)
        if isinstance(price, PriceRow):
            self.is_done = True
            self.priceChosen.emit(price)

    def _close_when_left(self) -> None:
        focused = any(field.hasFocus() for field in (self, self.name, self.detail))
        if not focused and not self._is_choosing():
            self.committed.emit(self)
            self.closeRequested.emit(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        input_box(painter, self.rect(), focused=True)
        painter.end()


def _is_second_line(event: QEvent) -> bool:
    """Ctrl+Enter."""
    key = cast("QKeyEvent", event)
    return key.key() in _ENTER and bool(key.modifiers() & Qt.KeyboardModifier.ControlModifier)


class _Inner(LineEdit):
    """A field without a frame of its own."""

    take_tab: Callable[[], bool] | None = None

    def __init__(self, name: str, weight: int, style: str, *, object_name: str) -> None:
        super().__init__(object_name=object_name)
        self.setFrame(False)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setTextMargins(0, 0, 0, 0)
        self.setFont(theme().font(style, weight))

    def event(self, event: QEvent) -> bool:
        # An open completer hands keys straight to this method, past every event filter.
        if (
            event.type() == QEvent.Type.KeyPress
            and cast("QKeyEvent", event).key() == Qt.Key.Key_Tab
            and self.take_tab is not None
            and self.take_tab()
        ):
            event.accept()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(120, theme().line_height("caption") + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, theme().line_height("caption") + 2)
