"""A calendar under the range, to jump to a date."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.domain.when_input import parse_date
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import PlainButton
from tcf_desktop.views.common.inputs import LineEdit


class JumpCalendar(QFrame):
    """Chosen with the mouse, the arrows and Enter, or by typing ("7/14", "next tue", "+3w")."""

    chosen = Signal(object)  # date

    def __init__(self, anchor: date, today: date, first_weekday: int, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("schedule.jump")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._today = today
        self.typed = LineEdit("", object_name="schedule.jump.typed")
        self.typed.setPlaceholderText(self.tr("7/14 or +3w"))
        self.typed.setAccessibleName(self.tr("Date"))
        self.calendar = QCalendarWidget()
        self.calendar.setObjectName("schedule.jump.calendar")
        self.calendar.setAccessibleName(self.tr("Calendar"))
        self.calendar.setLocale(i18n.locale_of())
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek(first_weekday + 1))
        self.calendar.setSelectedDate(QDate(anchor.year, anchor.month, anchor.day))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.calendar.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.ShortDayNames
        )
        self._color_weekends()
        self._dress_head()
        mark = QTextCharFormat()
        mark.setFontWeight(700)
        mark.setForeground(theme().color("accent"))
        self.calendar.setDateTextFormat(QDate(today.year, today.month, today.day), mark)
        now = PlainButton(self.tr("Today"), object_name="schedule.jump.today")
        row = QHBoxLayout()
        row.addWidget(self.typed, 1)
        row.addWidget(now)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addLayout(row)
        column.addWidget(self.calendar)
        self.calendar.clicked.connect(self._on_date_chosen)
        self.calendar.activated.connect(self._on_date_chosen)
        self.typed.textEdited.connect(self._on_text_edited)
        self.typed.returnPressed.connect(self._on_return_pressed)
        now.clicked.connect(self._on_today_clicked)

    def open_below(self, widget: QWidget) -> None:
        """Show it, the calendar ready for the arrow keys."""
        self.adjustSize()
        at = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        room = widget.screen().availableGeometry()
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        self.move(at)
        self.show()
        self.calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _color_weekends(self) -> None:
        plain = QTextCharFormat()
        plain.setForeground(theme().color("text2"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)

    def _dress_head(self) -> None:
        """The head of Qt's calendar in the program's colours."""
        colors = theme()
        head = self.calendar.findChild(QWidget, "qt_calendar_navigationbar")
        if head is not None:
            head.setBackgroundRole(QPalette.ColorRole.Base)
        arrows = {"qt_calendar_prevmonth": "caret-left", "qt_calendar_nextmonth": "caret-right"}
        for button in self.calendar.findChildren(QToolButton):
            palette = button.palette()
            for role in (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.ButtonText):
                palette.setColor(role, colors.color("text"))
            button.setPalette(palette)
            button.setFont(colors.font("body", 600))
            if button.objectName() in arrows:
                icon = arrows[button.objectName()]
                ratio = self.devicePixelRatioF()
                button.setIcon(QIcon(colors.pixmap(icon, "text2", colors.scaled(16), ratio)))
                later = icon == "caret-right"
                button.setAccessibleName(self.tr("Later") if later else self.tr("Earlier"))

    def _choose(self, day: date) -> None:
        self.chosen.emit(day)
        self.close()

    def _on_date_chosen(self, day: QDate) -> None:
        self._choose(date(day.year(), day.month(), day.day()))

    def _on_today_clicked(self) -> None:
        self._choose(self._today)

    def _on_text_edited(self, text: str) -> None:
        found = parse_date(text, self._today)
        if found is not None:
            self.calendar.setSelectedDate(QDate(found.year, found.month, found.day))

    def _on_return_pressed(self) -> None:
        found = parse_date(self.typed.text(), self._today)
        if found is not None:
            self._choose(found)
