"""The rain day: all visits of a day to the next fitting gaps, looked over before anything moves."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QStackedLayout, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries import appointment as prices
from tcf_desktop.services.queries import rain_day as queries
from tcf_desktop.services.queries.rain_day import RainDay, Wish
from tcf_desktop.services.rain_day import MoveRainDay, VisitMove
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    EmptyState,
    FormField,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    Surface,
    hairline,
)
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.context import NoticeAction, Target
from tcf_desktop.views.page import Page
from tcf_desktop.views.schedule.rain_day_rows import RainRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcf_desktop.views.context import ViewContext

TABLES = ("appointments", "series", "crews", "days_off", "working_hours", "services")
_RELOAD_MS = 80
_ALL = -1
_NO_CREW = 0


class RainDayPage(Page):
    """Addresses: ("date", value) for the day that falls through."""

    key = "rain_day"
    ground = "surface"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._on = ""
        self._generation = 0
        self._stale = True
        self._moving = False
        self._day: RainDay | None = None
        self.rows: list[RainRow] = []
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._timer.timeout.connect(self.reload)
        ctx.bus.committed.connect(self._on_bus_committed)

    def _build(self) -> None:
        today = self.ctx.today
        self.on = DayField(today, object_name="rain_day.on")
        self.first = DayField(today, object_name="rain_day.first")
        self.crew = ComboBox(object_name="rain_day.crew")
        self.service = ComboBox(object_name="rain_day.service")
        tools = FlowRow()
        for label, field in (
            (self.tr("Day that falls through"), self.on), (self.tr("Crew"), self.crew),
            (self.tr("Service"), self.service), (self.tr("Not before"), self.first),
        ):  # fmt: skip
            part = FormField(label, field)
            part.setMinimumWidth(170)
            tools.add(part)
        self.on.editingFinished.connect(self._on_day_typed)
        self.first.editingFinished.connect(self._on_wish_changed)
        self.crew.activated.connect(lambda _: self._on_wish_changed())
        self.service.activated.connect(lambda _: self._on_wish_changed())
        top = QVBoxLayout()
        top.setContentsMargins(24, 12, 24, 12)
        top.addWidget(tools)
        self.pane = ScrollPane("surface")
        self.pane.layout_.setContentsMargins(0, 0, 0, 0)
        self.pane.layout_.setSpacing(0)
        self.empty = EmptyState("sun", "", object_name="rain_day.empty")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.pane)
        self._stack.addWidget(self.empty)
        self.tell = QCheckBox(self.tr("Prepare a message to every customer"))
        self.tell.setObjectName("rain_day.tell")
        self.tell.setChecked(True)
        self.tell.setMinimumHeight(theme().control_height())
        self.summary = DataLabel("", "body", "text2", wrap=True, object_name="rain_day.summary")
        self.move_button = PrimaryButton(self.tr("Move visits"), object_name="rain_day.move")
        self.move_button.clicked.connect(lambda *_: self.move_all())
        self.cancel_button = PlainButton(
            self.tr("Back to the schedule"), object_name="rain_day.leave"
        )
        self.cancel_button.clicked.connect(lambda *_: self._leave())
        foot = FlowRow()
        self.foot = Surface("sunken")
        for widget in (self.move_button, self.cancel_button, self.tell):
            foot.add(widget)
        words = QVBoxLayout(self.foot)
        words.setContentsMargins(24, 10, 24, 10)
        words.setSpacing(8)
        words.addWidget(self.summary)
        words.addWidget(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(hairline())
        column.addLayout(self._stack, 1)
        column.addWidget(hairline())
        column.addWidget(self.foot)

    # what the window asks

    def title(self) -> str:
        return self.tr("Rain day")

    def subtitle(self) -> str:
        return i18n.weekday(self._on) if self._on else ""

    def back_action(self) -> Callable[[], object] | None:
        return self._leave

    def foot_height(self) -> int:
        return self.foot.height()

    def regions(self) -> list[QWidget]:
        first = [self.rows[0].tick] if self.rows and self.rows[0].can_move else []
        return [self.on, *first, self.move_button]

    def home(self) -> QWidget:
        return self.on

    def shown(self) -> None:
        if not self._on:
            self._set_day(self.ctx.today())
        elif self._stale:
            self.reload()

    def open_target(self, target: Target) -> None:
        if target.kind == "date" and target.value:
            self._set_day(target.value[:10])

    # the wish

    def _set_day(self, iso: str) -> None:
        self._on = iso
        self.on.set_iso(iso)
        now = from_ms(self.ctx.clock.now_ms(), self.ctx.zone())
        self.first.set_iso(queries.earliest_day(date.fromisoformat(iso), now).isoformat())
        self._fill_choices()
        self.reload()
        self.headerChanged.emit()

    def _fill_choices(self) -> None:
        on, now = date.fromisoformat(self._on), self.ctx.clock.now_ms()
        crew, service = self.crew.currentData(), self.service.currentData()
        counts = self.ctx.tasks.read_now(lambda r: queries.crews_of_day(r, on, now))
        names = dict(self.ctx.tasks.read_now(lambda r: r.all("SELECT id, name FROM crews")))
        self.crew.clear()
        self.crew.addItem(self.tr("All crews"), _ALL)
        for ident, count in counts:
            name = names.get(ident, "") if ident is not None else self.tr("No crew yet")
            self.crew.addItem(f"{name} ({count})", ident if ident is not None else _NO_CREW)
        self.crew.select_data(crew)
        if not self.service.count():
            self.service.addItem(self.tr("Every service"), _ALL)
            for row in self.ctx.tasks.read_now(prices.price_list):
                self.service.addItem(row.name, row.id)
        self.service.select_data(service)

    def _wish(self) -> Wish:
        on = date.fromisoformat(self._on)
        first = self.first.iso() if self.first.is_understood() else ""
        crew, service = self.crew.currentData(), self.service.currentData()
        crews = None if crew in (None, _ALL) else frozenset({None if crew == _NO_CREW else crew})
        first_on = date.fromisoformat(first) if first else on + timedelta(days=1)
        return Wish(on, first_on, crews, None if service in (None, _ALL) else service)

    def _on_day_typed(self) -> None:
        iso = self.on.iso() if self.on.is_understood() else ""
        if iso and iso != self._on:
            self._set_day(iso)

    def _on_wish_changed(self) -> None:
        if self._day is None or self._wish() != self._day.wish:
            self.reload()

    # the proposal

    def reload(self) -> None:
        """Plan again from what is stored; what was typed here is given up."""
        self._stale = False
        self._generation += 1
        number, wish, now = self._generation, self._wish(), self.ctx.clock.now_ms()

        def answer(day: RainDay) -> None:
            if number == self._generation:
                self._show(day)

        self.ctx.tasks.read(self, lambda r: queries.rain_day(r, wish, now), answer)

    def _show(self, day: RainDay) -> None:
        self._day = day
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = [RainRow(visit, self.ctx.today) for visit in day.visits]
        for row in self.rows:
            row.changed.connect(self._judge)
            column.addWidget(row)
        column.addStretch(1)
        while self.pane.layout_.count():
            item = self.pane.layout_.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.pane.layout_.addWidget(inside)
        self._stack.setCurrentWidget(self.pane if self.rows else self.empty)
        text = self.tr("No visits on {day}.").format(day=i18n.weekday(self._on))
        self.empty.text.setText(text)
        self._judge()
        self.setProperty("loaded", True)

    def _judge(self) -> None:
        """Say beside each row what speaks against it, and below what will happen."""
        if self._day is None:
            return
        chosen = {row.visit.id: row.to_local() for row in self.rows if row.is_on()}
        sound = {ident: local for ident, local in chosen.items() if local}
        trouble = self._day.board.trouble(sound)
        words = {"hours": self.tr("Outside working hours"), "taken": self.tr("Overlaps")}
        for row in self.rows:
            if not row.can_move:
                continue
            ident = row.visit.id
            if not row.is_on():
                nowhere = not row.visit.to_local and not row.to_local()
                text = self.tr("No gap in 4 weeks") if nowhere else self.tr("Stays")
                row.set_mark(text, "warn" if nowhere else "neutral")
            elif not chosen[ident]:
                row.set_mark(self.tr("When?"), "warn")
            else:
                row.set_mark(words.get(trouble.get(ident, ""), ""), "warn")
        self._say(len(chosen), len(sound), len(trouble))

    def _say(self, chosen: int, sound: int, trouble: int) -> None:
        movable = [row for row in self.rows if row.can_move]
        parts = []
        if movable:
            text = self.tr("{n} of {all} visits move").format(n=chosen, all=len(movable))
            parts.append(text)
        stay = len(self.rows) - len(movable)
        if stay:
            parts.append(i18n.plural(stay, self.tr("{n} stays"), self.tr("{n} stay")))
        if trouble:
            parts.append(
                i18n.plural(trouble, self.tr("{n} needs a look"), self.tr("{n} need a look"))
            )
        if not movable and self.rows:
            parts.append(self.tr("nothing here can move"))
        self.summary.setText(i18n.joined(parts))
        self.summary.setVisible(bool(parts))
        text = i18n.plural(chosen, self.tr("Move {n} visit"), self.tr("Move {n} visits"))
        self.move_button.setText(text if chosen else self.tr("Move visits"))
        self.move_button.setEnabled(0 < chosen == sound and not self._moving)
        self.tell.setVisible(bool(movable))

    # doing

    def move_all(self) -> None:
        """All ticked visits at once."""
        moves = tuple(
            VisitMove(row.visit.id, row.to_local(), row.visit.starts_at, self.tell.isChecked())
            for row in self.rows
            if row.is_on() and row.to_local()
        )
        self._moving = True
        self.move_button.setEnabled(False)
        done = partial(self._on_moved, len(moves))
        command = MoveRainDay(self._on, moves, self.ctx.zone())
        self.ctx.tasks.command(self, command, done, self._on_refused)

    def _on_moved(self, count: int, messages: tuple[int, ...]) -> None:
        self._moving = False
        text = i18n.plural(count, self.tr("{n} visit moved."), self.tr("{n} visits moved."))
        actions = []
        if messages:
            wait = i18n.plural(
                len(messages), self.tr("{n} message waits."), self.tr("{n} messages wait.")
            )
            text = f"{text} {wait}"
            show = partial(self.ctx.navigate, Target("messages", "waiting"))
            actions.append(NoticeAction(self.tr("Show messages"), show))
        self._leave()
        self.ctx.shell.notify(text, undo=True, actions=actions)

    def _on_refused(self, error: Any) -> None:
        self._moving = False
        self.ctx.show_error(error)
        self.reload()

    def _leave(self) -> None:
        self.ctx.navigate(Target("schedule", "date", value=self._on or self.ctx.today()))

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches(*TABLES):
            self._stale = True
            if self.isVisible() and not self._moving:
                self._timer.start()
