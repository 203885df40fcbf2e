"""The schedule page: tool row, grid, the pane at the right and the editor over it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.appointments import week_start
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.week_layout import lanes_fit
from tcf_desktop.qtkit import a11y, i18n
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.queries.schedule import AppointmentBlock, Week, WorkerRow
from tcf_desktop.views.common import hairline
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.page import HeaderButton, Page, PageCommand
from tcf_desktop.views.schedule.actions import ScheduleActions
from tcf_desktop.views.schedule.detail_pane import DetailPane, fill_menu
from tcf_desktop.views.schedule.geometry import Geometry, Lane, Scene
from tcf_desktop.views.schedule.toolbar import ScheduleToolbar
from tcf_desktop.views.schedule.week_grid import WeekGrid, Wish
from tcf_desktop.views.schedule.wording import state_words

if TYPE_CHECKING:
    from tcf_desktop.views.schedule.editor import AppointmentEditor

_TABLES = ("appointments", "appointment_lines", "contacts", "crews", "workers", "invoices",
           "business", "locations")  # fmt: skip
_TICK_MS = 20_000
_LATE_TICKS = 9


class SchedulePage(Page):
    """Plan, move and promise times."""

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
        self._editor: AppointmentEditor | None = None
        self.actions_ = ScheduleActions(ctx, self)
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
        self.grid.activated.connect(self.edit)
        self.grid.wished.connect(self._on_grid_wished)
        self.grid.commandRequested.connect(self.run_command)
        self.grid.weekTurnRequested.connect(self.turn)
        self.grid.todayRequested.connect(self.go_today)
        self.grid.viewRequested.connect(self.set_view)
        self.grid.menuRequested.connect(self._on_grid_menu_requested)
        self.detail.commandRequested.connect(self._on_detail_command)
        self.detail.giveRequested.connect(self._on_detail_give)

    # what the window asks

    def title(self) -> str:
        return self.tr("Schedule")

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

    def header_actions(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                self.tr("New"), self.new_here, "plus", primary=True,
                tooltip=self.tr("New appointment (N)"), object_name="schedule.new",
            )
        ]  # fmt: skip

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(self.tr("Go to today"), self.go_today, object_name="schedule.cmd.today"),
            PageCommand(self.tr("Earlier"), partial(self.turn, -1), words="previous week"),
            PageCommand(self.tr("Later"), partial(self.turn, 1), words="next week"),
            PageCommand(self.tr("Edit appointment"), self._edit_selected, "Ctrl+E"),
            PageCommand(self.tr("Finish visit"), partial(self._on_detail_command, "finish")),
            PageCommand(self.tr("Invoice visit"), partial(self._on_detail_command, "invoice")),
            PageCommand(self.tr("Cancel appointment"), partial(self._on_detail_command, "cancel")),
            PageCommand(self.tr("Delete appointment"), partial(self._on_detail_command, "delete")),
        ]

    def new_here(self) -> bool:
        self.grid.create_at_cursor()
        return True

    def toggle_side_panel(self) -> bool:
        self._panel_shown = not self._panel_shown
        self._fit_panes()
        return True

    def regions(self) -> list[QWidget]:
        return [self.toolbar.today, self.grid, self.detail]

    def open_target(self, target: Target) -> None:
        if target.kind == "appointment" and target.id is not None:
            self.show_appointment(target.id)
        elif target.kind == "date" and target.value:
            self.go_to(date.fromisoformat(target.value[:10]))
        elif target.kind == "new":
            self._new_for(target.id)
        elif target.kind == "export":
            self.export_calendar()

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

    # selection and commands

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

    def _on_grid_wished(self, wish: Wish) -> None:
        if wish.kind == "create":
            self.open_new(wish.starts_local, wish.minutes, wish.crew_id)
            return
        block = self._block(wish.appointment_id)
        if block is None or self._week is None:
            return
        if wish.kind == "copy":
            self.actions_.copy(wish, block.name, self._want)
        elif wish.kind == "resize":
            self.actions_.resize(wish, block.name, block.starts_local)
        else:
            crew = next((c.name for c in self._week.crews if c.id == wish.crew_id), "")
            self.actions_.move(wish, block.name, crew)

    def _want(self, ident: int) -> None:
        self._wanted = ident
        self.load()

    def _on_detail_command(self, command: str) -> None:
        if self.grid.selected_id is not None:
            self.run_command(command, self.grid.selected_id)

    def run_command(self, command: str, ident: int) -> None:
        """A step by its word, for an appointment that is shown."""
        block = self._block(ident)
        if block is None:
            return
        if command.startswith("state:"):
            state = command[6:]
            self.actions_.set_state(ident, block.name, state, state_words()[state])
            return
        steps = {
            "edit": partial(self.edit, ident),
            "finish": partial(self.actions_.finish, ident, block.name),
            "cancel": partial(self.actions_.cancel, ident, block.name),
            "delete": partial(self.actions_.delete, ident, block.name, self._select_next),
            "copy": partial(self.actions_.copy_to_next_week, ident, block.starts_local, block.name),
            "invoice": partial(self._invoice, ident),
            "open_invoice": partial(self._invoice, ident),
            "give": partial(self._open_give_menu, ident, None),
            "contact": partial(self._open_contact, block),
        }
        steps[command]()

    def _select_next(self) -> None:
        """Focus is never lost after a delete: the next appointment is selected."""
        order = [block.id for block in self.grid.in_order()]
        gone = self.grid.selected_id
        if gone in order:
            where = order.index(gone)
            rest = order[where + 1 :] or order[:where][-1:]
            self._wanted = rest[0] if rest else None
            self.grid.select(None)

    def _invoice(self, ident: int) -> None:
        detail = self.ctx.tasks.read_now(lambda r: queries.detail(r, ident))
        if detail is not None and detail.invoice_id is not None:
            self.ctx.navigate(Target("billing", "invoice", detail.invoice_id))
        else:
            self.actions_.invoice(ident)

    def _open_contact(self, block: AppointmentBlock) -> None:
        if block.contact_id is not None:
            self.ctx.navigate(Target("contacts", "contact", block.contact_id))

    def _on_detail_give(self, pos: QPoint) -> None:
        if self.grid.selected_id is not None:
            self._open_give_menu(self.grid.selected_id, pos)

    def _open_give_menu(self, ident: int, pos: QPoint | None) -> None:
        block = self._block(ident)
        if block is None or self._week is None:
            return
        menu = QMenu(self)
        menu.setObjectName("schedule.give_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_give(menu, block)
        if pos is None:
            pos = self.grid.viewport().mapToGlobal(self.grid.block_rect(ident).center())
        menu.popup(pos)

    def _fill_give(self, menu: QMenu, block: AppointmentBlock) -> None:
        week = self._week
        assert week is not None
        give = self.actions_.give
        for crew in week.crews:
            action = menu.addAction(
                crew.name, partial(give, block.id, block.name, ("crew", crew.id, crew.name))
            )
            action.setCheckable(True)
            action.setChecked(block.worker_id is None and crew.id == block.crew_id)
        menu.addSeparator()
        for worker in self._workers:
            action = menu.addAction(
                worker.name,
                partial(give, block.id, block.name, ("worker", worker.id, worker.name)),
            )
            action.setCheckable(True)
            action.setChecked(worker.id == block.worker_id)
        menu.addSeparator()
        menu.addAction(self.tr("Nobody yet"), partial(give, block.id, block.name, None))

    def _on_grid_menu_requested(self, ident: int, pos: QPoint) -> None:
        block = self._block(ident)
        if block is None:
            return
        menu = QMenu(self)
        menu.setObjectName("schedule.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        run = partial(self._run_for, ident)
        menu.addAction(self.tr("Edit…\tEnter"), partial(run, "edit"))
        if block.kind == "job" and block.contact_id is not None:
            menu.addAction(self.tr("Invoice\tI"), partial(run, "invoice"))
        if block.state not in ("done", "cancelled", "no_show"):
            menu.addAction(self.tr("Finish\tF"), partial(run, "finish"))
        self._fill_give(menu.addMenu(self.tr("Give to")), block)
        fill_menu(menu, block.state, block.contact_id, run)
        menu.popup(pos)

    def _run_for(self, ident: int, command: str) -> None:
        self.run_command(command, ident)

    # the editor

    def _edit_selected(self) -> None:
        self._on_detail_command("edit")

    def edit(self, ident: int) -> None:
        """Open an appointment in the editor."""
        detail = self.ctx.tasks.read_now(lambda r: queries.detail(r, ident))
        if detail is None:
            return
        places: tuple[queries.PlaceRow, ...] = ()
        if detail.contact_id is not None:
            contact = detail.contact_id
            places = self.ctx.tasks.read_now(lambda r: queries.places(r, contact))
        editor = self._open_editor()
        editor.start_edit(detail, places)

    def open_new(self, starts_local: str, minutes: int, crew_id: int | None) -> None:
        """Open the editor for a new appointment."""
        self._open_editor().start_new(starts_local, minutes, crew_id)

    def _new_for(self, contact_id: int | None) -> None:
        if self._week is None:
            QTimer.singleShot(80, self, partial(self._new_for, contact_id))
            return
        self.grid.create_at_cursor()
        if contact_id is not None and self._editor is not None:
            name = self.ctx.tasks.read_now(lambda r: queries.contact_name(r, contact_id))
            self._editor.set_contact(contact_id, name)

    def _open_editor(self) -> AppointmentEditor:
        from tcf_desktop.views.schedule.editor import AppointmentEditor

        self._close_editor()
        prices = self.ctx.tasks.read_now(queries.price_list)
        crews = self._week.crews if self._week is not None else ()
        editor = AppointmentEditor(self.ctx, prices, crews, self._workers, self)
        editor.finished.connect(self._on_editor_finished)
        editor.closed.connect(self._close_editor)
        editor.newContactRequested.connect(self._on_new_contact)
        self._editor = editor
        self._place_editor()
        editor.show()
        editor.raise_()
        return editor

    def _on_editor_finished(self, draft: AppointmentDraft, ident: int | None) -> None:
        editor = self._editor
        name = editor.customer.text() if editor is not None and draft.contact_id else draft.title
        if editor is not None:
            editor.save.setEnabled(False)
        self.actions_.save(draft, ident, name, partial(self._on_saved, draft))

    def _on_saved(self, draft: AppointmentDraft, ident: int) -> None:
        self._close_editor()
        self._wanted = ident
        day = date.fromisoformat(draft.starts_local[:10])
        first, last = self._first(), self._first() + timedelta(days=6)
        if not first <= day <= (last if self._view == "week" else first):
            self._anchor = day
        self.load()
        a11y.announce(self.grid, self.tr("Saved"))

    def _on_new_contact(self, typed: str) -> None:
        from tcf_desktop.services.contacts import SaveContact
        from tcf_desktop.views.schedule.quick_contact import draft_of

        draft = draft_of(typed)
        self.ctx.tasks.command(
            self, SaveContact(draft), partial(self._on_contact_made, draft.shown_as())
        )

    def _on_contact_made(self, name: str, contact_id: int) -> None:
        if self._editor is not None:
            self._editor.set_contact(contact_id, name)
        self.ctx.notify(self.tr("{name} is in your contacts now.").format(name=name), undo=True)

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
            self.grid.setFocus()

    def _place_editor(self) -> None:
        editor = self._editor
        if editor is None:
            return
        from tcf_desktop.views.schedule.editor import WIDTH

        top = self.grid.mapTo(self, QPoint(0, 0)).y()
        needed = max(WIDTH, editor.minimumSizeHint().width())
        wide = self.width() if self.width() < needed + 280 else needed
        editor.setGeometry(self.width() - wide, top, wide, self.height() - top)

    def _fit_panes(self) -> None:
        room = self.width() >= self.detail.width() + 420
        self.detail.setVisible(self._panel_shown and room)
        self._line.setVisible(self._panel_shown and room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panes()
        self._place_editor()
        if self._week is not None:
            QTimer.singleShot(0, self, self._show)

    # files

    def export_calendar(self) -> None:
        """Ask where to, then write the shown days."""
        from tcf_desktop.views.schedule.export import ask_and_export

        first = self._first()
        last = first + timedelta(days=6 if self._view == "week" else 0)
        ask_and_export(self.ctx, self, first, last)
