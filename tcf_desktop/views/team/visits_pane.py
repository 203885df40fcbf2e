"""One person's day, right of the map: the clock, and the visits as planned and as driven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.timesheets import parse_moment
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.team import Person
from tcf_desktop.services.queries.team_day import TeamDay, VisitFact
from tcf_desktop.services.timesheets import ClockIn, ClockOut
from tcf_desktop.views.common import (
    Avatar,
    Chip,
    DataLabel,
    LineEdit,
    LinkButton,
    PlainButton,
    ScrollPane,
    Surface,
    hairline,
    initials_of,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.team.map_math import distance_words
from tcf_desktop.views.team.map_paint import readable_on

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_WIDEST = 340  # as narrow as the pane may be with the largest text


class VisitsPane(Surface):
    """``visitRequested`` with an appointment's id."""

    visitRequested = Signal(int)

    def __init__(self, ctx: ViewContext, *, miles: bool) -> None:
        super().__init__("surface")
        self.ctx = ctx
        self.setObjectName("team.person")
        self._miles = miles
        self._day: TeamDay | None = None
        self._person: Person | None = None
        self._shown: tuple[object, ...] = ()
        self.avatar = Avatar("?", 0, 40)
        self.name = DataLabel("", "subtitle", object_name="team.person.name")
        self.state = DataLabel("", "caption", "text2", wrap=True, object_name="team.person.state")
        self.clock = PlainButton("", "clock", object_name="team.person.clock")
        self.other = LinkButton(self.tr("At another time…"), object_name="team.person.other")
        self.time = LineEdit(object_name="team.person.time", placeholder="8:05")
        self.time.setAccessibleName(self.tr("Time"))
        self.set_time = PlainButton(self.tr("Set"), object_name="team.person.set")
        self.hint = DataLabel("", "caption", "bad", wrap=True, object_name="team.person.hint")
        self.heading = DataLabel("", "heading")
        self.back = LinkButton(self.tr("Map"), "arrow-left", object_name="team.person.back")
        self.back.hide()
        self.list = ScrollPane("surface")
        self.list.layout_.setContentsMargins(16, 4, 16, 16)
        self.list.layout_.setSpacing(0)
        self.clock.clicked.connect(lambda: self._clock(None))
        self.other.clicked.connect(self._on_other_clicked)
        self.set_time.clicked.connect(self._on_time_given)
        self.time.returnPressed.connect(self._on_time_given)
        self._lay_out()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self.name)
        names.addWidget(self.state)
        who = QHBoxLayout()
        who.setSpacing(12)
        who.addWidget(self.avatar)
        who.addLayout(names, 1)
        buttons = FlowRow(spacing=12)
        buttons.add(self.clock)
        buttons.add(self.other)
        self.time_row = QWidget()
        times = QHBoxLayout(self.time_row)
        times.setContentsMargins(0, 0, 0, 0)
        times.setSpacing(8)
        times.addWidget(self.time)
        times.addWidget(self.set_time)
        times.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(16, 16, 16, 10)
        top.setSpacing(10)
        top.addWidget(self.back)
        top.addLayout(who)
        top.addWidget(buttons)
        top.addWidget(self.time_row)
        top.addWidget(self.hint)
        top.addWidget(self.heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        self.time_row.hide()
        self.hint.hide()
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(min(theme().scaled(270), _WIDEST))
        self.other.setMinimumHeight(theme().control_height())
        edge = theme().scaled(40)
        self.avatar.setFixedSize(edge, edge)
        self.time.setMaximumWidth(theme().scaled(160))
        self._shown = ()  # the rows are laid out anew for another size of text

    def show_person(self, day: TeamDay, person: Person | None) -> None:
        """One person's day; None empties the pane."""
        if self._person is None or person is None or person.id != self._person.id:
            self._ask_time(shown=False)
        self._day, self._person = day, person
        self.setVisible(person is not None)
        if person is None:
            return
        self.avatar.set_person(initials_of(person.name), person.color_index)
        self.name.setText(person.name)
        self.state.setText(self._state(day, person))
        on = person.running is not None
        self.clock.setText(self.tr("Clock out") if on else self.tr("Clock in"))
        self.clock.setVisible(day.is_today or on)
        self.other.setVisible(day.is_today or on)
        self._show_visits(day, person)

    def ask_time(self) -> None:
        """Open the field for the time of clocking out."""
        self._ask_time(shown=True)

    # the clock

    def _state(self, day: TeamDay, person: Person) -> str:
        if person.running is not None:
            began = from_ms(person.running.clock_in_at, day.zone)
            if began.date() != from_ms(day.now_at, day.zone).date():
                return self.tr("On the clock since {day}, {time}").format(
                    day=i18n.day(began.date(), "ddd, MMM d"), time=i18n.clock_time(began)
                )
            return self.tr("Clocked in {time}").format(time=i18n.clock_time(began))
        if person.spans:
            last = person.spans[-1]
            assert last.clock_out_at is not None
            return self.tr("{start} to {end}").format(
                start=i18n.instant_time(person.spans[0].clock_in_at, day.zone),
                end=i18n.instant_time(last.clock_out_at, day.zone),
            )
        return self.tr("Not on the clock")

    def _clock(self, at: int | None) -> None:
        if self._person is None:
            return
        person = self._person
        if person.running is not None:
            text = self.tr("{name} clocked out.").format(name=person.name)
            command: ClockIn | ClockOut = ClockOut(person.id, at)
        else:
            text = self.tr("{name} clocked in.").format(name=person.name)
            command = ClockIn(person.id, at)

        def done(_shift: int) -> None:
            self._ask_time(shown=False)
            self.ctx.notify(text, undo=True)

        self.ctx.tasks.command(self, command, done, self._refused)

    def _refused(self, error: AppError) -> None:
        self.hint.setText(words_of(error).text())
        self.hint.show()

    def _on_other_clicked(self) -> None:
        self._ask_time(shown=self.time_row.isHidden())

    def _ask_time(self, *, shown: bool) -> None:
        self.time_row.setVisible(shown)
        self.hint.hide()
        if not shown:
            self.time.clear()
            return
        person = self._person
        if person is not None and person.running is not None and self._day is not None:
            began = from_ms(person.running.clock_in_at, self._day.zone)
            self.time.setText(f"{began:%Y-%m-%d} 17:00" if person.forgotten else "")
        self.time.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_time_given(self) -> None:
        try:
            at = parse_moment(self.time.text(), self.ctx.zone(), self.ctx.clock.now_ms())
        except AppError as error:
            self._refused(error)
            return
        self._clock(at)

    # visits

    def _show_visits(self, day: TeamDay, person: Person) -> None:
        facts = day.visits_of(person)
        # Rows are made anew only when they would say something else: positions come all day.
        shown = (person.id, person.color_index, day.on, tuple(facts), _over(facts, day))
        if shown == self._shown:
            return
        self._shown = shown
        layout = self.list.layout_
        while layout.count():
            item = layout.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.heading.setText(self.tr("Visits") if facts else "")
        if not facts:
            text = self.tr("No visits are planned for {name} on this day.")
            empty = DataLabel(text.format(name=person.name), "body", "text2", wrap=True)
            layout.addWidget(empty)
        for number, fact in enumerate(facts, 1):
            if number > 1:
                layout.addWidget(hairline())
            row = VisitRow(fact, number, person.color_index, day, miles=self._miles)
            row.openRequested.connect(self.visitRequested)
            layout.addWidget(row)
        layout.addStretch(1)


class VisitRow(QWidget):
    """A visit: number, name and real time; below, the plan and what was seen."""

    openRequested = Signal(int)

    def __init__(
        self, fact: VisitFact, number: int, crew: int, day: TeamDay, *, miles: bool
    ) -> None:
        super().__init__()
        visit, stay = fact.visit, fact.stay
        self._id = visit.id
        name = LinkButton(visit.name or visit.place, object_name=f"team.visit.{visit.id}")
        name.text_token = "text"
        name.weight = 600
        name.clicked.connect(lambda: self.openRequested.emit(self._id))
        planned = self.tr("Planned {time}").format(
            time=_range(visit.starts_at, visit.ends_at, day.zone)
        )
        if stay is not None:
            until = self.tr("now") if fact.is_there else i18n.instant_time(stay.left_at, day.zone)
            start = i18n.instant_time(stay.came_at, day.zone)
            when = f"{_without_half(start, until)}–{until}"
            near = distance_words(stay.nearest_m, miles=miles)
            planned = i18n.joined([planned, self.tr("{distance} away").format(distance=near)])
        else:
            when = i18n.instant_time(visit.starts_at, day.zone)
        text, tone, icon = self._chip(fact, day)
        # Large text has no room for both in one line.
        large = theme().text_scale >= 150
        top: QBoxLayout = QVBoxLayout() if large else QHBoxLayout()
        top.setSpacing(3 if large else 8)
        top.addWidget(_Elided(name), 1)
        top.addWidget(DataLabel(when, "body", "text", align="left" if large else "right"))
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addLayout(top)
        words.addWidget(DataLabel(planned, "caption", "text2", wrap=large))
        chip_row = QHBoxLayout()
        chip_row.addWidget(Chip(text, tone, icon))
        chip_row.addStretch(1)
        words.addLayout(chip_row)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 9, 0, 10)
        row.setSpacing(10)
        row.addWidget(_Number(number, crew, filled=stay is not None), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _chip(self, fact: VisitFact, day: TeamDay) -> tuple[str, str, str]:
        if fact.is_there:
            return self.tr("Working there"), "info", "map-pin"
        if fact.stay is not None:
            return self.tr("Was there"), "ok", "check"
        if fact.visit.state == "done":
            return self.tr("Done"), "ok", "check"
        if fact.visit.lat is None:
            return self.tr("Not on the map"), "neutral", ""
        if fact.visit.ends_at < day.now_at:
            return self.tr("Not seen there"), "neutral", ""
        return self.tr("Planned"), "neutral", ""


class _Elided(QWidget):
    """Holds a link that may be longer than its room."""

    def __init__(self, link: LinkButton) -> None:
        super().__init__()
        self._link = link
        link.setParent(self)
        link.setToolTip(link.text())

    def sizeHint(self) -> QSize:
        return self._link.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self._link.sizeHint().height())

    def resizeEvent(self, _event: object) -> None:
        hint = self._link.sizeHint()
        full = self._link.toolTip()
        metrics = theme().metrics("body", 600)
        text = metrics.elidedText(full, Qt.TextElideMode.ElideRight, self.width() - 4)
        if text != self._link.text():
            self._link.setText(text)
            self._link.setAccessibleName(full)
            hint = self._link.sizeHint()
        self._link.setGeometry(0, 0, min(self.width(), hint.width()), self.height())


class _Number(QWidget):
    """The visit's number as on the map: filled when somebody was there."""

    def __init__(self, number: int, crew: int, *, filled: bool) -> None:
        super().__init__()
        self._number, self._crew, self._filled = number, crew, filled
        self.setFixedSize(theme().scaled(24), theme().scaled(24))
        theme().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        pair = theme().crew(self._crew)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(pair.bar, 2))
        painter.setBrush(pair.bar if self._filled else Qt.BrushStyle.NoBrush)
        frame = self.rect().adjusted(1, 1, -1, -1)
        painter.drawEllipse(frame.adjusted(1, 1, -1, -1))
        painter.setFont(theme().font("caption", 600))
        painter.setPen(readable_on(pair.bar) if self._filled else theme().color("text"))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


def _over(facts: list[VisitFact], day: TeamDay) -> tuple[bool, ...]:
    return tuple(fact.visit.ends_at < day.now_at for fact in facts)


def _range(start_at: int, end_at: int, zone: str) -> str:
    start, end = i18n.instant_time(start_at, zone), i18n.instant_time(end_at, zone)
    return f"{_without_half(start, end)}–{end}"


def _without_half(start: str, end: str) -> str:
    """ "8:00" of "8:00 AM" when the end says AM as well."""
    head, _, half = start.rpartition(" ")
    return head if half and end.endswith(half) else start
