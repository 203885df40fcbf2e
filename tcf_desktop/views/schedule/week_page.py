"""The days of the schedule: what is shown, read anew when it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.week_layout import lanes_fit
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.services.queries import schedule, schedule_days
from tcf_desktop.services.queries.schedule import AppointmentBlock, Week, WorkerRow
from tcf_desktop.services.queries.schedule_days import Facts
from tcf_desktop.views.common import hairline
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.page import Page
from tcf_desktop.views.schedule import view_range
from tcf_desktop.views.schedule.boards import Boards
from tcf_desktop.views.schedule.detail_pane import DetailPane
from tcf_desktop.views.schedule.geometry import Geometry, Scene
from tcf_desktop.views.schedule.options import VIEWS, ViewOptions, options_of
from tcf_desktop.views.schedule.scenes import lanes_of, shown_week
from tcf_desktop.views.schedule.side_panel import SidePanel
from tcf_desktop.views.schedule.toolbar import ScheduleToolbar

if TYPE_CHECKING:
    from tcf_desktop.views.schedule.boards import Board

_TABLES = ("appointments", "appointment_lines", "contacts", "crews", "workers", "invoices",
           "business", "locations", "series", "series_lines", "series_skips", "working_hours",
           "days_off", "crew_members", "settings")  # fmt: skip
_TICK_MS = 20_000
_LATE_TICKS = 9


class WeekPage(Page):
    """Everything of the schedule page but what is done to appointments."""

    key = "schedule"
    ground = "surface"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._today = date.fromisoformat(ctx.today())
        self._anchor = self._today
        self._view = "week"
        self._hidden: set[int] = set()
        self._force_hours = False
        self._week: Week | None = None
        self._facts = Facts()
        self.options = ViewOptions()
        self._workers: tuple[WorkerRow, ...] = ()
        self._generation = 0
        self._hidden_visits = 0
        self._stale = True
        self._ticks = 0
        self._wanted: int | None = None
        self._panel_shown = True
        self._build()
        ctx.bus.committed.connect(self._on_bus_committed)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._on_clock_timeout)

    def _build(self) -> None:
        self.toolbar = ScheduleToolbar()
        self.boards = Boards(self._wire)
        self.grid = self.boards.grid
        self.detail = DetailPane(self.ctx)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.boards, 1)
        self._line = hairline(vertical=True)
        body.addWidget(self._line)
        self.panel = SidePanel(self.ctx, self.detail)
        body.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(hairline())
        column.addLayout(body, 1)
        self.toolbar.todayRequested.connect(self.go_today)
        self.toolbar.turnRequested.connect(self.turn)
        self.toolbar.viewRequested.connect(self.set_view)
        self.toolbar.crewsChanged.connect(self._on_crews_changed)
        self.toolbar.hoursRequested.connect(self._on_hours_requested)
        self.toolbar.jumpRequested.connect(self.jump)
        self.toolbar.optionsRequested.connect(self.open_options)
        self.boards.wire_first()

    @property
    def board(self) -> Board:
        """The view that is shown: hours, month or list."""
        return self.boards.shown

    def _wire(self, board: Board) -> None:
        """Listen to a view when it is made."""
        board.set_turn_zones((self.toolbar.back, -1), (self.toolbar.forth, 1))
        board.selected.connect(self._on_grid_selected)
        board.turnRequested.connect(self.turn)
        board.todayRequested.connect(self.go_today)
        board.jumpRequested.connect(self.jump)
        board.viewRequested.connect(self.set_view)
        board.dayRequested.connect(self.open_day)
        board.zoomRequested.connect(self._on_zoom_requested)

    def subtitle(self) -> str:
        if self._week is None:
            return ""
        shown = sum(crew.id not in self._hidden for crew in self._week.crews)
        hidden = len(self._week.crews) - shown
        number = ""
        if self._view in ("day", "week"):
            # The week's number is that of its Thursday, whatever day it begins on.
            middle = self._anchor if self._view == "day" else self._days()[len(self._days()) // 2]
            number = self.tr("Week {n}").format(n=middle.isocalendar()[1])
        crews = i18n.plural(shown, self.tr("{n} crew shown"), self.tr("{n} crews shown"))
        if hidden:
            crews = self.tr("{shown}, {n} hidden").format(shown=crews, n=hidden)
        return i18n.joined([number, crews, self._weekend_words()])

    def _weekend_words(self) -> str:
        """Visits that are not seen because the weekend is hidden."""
        count = self._hidden_visits
        if not count:
            return ""
        return i18n.plural(
            count, self.tr("{n} at the weekend not shown"), self.tr("{n} at the weekend not shown")
        )

    def toggle_side_panel(self) -> bool:
        self._panel_shown = not self._panel_shown
        self._fit_panes()
        return True

    def page_state(self) -> dict[str, Any]:
        return {
            "hidden": sorted(self._hidden),
            "view": self._view,
            "hours": self._force_hours,
            "panel": self._panel_shown,
            "options": self.options.stored(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        hidden = state.get("hidden", [])
        self._hidden = {ident for ident in hidden if isinstance(ident, int)}
        view = state.get("view")
        self._view = view if view in VIEWS else "week"
        self.options = options_of(state.get("options"))
        self._force_hours = bool(state.get("hours"))
        self._panel_shown = bool(state.get("panel", True))
        self.toolbar.set_view(self._view)
        self.boards.show_view(self._view)
        self._week = None
        self._stale = True
        self._fit_panes()

    def shown(self) -> None:
        self._today = date.fromisoformat(self.ctx.today())
        if self._stale:
            self.load()
        self.board.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        if self._stale:
            self.load()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    # days and crews

    def go_today(self) -> None:
        """Back to the present."""
        self.go_to(self._today)

    def go_to(self, day: date) -> None:
        """Show the week (or day) of a date."""
        self._anchor = day
        self.load()

    def turn(self, by: int) -> None:
        """Pages forward or back: days, weeks, months."""
        self.go_to(view_range.turned(self._view, self._anchor, by))

    def set_view(self, view: str) -> None:
        """ "day", "week", "month" or "list"; what is selected stays selected."""
        chosen = self.board.selected_id
        block = self._block(chosen)
        if block is not None and view != self._view:
            self._wanted = chosen
            self._anchor = date.fromisoformat(block.starts_local[:10])
        self._view = view
        self.toolbar.set_view(view)
        had_focus = self.board.hasFocus()
        self.boards.show_view(view)
        if had_focus:
            self.board.setFocus()
        self.load()

    def open_day(self, day: date) -> None:
        """One day in full, from the month or the head of a week."""
        self.board.select(None)
        self._anchor = day
        self.set_view("day")

    def jump(self) -> None:
        """A calendar to choose a date from."""
        from tcf_desktop.views.schedule.jump import JumpCalendar

        calendar = JumpCalendar(self._anchor, self._today, self.options.first_weekday, self)
        calendar.chosen.connect(self._on_jump_chosen)
        calendar.open_below(self.toolbar.range)

    def _on_jump_chosen(self, day: date) -> None:
        self.go_to(day)
        self.board.setFocus()

    def open_options(self) -> None:
        """The menu of what is shown and how."""
        from tcf_desktop.views.schedule.options_menu import open_menu

        open_menu(self.toolbar.options, self.options, self.set_options)

    def set_options(self, options: ViewOptions) -> None:
        """Look at the schedule in another way; it is remembered."""
        reread = (options.weekends, options.first_weekday) != (
            self.options.weekends, self.options.first_weekday
        )  # fmt: skip
        self.options = options
        if reread:
            self.load()
        else:
            self._show()

    def _on_zoom_requested(self, by: int) -> None:
        self.set_options(self.options.zoomed(by))

    def show_only(self, crew_ids: set[int]) -> None:
        """Show these crews and hide the others."""
        every = {crew.id for crew in self._week.crews} if self._week is not None else set()
        self._on_crews_changed(every - crew_ids)

    def show_appointment(self, ident: int) -> None:
        """Go to its day and select it."""
        detail = self.ctx.tasks.read_now(lambda r: queries.detail(r, ident))
        if detail is None:
            return
        self._wanted = ident
        self._hidden.discard(detail.crew_id or 0)
        day = from_ms(detail.starts_at, self.ctx.zone()).date()
        if day.weekday() > 4 and not self.options.weekends:
            self.options = replace(self.options, weekends=True)
        self.go_to(day)

    def _days(self) -> tuple[date, ...]:
        return view_range.days_of(self._view, self._anchor, self.options)

    def _first(self) -> date:
        return self._days()[0]

    def load(self) -> None:
        """Read the days anew; what is shown stays until the answer is there."""
        self._stale = False
        self._generation += 1
        generation = self._generation
        days, now = self._days(), self.ctx.clock.now_ms()
        every = view_range.days_of(self._view, self._anchor, replace(self.options, weekends=True))
        self.ctx.tasks.read(
            self,
            lambda r: (schedule.week(r, every[0], len(every), now), schedule.workers(r, every[0])),
            lambda found: self._on_loaded(generation, days, *found),
        )
        if self._facts.days:
            self._read_facts(generation, days)
        self._show_range()

    def _read_facts(self, generation: int, days: tuple[date, ...]) -> None:
        """Apart, and the first time after the visits: the holidays take long to be loaded."""
        self.ctx.tasks.read(
            self,
            lambda r: schedule_days.facts(r, days),
            lambda found: self._on_facts(generation, found),
        )

    def _on_facts(self, generation: int, facts: Facts) -> None:
        if generation == self._generation and facts != self._facts:
            self._facts = facts
            self._show()

    def _on_loaded(
        self, generation: int, days: tuple[date, ...], week: Week, workers: tuple[WorkerRow, ...]
    ) -> None:
        if generation != self._generation:
            return
        self.panel.show_days(days[0], days[-1])
        self._week, self._hidden_visits = shown_week(week, days, weekends=self.options.weekends)
        self._workers = workers
        if not self._facts.days:
            self._read_facts(generation, days)
        self._hidden &= {crew.id for crew in week.crews}
        self.toolbar.set_crews(week.crews, self._hidden)
        self._show()
        if self._wanted is not None:
            self.board.select(self._wanted)
            self._wanted = None
        self._show_detail()

    def _show(self) -> None:
        week = self._week
        if week is None or week.days != self._days():
            return
        today, minute = self._now()
        lanes = lanes_of(week, self._hidden, alone=self._view == "day", workers=self._workers)
        scene = Scene(week, lanes, today, minute, self.options, self._facts)
        narrow = False
        if self._view == "week":
            measure = Geometry(scene, self.grid.viewport().size())
            narrow = not lanes_fit(measure.columns, len(lanes))
        by_crew = narrow and not self._force_hours
        self.toolbar.set_by_crew(by_crew, narrow and self._force_hours, len(lanes))
        self.boards.show_scene(scene, self._anchor, self._empty_words(), by_crew=by_crew)
        self._show_range()
        self.headerChanged.emit()

    def _empty_words(self) -> str:
        if self._week is not None and self._week.blocks:
            return self.tr("The shown crews have nothing planned.")
        words = {
            "day": self.tr("Nothing planned on this day."),
            "week": self.tr("Nothing planned this week."),
        }
        return words.get(self._view, self.tr("Nothing planned in these weeks."))

    def _now(self) -> tuple[date, int]:
        now = from_ms(self.ctx.clock.now_ms(), self.ctx.zone())
        return now.date(), now.hour * 60 + now.minute

    def _show_range(self) -> None:
        days = self._days()
        text = view_range.range_text(self._view, self._anchor, days)
        short = view_range.short_range_text(self._view, self._anchor, days)
        self.toolbar.set_range(text, short)

    def _on_crews_changed(self, hidden: set[int]) -> None:
        self._hidden = set(hidden)
        if self._week is not None:
            self.toolbar.set_crews(self._week.crews, self._hidden)
        self._show()
        self._show_detail()

    def _on_hours_requested(self, hours: bool) -> None:
        self._force_hours = hours
        self._show()

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if not changes.touches(*_TABLES):
            return
        if changes.touches("business"):
            self.ctx.forget_business()
        self._stale = True
        if self.isVisible():
            self.load()

    def _on_clock_timeout(self) -> None:
        today, minute = self._now()
        self._ticks += 1
        if today != self._today or self._ticks % _LATE_TICKS == 0:
            self._today = today
            self.load()
        self.board.set_now(today, minute)

    def _on_grid_selected(self, _ident: int | None) -> None:
        self._show_detail()

    def _show_detail(self) -> None:
        week, scene = self._week, self.board.scene
        if week is None or scene is None:
            return
        ident = self.board.selected_id
        found = None
        if ident is not None:
            found = self.ctx.tasks.read_now(lambda r: queries.detail(r, ident))
        if found is not None:
            self.detail.show_appointment(found, week.currency)
        else:
            self.detail.show_week(week, scene.shown, {lane.crew_id for lane in scene.lanes})

    def _block(self, ident: int | None) -> AppointmentBlock | None:
        scene = self.board.scene
        return scene.by_id.get(ident) if scene is not None and ident is not None else None

    def _fit_panes(self) -> None:
        room = self.width() >= self.detail.width() + max(420, theme().scaled(420))
        self.panel.setVisible(self._panel_shown and room)
        self._line.setVisible(self._panel_shown and room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panes()
        if self._week is not None:
            QTimer.singleShot(0, self, self._show)
