"""The window of the quick line over the schedule: opened, placed, booked, or left for the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from tcf_desktop.services.queries import appointment as queries

if TYPE_CHECKING:
    from tcf_desktop.services.appointment_values import AppointmentDraft
    from tcf_desktop.services.queries.book_again import Suggestion
    from tcf_desktop.services.queries.schedule import CrewRow
    from tcf_desktop.views.schedule.editor import AppointmentEditor
    from tcf_desktop.views.schedule.page import SchedulePage
    from tcf_desktop.views.schedule.quick_add import QuickAdd


class QuickSteps(QObject):
    """``saved`` is told (draft, id) of what was booked; ``form`` opens an empty full form."""

    def __init__(
        self,
        page: SchedulePage,
        saved: Callable[[AppointmentDraft, int], None],
        form: Callable[[], AppointmentEditor],
    ) -> None:
        super().__init__(page)
        self._page, self._saved, self._form = page, saved, form
        self.window: QuickAdd | None = None

    def open(
        self, starts_local: str, minutes: int, crew_id: int | None, crews: Sequence[CrewRow]
    ) -> QuickAdd:
        """Ask for a visit at a place of the grid."""
        from tcf_desktop.views.schedule.quick_add import QuickAdd

        self.close()
        prices = self._page.ctx.tasks.read_now(queries.price_list)
        window = QuickAdd(self._page.ctx, prices, tuple(crews), self._page)
        window.booked.connect(self._on_booked)
        window.fullRequested.connect(self._on_full)
        window.newContactRequested.connect(self._on_new_contact)
        window.closed.connect(self._on_closed)
        window.resized.connect(self.place)
        self.window = window
        window.start(starts_local, minutes, crew_id)
        self.place()
        window.show()
        window.raise_()
        window.line.setFocus()
        return window

    def close(self) -> None:
        """Take the window away."""
        window, self.window = self.window, None
        if window is not None:
            window.hide()
            window.deleteLater()

    def place(self) -> None:
        """At the upper right of the calendar, as tall as it needs."""
        window = self.window
        if window is None:
            return
        from tcf_desktop.views.schedule.editor_form import pane_width

        page = self._page
        top = page.board.mapTo(page, QPoint(0, 0)).y()
        wide = min(page.width(), pane_width() + 40)
        tall = min(page.height() - top, window.wanted_height(wide))
        window.setGeometry(page.width() - wide, top, wide, tall)

    def to_form(self) -> None:
        """Go on in the full form."""
        if self.window is not None:
            self.window.open_full()

    def _on_closed(self) -> None:
        self.close()
        self._page.board.setFocus()

    def _on_booked(self, draft: AppointmentDraft, name: str) -> None:
        def done(ident: int) -> None:
            self.close()
            self._saved(draft, ident)

        self._page.actions_.save(draft, None, name, done)

    def _on_full(self, known: Suggestion, kind: str) -> None:
        self.close()
        editor = self._form()
        editor.start_new(known.starts_local, known.minutes, known.crew_id)
        editor.set_kind(kind)
        if known.contact_id:
            contact = known.contact_id
            places = self._page.ctx.tasks.read_now(lambda r: queries.places(r, contact))
            editor.take_offer(known, places)
        elif known.title:
            editor.title.setText(known.title)

    def _on_new_contact(self, typed: str) -> None:
        from tcf_desktop.domain.contact_line import draft_of
        from tcf_desktop.services.contacts import SaveContact

        ctx = self._page.ctx
        draft = draft_of(typed, ctx.country())
        ctx.tasks.command(self, SaveContact(draft), partial(self._on_made, draft.shown_as()))

    def _on_made(self, name: str, contact_id: int) -> None:
        if self.window is not None:
            self.window.take_contact(contact_id, name)
        said = self.tr("{name} is in your contacts now.").format(name=name)
        self._page.ctx.notify(said, undo=True)
