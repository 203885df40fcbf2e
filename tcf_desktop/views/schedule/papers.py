"""What the schedule page does with paper: printing, treatment records, codes from a scanner."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from tcf_desktop.domain.visit_code import is_meant
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from collections.abc import Collection

    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.schedule.print_dialog import PrintDialog
    from tcf_desktop.views.schedule.treatment_form import TreatmentDialog
    from tcf_desktop.views.schedule.treatment_list import TreatmentList

_BETWEEN_MS: Final = 60  # a scanner types faster than anybody


class Papers(QObject):
    """Belongs to a page; ``watch`` every view of it that has keys of its own."""

    def __init__(self, ctx: ViewContext, page: QWidget) -> None:
        super().__init__(page)
        self._ctx, self._page = ctx, page
        self._held: list[QKeyEvent] = []
        self._holder: QWidget | None = None
        self._replaying = False
        self._pause = QTimer(self, singleShot=True, interval=_BETWEEN_MS)
        self._pause.timeout.connect(self._on_pause_timeout)

    # printing

    def choose(
        self, on: date, view: str, hidden: Collection[int], first_weekday: int
    ) -> PrintDialog:
        """What to print around a day, beginning with the view that is shown."""
        from tcf_desktop.views.schedule.day_sheets import choose_print

        kind = {"day": "days"}.get(view, view)
        return choose_print(
            self._ctx, self._page, on, kind=kind, hidden=hidden, first_weekday=first_weekday
        )

    # treatments

    def record(self, ident: int, name: str) -> TreatmentDialog:
        """The treatment records of a visit."""
        from tcf_desktop.views.schedule.treatment_form import TreatmentDialog

        dialog = TreatmentDialog(self._ctx, ident, name, self._page)
        dialog.open()
        return dialog

    def list_records(self) -> TreatmentList:
        """All treatment records, for who asks for them."""
        from tcf_desktop.views.schedule.treatment_list import TreatmentList

        dialog = TreatmentList(self._ctx, self._page)
        dialog.open()
        return dialog

    # codes

    def watch(self, view: QWidget) -> None:
        """A scanner is a keyboard: the letters of a code must not be taken for the view's keys."""
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            self._replaying
            or event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or not isinstance(watched, QWidget)
        ):
            return super().eventFilter(watched, event)
        shift = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        text = event.text().upper()
        plain = not (event.modifiers() & ~shift) and not event.isAutoRepeat()
        begins = not self._held and text == "V"
        goes_on = bool(self._held) and len(text) == 1 and text.isascii() and text.isalnum()
        if plain and (begins or goes_on):
            self._held.append(event.clone())
            self._holder = watched
            self._pause.start()
            return True
        if self._held:
            ends = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
            scanned = self._finish()
            return scanned and ends
        return super().eventFilter(watched, event)

    def open_code(self, code: str) -> None:
        """Go to the visit of a code, or say why there is none."""
        from tcf_desktop.services.queries.visit_lookup import visit_of_code

        self._ctx.tasks.read(
            self,
            lambda r: visit_of_code(r, code),
            lambda ident: self._ctx.navigate(Target("schedule", "appointment", ident)),
        )

    def _on_pause_timeout(self) -> None:
        self._finish()

    def _finish(self) -> bool:
        """Whether what was held is a code; keys that somebody typed are given to the view."""
        self._pause.stop()
        held, self._held = self._held, []
        code = "".join(event.text() for event in held)
        if is_meant(code):
            self.open_code(code)
            return True
        self._replaying = True
        for event in held:
            if self._holder is not None:
                QApplication.sendEvent(self._holder, event)
        self._replaying = False
        return False
