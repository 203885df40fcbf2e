"""The schedule as a list: the same appointments and keys as the painted views, as a table."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QItemSelection, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QWidget

from tcf_desktop.domain.appointments import DAY_MINUTES, WORK_FROM, shift_local
from tcf_desktop.itemmodels.agenda import DAY, NAME, PRICE, STATE, WHO, AgendaModel, AgendaRow
from tcf_desktop.qtkit import a11y, i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock, summaries
from tcf_desktop.views.common.cell_lines import Cell
from tcf_desktop.views.common.tables import Index, ListTable, TwoLineDelegate
from tcf_desktop.views.schedule import view_keys
from tcf_desktop.views.schedule.geometry import Scene, local_at
from tcf_desktop.views.schedule.surface import Wish
from tcf_desktop.views.schedule.wording import block_sentence, remark, state_words, who

_STEP = 15
_DOT = 9


class AgendaView(ListTable):
    """Rows by day. It says the same things with the same signals as the painted views."""

    selected = Signal(object)
    chosen = Signal(object)  # id: Enter, double click
    wished = Signal(object)
    commandRequested = Signal(str, object)
    turnRequested = Signal(int)
    todayRequested = Signal()
    jumpRequested = Signal()
    viewRequested = Signal(str)
    dayRequested = Signal(object)
    zoomRequested = Signal(int)
    menuRequested = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, lines=2, object_name="schedule.list")
        self.scene: Scene | None = None
        self.model_ = AgendaModel()
        self._selected: int | None = None
        self._empty_text = ""
        self._quiet = False
        self.setAccessibleName(self.tr("Appointments by day"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_AgendaDelegate(parent=self))
        self.setModel(self.model_)
        header = self.horizontalHeader()
        for number, column in enumerate(self.model_.columns):
            stretch = QHeaderView.ResizeMode.Stretch
            fixed = QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(number, stretch if column.stretch else fixed)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(DAY, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._on_sort_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.activatedRow.connect(self._on_row_activated)
        theme().changed.connect(self._fit)

    # what the page asks of every view

    @property
    def selected_id(self) -> int | None:
        """The selected appointment."""
        return self._selected

    @property
    def selected_block(self) -> AppointmentBlock | None:
        """The selected appointment in full."""
        scene = self.scene
        return None if scene is None or self._selected is None else scene.by_id.get(self._selected)

    def show_scene(self, scene: Scene, empty_text: str = "") -> None:
        """Show other days or changed appointments; keeps what is selected."""
        self.scene, self._empty_text = scene, empty_text
        kept = self._selected
        self._quiet = True
        self.model_.set_rows(_rows(scene))
        self._selected = None
        self.select(kept, announce=False)
        self._quiet = False
        self.viewport().update()

    def select(self, appointment_id: int | None, *, announce: bool = True) -> None:
        """Select and bring into view; None selects nothing."""
        number = self.model_.number_of(appointment_id) if appointment_id is not None else -1
        if number < 0:
            self._quiet, was = True, self._quiet
            self.selectionModel().clear()
            self._quiet = was
            changed, self._selected = self._selected is not None, None
            if changed and announce:
                self.selected.emit(None)
            return
        if appointment_id == self._selected:
            return
        self._quiet, was = True, self._quiet
        self.select_row(number)
        self._quiet = was
        self._selected = appointment_id
        if announce:
            self.selected.emit(appointment_id)

    def set_now(self, today: date, now_minute: int) -> None:
        """Nothing here moves with the time."""

    def in_order(self) -> list[AppointmentBlock]:
        """The appointments as they are listed."""
        scene = self.scene
        return [] if scene is None else [scene.by_id[row.id] for row in self.model_.rows]

    def block_rect(self, appointment_id: int) -> QRect:
        """Where its row is."""
        number = self.model_.number_of(appointment_id)
        return self.visualRect(self.model_.index(number, NAME)) if number >= 0 else QRect()

    def create_at_cursor(self, minutes: int = 60) -> None:
        """Ask for a new appointment on the day of the selected one, or the first shown."""
        if self.scene is None:
            return
        block = self.selected_block
        days = self.scene.week.days
        day = self.scene.today if self.scene.today in days else days[0]
        if block is not None:
            day = date.fromisoformat(block.starts_local[:10])
        hours = self.scene.facts.of(day).hours
        start = local_at(day, hours.from_minute if hours is not None else WORK_FROM)
        self.wished.emit(Wish("create", None, start, minutes))

    def cancel_drag(self) -> bool:
        """Nothing is dragged here."""
        return False

    def set_turn_zones(self, *zones: tuple[QWidget, int]) -> None:
        """Nothing is dragged here."""

    def say(self, text: str) -> None:
        """Through the screen reader."""
        a11y.announce(self, text)

    # keyboard and mouse

    def arrow(self, days: int, steps: int, modifiers: Qt.KeyboardModifier) -> bool:
        """With Shift the appointment moves, as in the week."""
        block = self.selected_block
        shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        if block is None or not modifiers & shift:
            return False
        if modifiers == shift:
            by = days * DAY_MINUTES + (0 if block.all_day else steps * _STEP)
            start = shift_local(block.starts_local, by)
            if by:
                self.wished.emit(view_keys.moved_wish(block, start))
            return True
        if modifiers == shift | control and steps:
            step = DAY_MINUTES if block.all_day else _STEP
            minutes = max(step, block.minutes + steps * step)
            self.wished.emit(view_keys.resized_wish(block, block.starts_local, minutes))
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        )  # fmt: skip
        if key in view_keys.ARROWS and plain:
            super().keyPressEvent(event)
            return
        if not view_keys.handle(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        row = self.model_.rows[index.row()]
        self.select(row.id)
        where = self.visualRect(index).center() if by_key else event.pos()
        self.menuRequested.emit(row.id, self.viewport().mapToGlobal(where))

    def _on_selection_changed(self, *_: QItemSelection) -> None:
        if self._quiet:
            return
        rows = self.selected_rows()
        ident = self.model_.rows[rows[0]].id if rows else None
        if ident != self._selected:
            self._selected = ident
            self.selected.emit(ident)

    def _on_row_activated(self, number: int) -> None:
        self.chosen.emit(self.model_.rows[number].id)

    def _on_sort_changed(self, section: int, order: Qt.SortOrder) -> None:
        key = self.model_.columns[section].sort
        kept = self._selected
        self._quiet = True
        self.model_.sort_by(key, falling=order == Qt.SortOrder.DescendingOrder)
        self._selected = None
        self.select(kept, announce=False)
        self._quiet = False

    # look

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as their words; state and crew give way in a narrow window."""
        metrics, bold = theme().metrics(), theme().metrics("body", 600)
        wide = {
            DAY: bold.horizontalAdvance("Wed, Mar 30") + 44,
            1: metrics.horizontalAdvance("10:30–12:30 PM") + 24,
            WHO: metrics.horizontalAdvance("M" * 9) + 24,
            PRICE: metrics.horizontalAdvance("$10,000.00") + 24,
            STATE: metrics.horizontalAdvance("Held, not confirmed") + 36,
        }
        room = self.viewport().width() - theme().scaled(160)
        for column in (STATE, PRICE, WHO):
            self.setColumnHidden(column, sum(wide.values()) > room)
            if self.isColumnHidden(column):
                wide.pop(column)
        for column, width in wide.items():
            self.setColumnWidth(column, width)
        self.refresh_edges()

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        if self.model_.rows or not self._empty_text:
            return
        painter = QPainter(self.viewport())
        painter.setFont(theme().font("body"))
        painter.setPen(theme().color("text2"))
        area = self.viewport().rect().adjusted(24, 32, -24, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(area, flags, self._empty_text)
        painter.end()


class _AgendaDelegate(TwoLineDelegate):
    """The day bold in its first row, a dot of the crew's colour, marks beside the state."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column() != WHO:
            return
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, AgendaRow) or not row.who:
            return
        colors = theme()
        color = colors.color("text3")
        if row.color_index is not None:
            color = colors.crew(row.color_index).bar
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        top = option.rect.center().y() - _DOT // 2
        painter.drawEllipse(QRect(option.rect.x() + 8, top, _DOT, _DOT))
        painter.restore()

    def cell(self, index: Index) -> Cell:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, AgendaRow):
            return Cell()
        model = index.model()
        assert isinstance(model, AgendaModel)
        column = model.columns[index.column()]
        title = column.text(row)
        sub = column.second(row) if column.second is not None else ""
        if index.column() == DAY:
            return Cell(title, sub, weight=600)
        if index.column() == NAME:
            off = row.state in ("cancelled", "no_show")
            icon = "repeat" if row.repeats else ""
            token = "text3" if off else "text"
            return Cell(title, sub, weight=500, token=token, icon=icon, icon_token="text3")
        if index.column() == STATE:
            return Cell(chip=title, tone=row.tone) if title else Cell()
        if index.column() == WHO:
            return Cell(f"     {title}" if title else "")
        return Cell(title, sub, right=column.align_right)


_TONES = {"done": "ok", "cancelled": "neutral", "no_show": "warn", "tentative": "neutral",
          "on_the_way": "info", "arrived": "info"}  # fmt: skip


def _rows(scene: Scene) -> list[AgendaRow]:
    totals = summaries(scene.shown, scene.week.days)
    rows = []
    for block in scene.shown:
        day = date.fromisoformat(block.starts_local[:10])
        total = totals.get(day)
        note = scene.facts.of(day).note
        if total is not None and total.visits and not note:
            money = i18n.short_money(total.total_cents, scene.week.currency)
            count = i18n.locale_of().toString(total.visits)
            note = i18n.joined([count, money if total.total_cents else ""])
        warns = block.late or block.conflict
        state = remark(block) if warns else ""
        if not state and block.state != "confirmed":
            state = state_words()[block.state]
        rows.append(
            AgendaRow(
                id=block.id,
                starts_local=block.starts_local,
                all_day=block.all_day,
                time=_time(block),
                length=_length(block),
                name=block.name,
                service=block.service,
                who=who(block, scene),
                color_index=scene.color_of(block),
                total_cents=block.total_cents,
                price=i18n.money(block.total_cents, scene.week.currency)
                if block.total_cents
                else "",
                state=block.state,
                state_word=state,
                tone="warn" if warns else _TONES.get(block.state, "neutral"),
                repeats=block.series_id is not None or block.id < 0,
                sentence=block_sentence(block, scene, selected=False),
                day_note=note,
            )
        )
    return rows


def _time(block: AppointmentBlock) -> str:
    from PySide6.QtCore import QCoreApplication

    if block.all_day:
        return QCoreApplication.translate("Schedule", "All day")
    return i18n.time_range(block.starts_local, block.minutes)


def _length(block: AppointmentBlock) -> str:
    if not block.all_day:
        return i18n.minutes_text(block.minutes)
    days = max(1, -(-block.minutes // DAY_MINUTES))
    last = shift_local(block.starts_local, (days - 1) * DAY_MINUTES)
    return "" if days == 1 else f"– {i18n.weekday_short(last)}"
