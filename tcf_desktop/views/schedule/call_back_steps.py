"""Opening a complaint, coming again for it, settling it: questions, commands, words afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.services import complaints as commands
from tcf_desktop.services.complaints import CallBack, Opened
from tcf_desktop.services.queries import appointment, schedule
from tcf_desktop.services.queries import complaints as queries
from tcf_desktop.services.queries.complaints import Again, ComplaintRow
from tcf_desktop.views.context import NoticeAction, Target
from tcf_desktop.views.schedule.call_back_dialog import CallBackDialog, about_visit
from tcf_desktop.views.schedule.wording import short_when

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


class ComplaintSteps(QObject):
    """What is done about complaints, on the schedule and at the contact."""

    def __init__(self, ctx: ViewContext, page: QWidget) -> None:
        super().__init__(page)
        self.ctx = ctx
        self._page = page

    def complain(self, appointment_id: int) -> CallBackDialog | None:
        """Ask what is wrong with a visit; None when the visit has no customer."""
        visit = self.ctx.tasks.read_now(lambda r: appointment.detail(r, appointment_id))
        if visit is None or visit.contact_id is None:
            return None
        about = about_visit(visit.service, visit.starts_local)

        def keep(words: str, when: CallBack | None) -> None:
            command = commands.OpenComplaint(appointment_id, words, when)
            self.ctx.tasks.command(self, command, lambda made: self._said(visit.name, made, when))

        return self._ask(visit.name, about, appointment_id, keep)

    def come_again(self, complaint: ComplaintRow) -> CallBackDialog | None:
        """Book the visit for a complaint that is open already."""
        visit_id = complaint.appointment_id
        if visit_id is None:
            return None
        about = about_visit(complaint.work, complaint.visit_local)

        def keep(_words: str, when: CallBack | None) -> None:
            assert when is not None
            command = commands.BookCallBack(complaint.id, when)
            self.ctx.tasks.command(
                self, command,
                lambda made: self._said(complaint.name, Opened(complaint.id, made), when),
            )  # fmt: skip

        return self._ask(complaint.name, about, visit_id, keep, complaint.text)

    def close(self, complaint: ComplaintRow, why: str) -> None:
        """It is settled without a visit."""
        text = self.tr("The complaint of {name} is settled.").format(name=complaint.name)
        self.ctx.tasks.command(
            self, commands.CloseComplaint(complaint.id, why),
            lambda _: self.ctx.notify(text, undo=True),
        )  # fmt: skip

    def reopen(self, complaint: ComplaintRow) -> None:
        """It was not settled after all."""
        text = self.tr("The complaint of {name} is open again.").format(name=complaint.name)
        self.ctx.tasks.command(
            self, commands.ReopenComplaint(complaint.id),
            lambda _: self.ctx.notify(text, undo=True),
        )  # fmt: skip

    def _ask(
        self,
        name: str,
        about: str,
        visit_id: int,
        keep: Callable[[str, CallBack | None], None],
        words: str = "",
    ) -> CallBackDialog | None:
        now = from_ms(self.ctx.clock.now_ms(), self.ctx.zone())
        again: Again | None = self.ctx.tasks.read_now(
            lambda r: queries.call_back_slot(r, visit_id, now)
        )
        if again is None:
            return None
        crews = self.ctx.tasks.read_now(schedule.crews)
        today = date.fromisoformat(self.ctx.today())
        dialog = CallBackDialog(
            name, about, again, crews, (self.ctx.zone(), today), self._page.window(), words=words
        )
        dialog.answered.connect(keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _said(self, name: str, made: Opened, when: CallBack | None) -> None:
        if made.call_back_id is None or when is None:
            text = self.tr("The complaint of {name} is open.").format(name=name)
            self.ctx.notify(text, undo=True)
            return
        text = self.tr("Call-back for {name} booked for {when}.").format(
            name=name, when=short_when(when.starts_local)
        )
        show = Target("schedule", "appointment", made.call_back_id)
        action = NoticeAction(self.tr("Show it"), lambda: self.ctx.navigate(show))
        self.ctx.notify(text, undo=True, action=action)
