"""Fields: text, money, quantities, dates, switches. Labels stand above their field."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.labels import DataLabel, plain_tip


def _leaves_undo(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether an undo or redo key is pressed in a field that has nothing to undo or redo."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    return (event.matches(keys.Undo) and not undo) or (event.matches(keys.Redo) and not redo)


class LineEdit(QLineEdit):
    """A one-line field of the standard height; ``icon`` stands inside at the left."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        icon: str = "",
        object_name: str = "",
    ) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self._icon_name = icon
        self._icon_action = (
            self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition) if icon else None
        )
        self.setTextMargins(2 if icon else 5, 0, 5, 0)
        if object_name:
            self.setObjectName(object_name)
        self._restyle()
        theme().changed.connect(self._restyle)

    def event(self, event: QEvent) -> bool:
        """With nothing of its own to take back, Ctrl+Z belongs to the window."""
        if _leaves_undo(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().control_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, theme().control_height())

    def _restyle(self) -> None:
        self.setFont(theme().font())
        if self._icon_action is not None:
            self._icon_action.setIcon(theme().icon(self._icon_name, "text3", 16))


class SearchField(LineEdit):
    """Search as one types: ``searchChanged`` 80 ms after the last key; Esc clears first."""

    searchChanged = Signal(str)
    leaveRequested = Signal()

    def __init__(
        self, placeholder: str, parent: QWidget | None = None, *, object_name: str = ""
    ) -> None:
        super().__init__(
            "", parent, placeholder=placeholder, icon="magnifying-glass", object_name=object_name
        )
        from PySide6.QtCore import QTimer

        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.textChanged.connect(self._on_text_changed)

    def set_delay(self, milliseconds: int) -> None:
        """How long to wait after a key before ``searchChanged``; 0 unless told."""
        self._timer.setInterval(milliseconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.leaveRequested.emit()
            return
        if event.key() == Qt.Key.Key_Down:
            self.leaveRequested.emit()
            return
        super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        self.searchChanged.emit(self.text())


class TextArea(QPlainTextEdit):
    """Several lines; Tab leaves the field; ``leftField`` when the text was changed and left."""

    editingFinished = Signal()

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        lines: int = 3,
        placeholder: str = "",
        object_name: str = "",
    ) -> None:
        super().__init__(text, parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.document().setDocumentMargin(6)
        self.viewport().setAutoFillBackground(False)
        if object_name:
            self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restyle()
        # The margin counts as an edit that could be undone.
        self.document().clearUndoRedoStacks()
        theme().changed.connect(self._restyle)

    def event(self, event: QEvent) -> bool:
        """With nothing of its own to take back, Ctrl+Z belongs to the window."""
        own = self.document()
        if _leaves_undo(event, undo=own.isUndoAvailable(), redo=own.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def text(self) -> str:
        return self.toPlainText()

    def setText(self, text: str) -> None:
        if text != self.toPlainText():
            self.setPlainText(text)

    def sizeHint(self) -> QSize:
        return QSize(240, theme().metrics().lineSpacing() * self._lines + 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
        self.editingFinished.emit()

    def _restyle(self) -> None:
        self.setFont(theme().font())


class ComboBox(QComboBox):
    """A drop-down that leaves the wheel to the form unless it has the focus.

    A text that is too long ends with "…" and shows in full on hover and in the list.
    """

    def __init__(self, parent: QWidget | None = None, *, object_name: str = "") -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(14)
        if object_name:
            self.setObjectName(object_name)
        self._restyle()
        theme().changed.connect(self._restyle)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEditable():
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._shown(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            if not self.toolTip() and self._shown(option) != self.currentText():
                QToolTip.showText(event.globalPos(), plain_tip(self.currentText()), self)
                return True
        return super().event(event)

    def showPopup(self) -> None:
        """The list is as wide as its longest text, up to twice the field."""
        view = self.view()
        wide = view.sizeHintForColumn(0) + 2 * view.frameWidth() + 24
        view.setMinimumWidth(max(self.width(), min(wide, 2 * self.width())))
        super().showPopup()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 10, theme().control_height())

    def minimumSizeHint(self) -> QSize:
        """Long texts may be shortened, so they ask for no more than a field does."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), theme().scaled(140)), theme().control_height())

    def _shown(self, option: QStyleOptionComboBox) -> str:
        """As much of the text as there is room for."""
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        return self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - 4
        )

    def select_data(self, data: object) -> None:
        """Choose the entry with this data without announcing a change."""
        index = self.findData(data)
        if index >= 0 and index != self.currentIndex():
            blocked = self.blockSignals(True)
            self.setCurrentIndex(index)
            self.blockSignals(blocked)

    def _restyle(self) -> None:
        self.setFont(theme().font())


class DateEdit(QDateEdit):
    """A date with a calendar; + and − change the day, Page Up and Down the month."""

    def __init__(self, parent: QWidget | None = None, *, object_name: str = "") -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setDisplayFormat("MMM d, yyyy")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if object_name:
            self.setObjectName(object_name)
        self._restyle()
        theme().changed.connect(self._restyle)

    def iso(self) -> str:
        """The date as YYYY-MM-DD."""
        return self.date().toString(Qt.DateFormat.ISODate)

    def set_iso(self, text: str) -> None:
        """Show a date given as YYYY-MM-DD."""
        self.setDate(QDate.fromString(text, Qt.DateFormat.ISODate))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
        months = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.setDate(self.date().addDays(steps[key]))
        elif key in months:
            self.setDate(self.date().addMonths(months[key]))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 12, theme().control_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme().control_height())

    def _restyle(self) -> None:
        self.setFont(theme().font())


class FormField(QWidget):
    """A label above a field, with room for a hint below it."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        parent: QWidget | None = None,
        *,
        hint: str = "",
        object_name: str = "",
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.label = _FieldLabel(label)
        self.label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self.hint = DataLabel(hint, "caption", "text2", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.label)
        layout.addWidget(field)
        layout.addWidget(self.hint)
        self.hint.setVisible(bool(hint))  # now that it has a parent: else it would be a window
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(field)
        if object_name:
            self.setObjectName(object_name)

    def set_hint(self, text: str, tone: str = "text2") -> None:
        """A remark below the field; empty hides it. ``tone`` is a text colour token."""
        self.hint.setText(text)
        self.hint.set_style(color=tone)
        self.hint.setVisible(bool(text))


class _FieldLabel(QLabel):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._restyle()
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        from PySide6.QtGui import QPalette

        self.setFont(theme().font("caption", 500))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme().color("text2"))
        self.setPalette(palette)
