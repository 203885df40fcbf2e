"""The people of a day, left of the map: who, which crew, time worked; problems below."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.base.clock import from_ms
from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.team import Person
from tcf_desktop.services.queries.team_day import TeamDay
from tcf_desktop.views.common import (
    Cell,
    DataLabel,
    IconButton,
    IconLabel,
    LinkButton,
    ListTable,
    Surface,
    chip_size,
    hairline,
    initials_of,
    paint_avatar,
    paint_chip,
    paint_lines,
    paint_row_back,
)
from tcf_desktop.views.common.tables import ROW_ROLE, Index

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

AVATAR = 30
_WIDEST = 340  # as narrow as the list may be with the largest text
_NAME_ROOM = 110  # less than this and the chip goes to the second line


class PeopleList(Surface):
    """``chosen`` with a worker's id; ``dayChanged`` with a date; ``fixRequested`` with an id."""

    chosen = Signal(int)
    dayChanged = Signal(object)
    fixRequested = Signal(int)
    addRequested = Signal()

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("surface")
        self.ctx = ctx
        self._day: TeamDay | None = None
        self._forgotten: list[Person] = []
        self.date = DataLabel("", "subtitle", object_name="team.date")
        self.earlier = IconButton("caret-left", self.tr("Day before"), object_name="team.earlier")
        self.later = IconButton("caret-right", self.tr("Day after"), object_name="team.later")
        self.earlier.clicked.connect(lambda: self._step(-1))
        self.later.clicked.connect(lambda: self._step(1))
        self.now = LinkButton(self.tr("Today"), object_name="team.today")
        self.now.clicked.connect(lambda: self._go(self._today()))
        self.model: IdListModel[Person] = IdListModel(
            (Column[Person]("person", self.tr("Person"), self._words, stretch=True),),
            lambda _ids: {},
        )
        self.table = ListTable(object_name="team.people")
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("People"))
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.delegate = PersonDelegate(self.table)
        self.table.setItemDelegate(self.delegate)
        self.table.selectionModel().currentRowChanged.connect(self._on_table_current_changed)
        self.problems = QVBoxLayout()
        self.problems.setContentsMargins(16, 8, 16, 0)
        self.problems.setSpacing(4)
        self.add = LinkButton(self.tr("Add a person…"), "user-plus", object_name="team.add")
        self.add.clicked.connect(self.addRequested)
        self._lay_out()
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(min(theme().scaled(248), _WIDEST))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 12, 8)
        top.setSpacing(6)
        top.addWidget(self.date)
        top.addWidget(self.now)
        top.addStretch(1)
        top.addWidget(self.earlier)
        top.addWidget(self.later)
        privacy = QHBoxLayout()
        privacy.setContentsMargins(16, 8, 16, 14)
        privacy.setSpacing(10)
        privacy.addWidget(IconLabel("lock-simple", "text3", 16), 0, Qt.AlignmentFlag.AlignTop)
        self.privacy = DataLabel(
            self.tr(
                "Positions are kept only while clocked in, on this computer. What lies outside "
                "is deleted after a day."
            ),
            "caption",
            "text2",
            wrap=True,
            object_name="team.privacy",
        )
        privacy.addWidget(self.privacy, 1)
        add_row = QHBoxLayout()
        add_row.setContentsMargins(16, 6, 16, 6)
        add_row.addWidget(self.add)
        add_row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addWidget(self.table, 100)
        column.addLayout(self.problems)
        column.addLayout(add_row)
        column.addStretch(1)
        column.addWidget(hairline())
        column.addLayout(privacy)

    def show_day(self, day: TeamDay, chosen: int | None) -> None:
        """The people of a day with one of them chosen."""
        self._day = day
        self.delegate.day = day
        self.date.setText(i18n.weekday_short(day.on))
        self.now.setVisible(not day.is_today)
        self.model.set_ids(
            [person.id for person in day.people], {person.id: person for person in day.people}
        )
        # No taller than its rows, so that problems stand right below the people.
        self.table.setMaximumHeight(theme().row_height(2) * max(1, len(day.people)) + 1)
        if chosen is not None:
            self._select(chosen)
        self._show_problems(day)

    def _select(self, worker_id: int) -> None:
        place = self.model.place_of(worker_id)
        selection = self.table.selectionModel()
        if place >= 0 and selection.currentIndex().row() != place:
            blocked = selection.blockSignals(True)
            selection.setCurrentIndex(
                self.model.index(place, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )
            selection.blockSignals(blocked)
            self.table.viewport().update()

    def _show_problems(self, day: TeamDay) -> None:
        forgotten = [person for person in day.people if person.forgotten][:4]
        if forgotten == self._forgotten:
            return
        self._forgotten = forgotten
        while self.problems.count():
            item = self.problems.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for person in forgotten:
            assert person.running is not None
            began = from_ms(person.running.clock_in_at, day.zone).date()
            first = person.name.split()[0] if person.name.split() else person.name
            text = self.tr("{name} did not clock out on {day}.").format(
                name=first, day=i18n.day(began, "dddd")
            )
            self.problems.addWidget(_Problem(text, person.id, self))

    def _words(self, person: Person) -> str:
        return i18n.joined([person.name, *_second(person, self._day), _chip(person)[0]], ", ")

    def _today(self) -> date:
        return date.fromisoformat(self.ctx.today())

    def _step(self, days: int) -> None:
        on = self._day.on if self._day is not None else self._today()
        self._go(on + timedelta(days=days))

    def _go(self, on: date) -> None:
        self.dayChanged.emit(on)

    def _on_table_current_changed(self, current: Index) -> None:
        if current.isValid():
            self.chosen.emit(self.model.id_at(current.row()))


class _Problem(QWidget):
    def __init__(self, text: str, worker_id: int, people: PeopleList) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(IconLabel("warning", "warn", 16))
        row.addWidget(DataLabel(text, "body", "text", wrap=True), 1)
        fix = LinkButton(people.tr("Fix"), object_name=f"team.fix.{worker_id}")
        fix.clicked.connect(lambda: people.fixRequested.emit(worker_id))
        row.addWidget(fix)


class PersonDelegate(QStyledItemDelegate):
    """Initials, two lines, and a chip with the time on the clock."""

    def __init__(self, table: ListTable) -> None:
        super().__init__(table)
        self._table = table
        self.day: TeamDay | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        person = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        paint_row_back(painter, rect, option, index.row(), self._table, first=True)
        if isinstance(person, Person):
            edge = theme().scaled(AVATAR)
            avatar = QRect(rect.x() + 16, rect.y() + (rect.height() - edge) // 2, edge, edge)
            paint_avatar(painter, avatar, initials_of(person.name), person.color_index)
            text, tone = _chip(person)
            size = chip_size(text)
            chip = QRect(
                rect.right() - 16 - size.width(),
                rect.y() + (rect.height() - size.height()) // 2,
                size.width(),
                size.height(),
            )
            left = avatar.right() + 12
            room = QRect(left, rect.y(), chip.left() - left - 8, rect.height())
            cell = Cell(person.name, i18n.joined(_second(person, self.day)), weight=600)
            if room.width() < theme().scaled(_NAME_ROOM):
                chip.moveBottom(rect.bottom() - 2)
                room.setRight(rect.right() - 12)
                room.setBottom(chip.top())
                crew = QRect(left, chip.top(), chip.left() - left - 8, chip.height())
                _paint_crew(painter, crew, person)
                cell = Cell(person.name, weight=600)
            paint_chip(painter, chip, text, tone)
            paint_lines(painter, room, cell)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(200, theme().row_height(2))


def _paint_crew(painter: QPainter, rect: QRect, person: Person) -> None:
    """The crew in small letters, as much of it as there is room for."""
    painter.setFont(theme().font("caption"))
    painter.setPen(theme().color("text2"))
    text = (
        theme()
        .metrics("caption")
        .elidedText(person.crew, Qt.TextElideMode.ElideRight, rect.width())
    )
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _chip(person: Person) -> tuple[str, str]:
    from PySide6.QtCore import QCoreApplication

    if person.forgotten:
        return QCoreApplication.translate("PeopleList", "still on"), "warn"
    if person.spans:
        on = person.running is not None
        return i18n.elapsed(person.worked_ms), "ok" if on else "neutral"
    return QCoreApplication.translate("PeopleList", "off"), "neutral"


def _second(person: Person, day: TeamDay | None) -> list[str]:
    from PySide6.QtCore import QCoreApplication

    parts = [person.crew] if person.crew else []
    if not person.spans and person.last_worked_at is not None and day is not None:
        last = from_ms(person.last_worked_at, day.zone).date()
        words = QCoreApplication.translate("PeopleList", "last on {day}")
        parts.append(words.format(day=i18n.day(last, "ddd, MMM d")))
    elif not person.has_phone:
        parts.append(QCoreApplication.translate("PeopleList", "no phone"))
    elif person.battery_percent is not None:
        words = QCoreApplication.translate("PeopleList", "battery {percent} %")
        parts.append(words.format(percent=person.battery_percent))
    return parts
