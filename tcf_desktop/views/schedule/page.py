"""The schedule page: what is done to appointments, and the editor over the grid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from tcf_desktop.qtkit import a11y
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.page import HeaderButton, PageCommand
from tcf_desktop.views.schedule import menus
from tcf_desktop.views.schedule.actions import ScheduleActions
from tcf_desktop.views.schedule.detail_pane import fill_menu
from tcf_desktop.views.schedule.papers import Papers
from tcf_desktop.views.schedule.quick_add_steps import QuickSteps
from tcf_desktop.views.schedule.side_panel_drop import CardDrop
from tcf_desktop.views.schedule.surface import Wish
from tcf_desktop.views.schedule.tell_steps import TellSteps
from tcf_desktop.views.schedule.week_page import WeekPage
from tcf_desktop.views.schedule.wording import state_words

if TYPE_CHECKING:
    from tcf_desktop.services.queries.book_again import Suggestion
    from tcf_desktop.views.schedule.boards import Board
    from tcf_desktop.views.schedule.editor import AppointmentEditor


class SchedulePage(WeekPage):
    """Plan, move and promise times."""

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._editor: AppointmentEditor | None = None
        self._way_back: Target | None = None  # where to go when the editor is done
        self.actions_ = ScheduleActions(ctx, self)
        self.telling = TellSteps(ctx, self)
        self.toolbar.printRequested.connect(self.print_schedule)
        self.detail.commandRequested.connect(self._on_detail_command)
        self.detail.giveRequested.connect(self._on_detail_give)
        self.panel.offered.connect(self.offer)
        self.panel.booked.connect(self._want)
        self.panel.timeRequested.connect(self.find_time)
        self.panel.accept_drops(CardDrop(self.grid))

    @cached_property
    def papers(self) -> Papers:
        """Printing, treatment records, codes from a scanner."""
        return Papers(self.ctx, self)

    @cached_property
    def quick(self) -> QuickSteps:
        """One line that books."""
        return QuickSteps(self, self._on_saved, self._open_editor)

    def _wire(self, board: Board) -> None:
        super()._wire(board)
        self.papers.watch(board)
        board.chosen.connect(self.edit)
        board.wished.connect(self._on_grid_wished)
        board.commandRequested.connect(self.run_command)
        board.menuRequested.connect(self._on_grid_menu_requested)

    # what the window asks

    def title(self) -> str:
        return self.tr("Schedule")

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
            PageCommand(self.tr("Go to a date…"), self.jump, words="calendar jump"),
            PageCommand(self.tr("Earlier"), partial(self.turn, -1), words="previous week"),
            PageCommand(self.tr("Later"), partial(self.turn, 1), words="next week"),
            PageCommand(self.tr("Show the day"), partial(self.set_view, "day"), words="view"),
            PageCommand(self.tr("Show the week"), partial(self.set_view, "week"), words="view"),
            PageCommand(self.tr("Show the month"), partial(self.set_view, "month"), words="view"),
            PageCommand(self.tr("Show the list"), partial(self.set_view, "list"), words="agenda"),
            PageCommand(self.tr("Larger hours"), partial(self._on_zoom_requested, 1), words="zoom"),
            PageCommand(
                self.tr("Smaller hours"), partial(self._on_zoom_requested, -1), words="zoom"
            ),
            PageCommand(self.tr("Move to…"), partial(self._on_detail_command, "move")),
            PageCommand(self.tr("Find a time…"), self.find_time, words="free slot gap"),
            PageCommand(self.tr("Edit appointment"), self._edit_selected, "Ctrl+E"),
            PageCommand(self.tr("Finish visit"), partial(self._on_detail_command, "finish")),
            PageCommand(self.tr("Invoice visit"), partial(self._on_detail_command, "invoice")),
            PageCommand(self.tr("Cancel appointment"), partial(self._on_detail_command, "cancel")),
            PageCommand(self.tr("Delete appointment"), partial(self._on_detail_command, "delete")),
            PageCommand(
                self.tr("Print…"), self.print_schedule, "Ctrl+P", words="day sheet crew week month"
            ),
            PageCommand(
                self.tr("Treatment records…"), self.papers.list_records, words="lawn product"
            ),
            *self.telling.commands(self._on_detail_command, self._meant_day),
        ]

    def new_here(self) -> bool:
        self.board.create_at_cursor()
        return True

    def regions(self) -> list[QWidget]:
        return [self.toolbar.today, self.board, self.panel.tabs, self.detail]

    def home(self) -> QWidget:
        return self.board

    def open_target(self, target: Target) -> None:
        if target.kind == "appointment" and target.id is not None:
            self.show_appointment(target.id)
        elif target.kind == "date" and target.value:
            self.go_to(date.fromisoformat(target.value[:10]))
        elif target.kind == "new":
            self._new_for(target.id)
        elif target.kind == "again":
            self._book_again(target)
        elif target.kind == "export":
            self.export_calendar()

    # selection and commands

    def _on_grid_wished(self, wish: Wish) -> None:
        if wish.kind == "create":
            crews = self._week.crews if self._week is not None else ()
            self.quick.open(wish.starts_local, wish.minutes, wish.crew_id, crews)
            return
        week = self._week
        if week is None or wish.appointment_id is None:
            return
        if wish.kind == "copy":
            self.actions_.copy(wish, self._want)
        elif wish.kind == "resize":
            self.actions_.resize(wish)
        else:
            # It may have been carried to another week.
            self._wanted = wish.appointment_id
            self.actions_.move(wish, self._who(wish))

    def _who(self, wish: Wish) -> str:
        """The crew or the worker that a visit was given to."""
        crews = self._week.crews if self._week is not None else ()
        found = [crew.name for crew in crews if crew.id == wish.crew_id]
        found += [worker.name for worker in self._workers if worker.id == wish.worker_id]
        return found[0] if found else ""

    def _want(self, ident: int) -> None:
        self._wanted = ident
        self.load()

    def _on_detail_command(self, command: str) -> None:
        if self.board.selected_id is not None:
            self.run_command(command, self.board.selected_id)

    def run_command(self, command: str, ident: int) -> None:
        """A step by its word, for an appointment that is shown."""
        block = self._block(ident)
        if block is None:
            return
        if command.startswith("state:"):
            state = command[6:]
            self.actions_.set_state(ident, block.name, state, state_words()[state])
            return
        steps: dict[str, Callable[[], object]] = {
            "edit": partial(self.edit, ident),
            "finish": partial(self.actions_.finish, ident, block.name),
            "cancel": partial(self.actions_.cancel, ident, block.name),
            "delete": partial(self.actions_.delete, ident, block.name, self._select_next),
            "skip": partial(self._skip, block),
            "move": partial(self._move_to, block),
            "treatment": partial(self.papers.record, ident, block.name),
            "copy": partial(self.actions_.copy_to_next_week, ident, block.starts_local, block.name),
            "invoice": partial(self._invoice, ident),
            "open_invoice": partial(self._invoice, ident),
            "give": partial(self._open_give_menu, ident, None),
            "contact": partial(self._open_contact, block),
            **self.telling.steps(block),
        }
        steps[command]()

    def _skip(self, block: AppointmentBlock) -> None:
        """This time of a series does not take place; the others do."""
        if block.series_id is not None or block.id < 0:
            self.actions_.delete(block.id, block.name, self._select_next)

    def _move_to(self, block: AppointmentBlock) -> None:
        from tcf_desktop.views.schedule.move_dialog import MoveDialog

        if block.invoiced or self._week is None:
            return
        dialog = MoveDialog(block, self._week.crews, self._today, self)
        dialog.wished.connect(self._on_grid_wished)
        dialog.open()

    def _select_next(self) -> None:
        """Focus is never lost after a delete: the next appointment is selected."""
        order = [block.id for block in self.board.in_order()]
        gone = self.board.selected_id
        if gone in order:
            where = order.index(gone)
            rest = order[where + 1 :] or order[:where][-1:]
            self._wanted = rest[0] if rest else None
            self.board.select(None)

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
        if self.board.selected_id is not None:
            self._open_give_menu(self.board.selected_id, pos)

    def _open_give_menu(self, ident: int, pos: QPoint | None) -> None:
        block = self._block(ident)
        if block is None or self._week is None:
            return
        menu = menus.new_menu(self, "schedule.give_menu")
        self._fill_give(menu, block)
        if pos is None:
            pos = self.board.viewport().mapToGlobal(self.board.block_rect(ident).center())
        menu.popup(pos)

    def _fill_give(self, menu: QMenu, block: AppointmentBlock) -> None:
        crews = self._week.crews if self._week is not None else ()
        menus.fill_give(menu, block, crews, self._workers, self.actions_.give)

    def _on_grid_menu_requested(self, ident: int, pos: QPoint) -> None:
        block = self._block(ident)
        if block is None:
            return
        menu = menus.new_menu(self, "schedule.menu")
        run = partial(self._run_for, ident)
        menus.fill_steps(menu, block, run)
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
        self.board.create_at_cursor()
        if contact_id is None:
            return
        self.quick.to_form()
        if self._editor is not None:
            name = self.ctx.tasks.read_now(lambda r: queries.contact_name(r, contact_id))
            self._editor.set_contact(contact_id, name)

    def _book_again(self, target: Target) -> None:
        """The editor with what was done last, at a free time that is shown behind it."""
        from tcf_desktop.views.schedule import book_again

        offered = book_again.suggestion_of(self.ctx, target)
        if offered is not None:
            self.offer(offered, book_again.way_back(target))

    def offer(self, offered: Suggestion, way_back: Target | None = None) -> None:
        """The editor with a visit to be looked over, its day behind it."""
        self.go_to(date.fromisoformat(offered.starts_local[:10]))
        self._offer(offered, way_back)

    def _offer(self, offered: Suggestion, way_back: Target | None) -> None:
        from tcf_desktop.views.schedule import book_again

        if self._week is None:
            QTimer.singleShot(80, self, partial(self._offer, offered, way_back))
            return
        book_again.fill(self.ctx, self._open_editor(), offered)
        self._way_back = way_back

    def find_time(
        self, asked: AppointmentEditor | Suggestion | None = None, ident: int | None = None
    ) -> None:
        """The next gaps for what is edited, for somebody who is due, or for nobody yet."""
        from tcf_desktop.views.schedule import find_slot

        crews = self._week.crews if self._week is not None else ()
        find_slot.find_time(self, asked, ident, crews, self._workers)

    def _open_editor(self) -> AppointmentEditor:
        from tcf_desktop.views.schedule.editor import AppointmentEditor

        self._close_editor()
        self.quick.close()
        prices = self.ctx.tasks.read_now(queries.price_list)
        crews = self._week.crews if self._week is not None else ()
        editor = AppointmentEditor(self.ctx, prices, crews, self._workers, self)
        editor.finished.connect(self._on_editor_finished)
        editor.closed.connect(self._on_editor_closed)
        editor.newContactRequested.connect(self._on_new_contact)
        editor.timeRequested.connect(lambda _draft, ident: self.find_time(editor, ident))
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
            again = editor.again.command(draft)
            if again is not None:  # first, so that Undo takes the appointment back
                self.ctx.tasks.command(self, again)
            done, left = partial(self._on_saved, draft), partial(editor.save.setEnabled, True)
            self.actions_.repeat.save(editor, draft, name, done, left)

    def _on_editor_closed(self) -> None:
        way_back = self._way_back
        self._close_editor()
        if way_back is not None:
            self.ctx.navigate(way_back)

    def _on_saved(self, draft: AppointmentDraft, ident: int) -> None:
        way_back = self._way_back
        self._close_editor()
        self._wanted = ident
        day = date.fromisoformat(draft.starts_local[:10])
        if day not in self._days():
            self._anchor = day
        self.load()
        a11y.announce(self.board, self.tr("Saved"))
        if way_back is not None:
            self.ctx.navigate(way_back)

    def _on_new_contact(self, typed: str) -> None:
        from tcf_desktop.domain.contact_line import draft_of
        from tcf_desktop.services.contacts import SaveContact

        draft = draft_of(typed, self.ctx.country())
        self.ctx.tasks.command(
            self, SaveContact(draft), partial(self._on_contact_made, draft.shown_as())
        )

    def _on_contact_made(self, name: str, contact_id: int) -> None:
        if self._editor is not None:
            self._editor.set_contact(contact_id, name)
        self.ctx.notify(self.tr("{name} is in your contacts now.").format(name=name), undo=True)

    def _close_editor(self) -> None:
        editor, self._editor, self._way_back = self._editor, None, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
            self.board.setFocus()

    def _place_editor(self) -> None:
        editor = self._editor
        if editor is None:
            return
        from tcf_desktop.views.schedule.editor_form import pane_width

        top = self.board.mapTo(self, QPoint(0, 0)).y()
        needed = pane_width()
        wide = self.width() if self.width() < needed + 280 else needed
        editor.setGeometry(self.width() - wide, top, wide, self.height() - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_editor()
        self.quick.place()

    # files

    def print_schedule(self) -> None:
        """What to print, around the selected visit's day, else around what is shown."""
        self.papers.choose(self._meant_day(), self._view, self._hidden, self.options.first_weekday)

    def _meant_day(self) -> date:
        """The day of the selected appointment, else the one that is shown."""
        selected = None if self.board.selected_id is None else self._block(self.board.selected_id)
        return self._anchor if selected is None else date.fromisoformat(selected.starts_local[:10])

    def export_calendar(self) -> None:
        """Ask where to, then write the shown days."""
        from tcf_desktop.views.schedule.export import ask_and_export

        days = self._days()
        ask_and_export(self.ctx, self, days[0], days[-1])
