"""Find a time: the next gaps for some work, chosen with the mouse or the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.domain.appointments import DAY_MINUTES
from tcf_desktop.qtkit import a11y, i18n
from tcf_desktop.qtkit.style import box as rounded
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.free_slots import (
    NEAREST,
    SOONEST,
    Slot,
    SlotWish,
    free_slots,
)
from tcf_desktop.services.queries.schedule import CrewRow
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    PlainButton,
    ScrollPane,
    Surface,
    hairline,
)
from tcf_desktop.views.common.buttons import BaseButton
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.schedule.editor_fields import DayEdit, length_edit
from tcf_desktop.views.schedule.side_panel_rows import near_words

_LATER_MS = 120
_COUNT = 10
_NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class SlotSearch:
    """What the dialog starts with: the length, the first day, for whom and where."""

    minutes: int
    from_on: date
    crew_id: int | None = None
    worker_id: int | None = None
    worker_name: str = ""
    location_id: int | None = None
    but_not: int | None = None


class FindSlotDialog(QDialog):
    """``chosen`` gives a :class:`Slot`; nothing is booked here."""

    chosen = Signal(object)

    def __init__(
        self,
        ctx: ViewContext,
        search: SlotSearch,
        crews: Sequence[CrewRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("schedule.find")
        self.setWindowTitle(self.tr("Find a time"))
        self.ctx = ctx
        self._search = search
        self._crews = {crew.id: crew.name for crew in crews}
        self._generation = 0
        self._rows: list[SlotRow] = []
        self._build(crews)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._on_later_timeout)
        for field in (self.day, self.length):
            field.valueChanged.connect(self._later.start)
        for combo in (self.who, self.hours, self.order):
            combo.currentIndexChanged.connect(self._later.start)
        self.resize(460, 600)
        self._on_later_timeout()
        self.length.setFocus()
        self.length.selectAll()

    def _build(self, crews: Sequence[CrewRow]) -> None:
        search = self._search
        self.length = length_edit(search.minutes, self.tr("Length"))
        self.length.setObjectName("schedule.find.length")
        today = date.fromisoformat(self.ctx.today())
        self.day = DayEdit(max(search.from_on, today), today)
        self.day.setObjectName("schedule.find.day")
        self.who = ComboBox(object_name="schedule.find.who")
        self.who.addItem(self.tr("Any crew"), None)
        for crew in crews:
            self.who.addItem(crew.name, ("crew", crew.id))
            if search.worker_id is None and crew.id == search.crew_id:
                self.who.setCurrentIndex(self.who.count() - 1)
        if search.worker_id is not None:
            self.who.addItem(search.worker_name, ("worker", search.worker_id))
            self.who.setCurrentIndex(self.who.count() - 1)
        self.hours = ComboBox(object_name="schedule.find.hours")
        for text, span in (
            (self.tr("Any time of the day"), (0, DAY_MINUTES)),
            (self.tr("Morning"), (0, _NOON)),
            (self.tr("Afternoon"), (_NOON, DAY_MINUTES)),
        ):
            self.hours.addItem(text, span)
        self.order = ComboBox(object_name="schedule.find.order")
        self.order.addItem(self.tr("Soonest first"), SOONEST)
        self.order.addItem(self.tr("Nearest to other visits first"), NEAREST)
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(8)
        fields.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [
            (self.tr("Length"), self.length),
            (self.tr("From"), self.day),
            (self.tr("Crew"), self.who),
            (self.tr("Hours"), self.hours),
        ]
        if search.location_id is not None:
            rows.append((self.tr("Order"), self.order))
        for number, (text, field) in enumerate(rows):
            field.setAccessibleName(text)
            fields.addWidget(DataLabel(text, color="text2"), number, 0)
            fields.addWidget(field, number, 1)
        self.order.setVisible(search.location_id is not None)
        self._list = ScrollPane("surface")
        self._list.layout_.setContentsMargins(12, 8, 12, 12)
        self._list.layout_.setSpacing(2)
        self.said = DataLabel("", "caption", "text2", wrap=True, object_name="schedule.find.said")
        cancel = PlainButton(self.tr("Cancel"), object_name="schedule.find.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.close)
        ground = Surface("surface", self)
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 20, 12)
        top.setSpacing(10)
        top.addLayout(fields)
        top.addWidget(self.said)
        inner.addLayout(top)
        inner.addWidget(hairline())
        inner.addWidget(self._list, 1)
        inner.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 12)
        foot.addStretch(1)
        foot.addWidget(cancel)
        inner.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def wish(self) -> SlotWish | None:
        """What the fields ask for; None while one of them is not understood."""
        if not (self.length.is_understood() and self.day.is_understood()):
            return None
        minutes, day = self.length.value(), self.day.value()
        assert isinstance(minutes, int)
        assert isinstance(day, date)
        kind, ident = self.who.currentData() or ("", None)
        earliest, latest = self.hours.currentData()
        search = self._search
        return SlotWish(
            minutes,
            day,
            (ident,) if kind == "crew" and ident is not None else (),
            ident if kind == "worker" else None,
            earliest,
            latest,
            search.location_id,
            self.order.currentData() if search.location_id is not None else SOONEST,
            _COUNT,
            search.but_not,
        )

    def _on_later_timeout(self) -> None:
        wish = self.wish()
        if wish is None:
            return
        self._generation += 1
        generation, now = self._generation, self.ctx.clock.now_ms()
        self.ctx.tasks.read(
            self,
            lambda r: free_slots(r, wish, now),
            lambda found: self._on_found(generation, found),
        )

    def _on_found(self, generation: int, found: tuple[Slot, ...]) -> None:
        if generation != self._generation:
            return
        layout = self._list.layout_
        while layout.count():
            layout.takeAt(0)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [SlotRow(slot, *self._words(slot)) for slot in found]
        for row in self._rows:
            row.clicked.connect(self._on_row_clicked)
            layout.addWidget(row)
        layout.addStretch(1)
        if found:
            text = self.tr("Free within working hours, without days off and holidays.")
        else:
            text = self.tr("Nothing fits in the next weeks. Try a shorter length, another crew or "
                           "other hours.")  # fmt: skip
        self.said.setText(text)
        a11y.announce(self, i18n.plural(len(found), self.tr("{n} time"), self.tr("{n} times")))

    def _words(self, slot: Slot) -> tuple[str, str]:
        day = i18n.weekday_short(slot.starts_local)
        when = f"{day}, {i18n.time_range(slot.starts_local, slot.minutes)}"
        who = self._search.worker_name
        if slot.crew_id is not None:
            who = self._crews.get(slot.crew_id, "")
        visits = self.tr("nothing else that day")
        if slot.visits:
            one = self.tr("{n} other visit that day")
            visits = i18n.plural(slot.visits, one, self.tr("{n} other visits that day"))
        near = near_words(slot.near, day=False) if slot.near is not None else ""
        return when, i18n.joined([who, near, visits])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the fields into the times; Enter in a field takes the first one."""
        focus = self.focusWidget()
        at = next((n for n, row in enumerate(self._rows) if row is focus), None)
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows and not (
            isinstance(focus, PlainButton)
        ):  # fmt: skip
            self._take(self._rows[at or 0])
        elif key == Qt.Key.Key_Down and self._rows:
            self._focus(0 if at is None else at + 1)
        elif key == Qt.Key.Key_Up and at is not None:
            self._focus(at - 1)
        else:
            super().keyPressEvent(event)

    def _focus(self, at: int) -> None:
        if at < 0:
            self.length.setFocus()
        elif at < len(self._rows):
            self._rows[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._list.ensureWidgetVisible(self._rows[at])

    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, SlotRow):
            self._take(row)

    def _take(self, row: SlotRow) -> None:
        self.chosen.emit(row.slot)
        self.close()


class SlotRow(BaseButton):
    """A free time and why it is a good one, on two lines."""

    def __init__(self, slot: Slot, when: str, why: str) -> None:
        super().__init__(when)
        self.slot = slot
        self._why = why
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(i18n.joined([when, why], ", "))
        self.setObjectName(f"schedule.find.slot.{slot.starts_local}.{slot.crew_id}")

    def sizeHint(self) -> QSize:
        return QSize(200, theme().line_height() + theme().line_height("caption") + 14)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        from tcf_desktop.qtkit.style import focus_ring

        colors = theme()
        painter = QPainter(self)
        if self.isDown() or self.is_hot() or self.hasFocus():
            rounded(painter, self.rect(), colors.color("hover"), None)
        rect = self.rect().adjusted(10, 6, -10, -6)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.setFont(colors.font("body", 600))
        painter.setPen(colors.color("text"))
        painter.drawText(rect, flags, self.text())
        below = rect.adjusted(0, colors.line_height() + 2, 0, 0)
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("text2"))
        metrics = colors.metrics("caption")
        shown = metrics.elidedText(self._why, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, flags, shown)
        if self.hasFocus():
            focus_ring(painter, self.rect())
        painter.end()
