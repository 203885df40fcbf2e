"""Money owed: the total, a bar by age, and rows that open what is behind them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.today import MoneyOwed
from tcf_desktop.views.common import Card, DataLabel, LinkButton
from tcf_desktop.views.context import Target


class MoneyCard(Card):
    """The total, a bar by age and five rows that open the list behind them."""

    targetRequested = Signal(object)

    def __init__(self) -> None:
        super().__init__(self.tr("Money owed to you"), object_name="today.money")
        self.header.addStretch(1)
        link = LinkButton(self.tr("Invoices"), object_name="today.money.link")
        link.clicked.connect(lambda *_: self.targetRequested.emit(Target("billing", "open")))
        self.header.addWidget(link)
        self.total = DataLabel("", "display", object_name="today.money.total")
        self.body.setSpacing(6)
        self.body.addWidget(self.total)
        self._line = DataLabel("", "caption", "text2", object_name="today.money.line")
        self.body.addWidget(self._line)
        self._bar = AgeBar()
        self.body.addWidget(self._bar)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        names = (
            self.tr("Not due yet"),
            self.tr("1–30 days late"),
            self.tr("31–60 days"),
            self.tr("61–90 days"),
            self.tr("Over 90 days"),
        )
        self.rows = [AgeRow(index, name) for index, name in enumerate(names)]
        for row in self.rows:
            row.chosen.connect(self._on_row_chosen)
            rows.addWidget(row)
        self.body.addLayout(rows)
        self.body.addStretch(1)  # beside higher cards the lines stay together

    def show_money(self, money: MoneyOwed, currency: str) -> None:
        """Show stored totals."""
        self.total.setText(i18n.money(money.total_cents, currency))
        open_text = i18n.plural(
            money.invoices, self.tr("in {n} open invoice"), self.tr("in {n} open invoices")
        )
        overdue = ""
        if money.overdue_cents:
            overdue = self.tr("{sum} overdue").format(sum=i18n.money(money.overdue_cents, currency))
        if not money.invoices:
            open_text = self.tr("Nobody owes you anything.")
        self._line.setText(i18n.joined([open_text, overdue]))
        self._bar.show_ages(money.ages)
        for row, cents in zip(self.rows, money.ages, strict=True):
            row.show_amount(i18n.money(cents, currency) if cents else i18n.DASH)

    def _on_row_chosen(self, age: int) -> None:
        kind = "open" if age == 0 else "overdue"
        self.targetRequested.emit(Target("billing", kind, value=f"age:{age}"))


class AgeBar(QWidget):
    """Shares of five ages side by side; the rows below name them."""

    def __init__(self) -> None:
        super().__init__()
        self._ages: tuple[int, ...] = ()
        self.setFixedHeight(18)
        theme().changed.connect(self.update)

    def show_ages(self, ages: tuple[int, ...]) -> None:
        self._ages = ages
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        bar = QRect(0, 4, self.width(), 10)
        shares = [(i, cents) for i, cents in enumerate(self._ages) if cents > 0]
        whole = sum(cents for _, cents in shares)
        if not whole:
            box(painter, bar, colors.color("neutralTint"), None, radius=3)
            painter.end()
            return
        room = bar.width() - 2 * (len(shares) - 1)
        widths = [max(4, room * cents // whole) for _, cents in shares]
        widths[widths.index(max(widths))] += room - sum(widths)
        x = 0
        for (age, _), wide in zip(shares, widths, strict=True):
            painter.fillRect(x, bar.y(), wide, bar.height(), colors.color(f"aging{age}"))
            x += wide + 2
        painter.end()


class AgeRow(QWidget):
    """A dot, the age and the amount; opens the invoices behind it."""

    chosen = Signal(int)

    def __init__(self, age: int, name: str) -> None:
        super().__init__()
        self._age, self._name, self._amount = age, name, ""
        self.setObjectName(f"today.money.age{age}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.updateGeometry)

    def show_amount(self, text: str) -> None:
        self._amount = text
        self.setAccessibleName(f"{self._name}: {text}")
        self.update()

    def amount(self) -> str:
        """The amount as it is shown."""
        return self._amount

    def sizeHint(self) -> QSize:
        return QSize(200, max(22, theme().line_height() + 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        if self.underMouse():
            box(painter, self.rect().adjusted(-4, 0, 4, 0), colors.color("hover"), None, radius=4)
        middle = self.height() // 2
        box(
            painter, QRect(0, middle - 4, 9, 9), colors.color(f"aging{self._age}"), None, radius=4.5
        )
        painter.setFont(colors.font())
        painter.setPen(colors.color("text2"))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(17, 0, 0, 0), flags, self._name)
        painter.setFont(colors.font("body", 500))
        painter.setPen(colors.color("text"))
        painter.drawText(self.rect(), flags | Qt.AlignmentFlag.AlignRight, self._amount)
        if self.hasFocus():
            focus_ring(painter, self.rect(), radius=4)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(QPoint(int(event.position().x()), int(event.position().y()))):
            self.chosen.emit(self._age)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._age)
        else:
            super().keyPressEvent(event)
