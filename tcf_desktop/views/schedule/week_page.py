"""The days of the schedule: what is shown, read anew when it changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.appointments import week_start
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.week_layout import lanes_fit
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.queries.schedule import AppointmentBlock, Week, WorkerRow
from tcf_desktop.views.common import hairline
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.page import Page
from tcf_desktop.views.schedule.detail_pane import DetailPane
from tcf_desktop.views.schedule.geometry import Geometry, Lane, Scene
from tcf_desktop.views.schedule.toolbar import ScheduleToolbar
from tcf_desktop.views.schedule.week_grid import WeekGrid

if TYPE_CHECKING:
    pass

_TABLES = ("appointments", "appointment_lines", "contacts", "crews", "workers", "invoices",
           "business", "locations")  # fmt: skip
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
        self._workers: tuple[WorkerRow, ...] = ()
        self._generation = 0
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
        self.grid = WeekGrid()
        self.detail = DetailPane()
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.grid, 1)
        self._line = hairline(vertical=True)
        body.addWidget(self._line)
        body.addWidget(self.detail)
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
        self.grid.selected.connect(self._on_grid_selected)
        self.grid.weekTurnRequested.connect(self.turn)
        self.grid.todayRequested.connect(self.go_today)
        self.grid.viewRequested.connect(self.set_view)

    def subtitle(self) -> str:
        if self._week is None:
            return ""
        shown = sum(crew.id not in self._hidden for crew in self._week.crews)
        hidden = len(self._week.crews) - shown
        number = self.tr("Week {n}").format(n=self._first().isocalendar()[1])
        crews = i18n.plural(shown, self.tr("{n} crew shown"), self.tr("{n} crews shown"))
        if hidden:
            crews = self.tr("{shown}, {n} hidden").format(shown=crews, n=hidden)
        return i18n.joined([number, crews])

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
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        hidden = state.get("hidden", [])
        self._hidden = {ident for ident in hidden if isinstance(ident, int)}
        self._view = "day" if state.get("view") == "day" else "week"
        self._force_hours = bool(state.get("hours"))
        self._panel_shown = bool(state.get("panel", True))
        self.toolbar.view.set_key(self._view)
        self._stale = True
        self._fit_panes()

    def shown(self) -> None:
        self._today = date.fromisoformat(self.ctx.today())
        if self._stale:
            self.load()
        self.grid.setFocus()

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
        """Weeks (or days) forward or back."""
        self.go_to(self._anchor + timedelta(days=by * (7 if self._view == "week" else 1)))

    def set_view(self, view: str) -> None:
        """ "day" or "week"."""
        self._view = view
        self.toolbar.view.set_key(view)
        self.load()

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
        local = from_ms(detail.starts_at, self.ctx.zone())
        self.go_to(local.date())

    def _first(self) -> date:
        return week_start(self._anchor) if self._view == "week" else self._anchor

    def load(self) -> None:
        """Read the days anew; what is shown stays until the answer is there."""
        self._stale = False
        self._generation += 1
        generation = self._generation
        first, count = self._first(), 7 if self._view == "week" else 1
        now = self.ctx.clock.now_ms()
        self.ctx.tasks.read(
            self,
            lambda r: (schedule.week(r, first, count, now), schedule.workers(r)),
            lambda found: self._on_loaded(generation, *found),
        )
        self._show_range()

    def _on_loaded(self, generation: int, week: Week, workers: tuple[WorkerRow, ...]) -> None:
        if generation != self._generation:
            return
        self._week, self._workers = week, workers
        self._hidden &= {crew.id for crew in week.crews}
        self.toolbar.set_crews(week.crews, self._hidden)
        self._show()
        if self._wanted is not None:
            self.grid.select(self._wanted)
            self._wanted = None
        self._show_detail()

    def _show(self) -> None:
        week = self._week
        if week is None:
            return
        lanes = tuple(
            Lane(crew.id, crew.name, crew.color_index)
            for crew in week.crews
            if crew.id not in self._hidden
        )
        today, minute = self._now()
        narrow = False
        if len(week.days) > 1:
            scene = Scene(week, lanes, today, minute)
            measure = Geometry(scene, self.grid.viewport().size())
            narrow = not lanes_fit(measure.columns, len(lanes))
        by_crew = narrow and not self._force_hours
        self.toolbar.set_by_crew(by_crew, narrow and self._force_hours, len(lanes))
        empty = self.tr("Nothing planned this week.")
        if self._view == "day":
            empty = self.tr("Nothing planned on this day.")
        if week.blocks:
            empty = self.tr("The shown crews have nothing planned.")
        self.grid.show_week(week, lanes, today, minute, empty, by_crew=by_crew)
        self._show_range()
        self.headerChanged.emit()

    def _now(self) -> tuple[date, int]:
        now = from_ms(self.ctx.clock.now_ms(), self.ctx.zone())
        return now.date(), now.hour * 60 + now.minute

    def _show_range(self) -> None:
        first = self._first()
        last = first + timedelta(days=6)
        if self._view == "day":
            text = i18n.day(first, "dddd, MMMM d, yyyy")
        elif first.year != last.year:
            text = f"{i18n.day(first, 'MMM d, yyyy')} – {i18n.day(last, 'MMM d, yyyy')}"
        elif first.month != last.month:
            text = f"{i18n.day(first, 'MMM d')} – {i18n.day(last, 'MMM d, yyyy')}"
        else:
            text = f"{i18n.day(first, 'MMMM d')} – {i18n.day(last, 'd, yyyy')}"
        self.toolbar.range.setText(text)

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
        self.grid.set_now(today, minute)

    def _on_grid_selected(self, _ident: int | None) -> None:
        self._show_detail()

    def _show_detail(self) -> None:
        week, scene = self._week, self.grid.scene
        if week is None or scene is None:
            return
        ident = self.grid.selected_id
        found = None
        if ident is not None:
            found = self.ctx.tasks.read_now(lambda r: queries.detail(r, ident))
        if found is not None:
            self.detail.show_appointment(found, week.currency)
        else:
            self.detail.show_week(week, scene.shown, {lane.crew_id for lane in scene.lanes})

    def _block(self, ident: int | None) -> AppointmentBlock | None:
        scene = self.grid.scene
        return scene.by_id.get(ident) if scene is not None and ident is not None else None

    def _fit_panes(self) -> None:
        room = self.width() >= self.detail.width() + 420
        self.detail.setVisible(self._panel_shown and room)
        self._line.setVisible(self._panel_shown and room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panes()
        if self._week is not None:
            QTimer.singleShot(0, self, self._show)
