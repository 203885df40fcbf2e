"""What is done to appointments from the schedule: commands, and the words afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tcf_desktop.domain.appointments import DAY_MINUTES, shift_local
from tcf_desktop.qtkit import i18n
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.command import Command
from tcf_desktop.views.context import NoticeAction, Target
from tcf_desktop.views.schedule.repeat_saving import RepeatActions
from tcf_desktop.views.schedule.tell_offer import TellOffer
from tcf_desktop.views.schedule.wording import first_name_of, short_when

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcf_desktop.services.appointment_values import AppointmentDraft
    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.schedule.surface import Wish


class ScheduleActions(QObject):
    """Runs commands on the writer and says what happened, always with Undo."""

    def __init__(self, ctx: ViewContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.repeat = RepeatActions(self, parent)
        self.offer = TellOffer(ctx, self)

    def move(self, wish: Wish, crew_name: str) -> None:
        """Another time, and another crew when it was dropped there."""
        assert wish.appointment_id is not None
        command = commands.MoveAppointment(
            wish.appointment_id,
            wish.starts_local,
            wish.changes_who,
            wish.crew_id,
            wish.worker_id,
            zone=self.ctx.zone(),
        )
        where = short_when(wish.starts_local)
        if wish.changes_who:
            where = self.tr("{when}, {crew}").format(
                when=where, crew=crew_name or self.tr("nobody yet")
            )
        text = self.tr("{name} moved to {where}.")
        following = None
        if self.repeat.is_repeating(wish.appointment_id):
            text = self.tr("Only this visit of {name} moved, to {where}.")
            following = self.repeat.offer_following(command, wish.name)
        text = text.format(name=first_name_of(wish.name), where=where)
        self.run(command, text, action=following, tell=wish.appointment_id)

    def resize(self, wish: Wish) -> None:
        """Another length, pulled at either end."""
        assert wish.appointment_id is not None
        start = None if wish.starts_local == wish.was_local else wish.starts_local
        text = self.tr("{name} takes {length} now.").format(
            name=first_name_of(wish.name), length=i18n.minutes_text(wish.minutes)
        )
        self.run(
            commands.ResizeAppointment(wish.appointment_id, wish.minutes, start, self.ctx.zone()),
            text,
        )

    def copy(self, wish: Wish, done: Callable[[int], None]) -> None:
        """The same work once more."""
        assert wish.appointment_id is not None
        command = commands.CopyAppointment(
            wish.appointment_id,
            wish.starts_local,
            wish.changes_who,
            wish.crew_id,
            wish.worker_id,
            zone=self.ctx.zone(),
        )
        text = self.tr("{name} copied to {when}.").format(
            name=first_name_of(wish.name), when=short_when(wish.starts_local)
        )
        self.run(command, text, done)

    def copy_to_next_week(self, ident: int, starts_local: str, name: str) -> None:
        """The same day and time a week later."""
        start = shift_local(starts_local, 7 * DAY_MINUTES)
        text = self.tr("{name} copied to {day}.").format(
            name=first_name_of(name), day=i18n.weekday_short(start)
        )
        self.run(commands.CopyAppointment(ident, start, zone=self.ctx.zone()), text)

    def give(self, ident: int, name: str, who: tuple[str, int, str] | None) -> None:
        """To a crew, a worker, or to nobody: ("crew" or "worker", id, name)."""
        crew = who[1] if who is not None and who[0] == "crew" else None
        worker = who[1] if who is not None and who[0] == "worker" else None
        text = self.tr("{name} has no crew now.").format(name=first_name_of(name))
        if who is not None:
            text = self.tr("{name} given to {who}.").format(name=first_name_of(name), who=who[2])
        self.run(commands.AssignAppointment(ident, crew, worker), text)

    def finish(self, ident: int, name: str) -> None:
        """The work is done."""
        text = self.tr("{name} is finished and can be invoiced.")
        self.run(commands.FinishAppointment(ident), text.format(name=first_name_of(name)))

    def cancel(self, ident: int, name: str) -> None:
        """It does not take place; asks why, and which of a series."""
        self.repeat.cancel(ident, name)

    def cancel_one(self, ident: int, name: str, reason: str) -> None:
        """This one does not take place, and why."""
        text = self.tr("{name} is cancelled.").format(name=first_name_of(name))
        self.run(commands.CancelAppointment(ident, reason), text, tell=ident)

    def set_state(self, ident: int, name: str, state: str, word: str) -> None:
        """Confirm, hold, on the way, under way, nobody there; the last asks why."""
        if state == "no_show":
            self.repeat.no_show(ident, name, word)
        else:
            self.put_state(ident, name, state, word)

    def put_state(self, ident: int, name: str, state: str, word: str, reason: str = "") -> None:
        """Another state, with the reason where nobody was there."""
        text = self.tr("{name}: {state}.").format(name=first_name_of(name), state=word)
        self.run(commands.SetAppointmentState(ident, state, reason), text)

    def delete(self, ident: int, name: str, done: Callable[[], None]) -> None:
        """Mark as deleted; of a series it asks which."""
        if self.repeat.is_repeating(ident):
            self.repeat.delete(ident, name, done)
            return
        text = self.tr("{name} deleted.").format(name=first_name_of(name))
        self.run(commands.DeleteAppointment(ident), text, lambda _: done())

    def save(
        self, draft: AppointmentDraft, ident: int | None, name: str, done: Callable[[int], None]
    ) -> None:
        """Book a new appointment or change a stored one."""
        called = first_name_of(name) or draft.title
        if ident is None:
            text = self.tr("{name} booked for {when}.").format(
                name=called, when=short_when(draft.starts_local)
            )
            self.run(commands.CreateAppointment(draft), text, done)
        else:
            text = self.tr("{name} saved.").format(name=called)
            self.run(commands.SaveAppointment(ident, draft), text, done, tell=ident)

    def invoice(self, ident: int) -> None:
        """A draft invoice of the visit, opened in Billing."""
        from tcf_desktop.services.invoices import DraftInvoiceFromAppointments

        self.ctx.tasks.command(
            self, DraftInvoiceFromAppointments((ident,)), self._on_invoice_drafted
        )

    def _on_invoice_drafted(self, invoice_ids: tuple[int, ...]) -> None:
        self.ctx.navigate(Target("billing", "invoice", invoice_ids[0]))

    def run(
        self,
        command: Command[Any],
        text: str,
        done: Callable[[int], None] | None = None,
        action: NoticeAction | None = None,
        tell: int | None = None,
    ) -> None:
        """Carry a command out and say ``text`` with Undo; ``done`` gets its result.

        ``tell``: the appointment whose customer may have to be told of it; then that is offered.
        """

        def then(result: Any) -> None:
            if tell is not None:
                self.offer.say(tell, text, [action] if action is not None else [])
            else:
                self.ctx.notify(text, undo=True, action=action)
            if done is not None:
                done(result or 0)

        self.ctx.tasks.command(self, command, then)
