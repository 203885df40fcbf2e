"""Further steps of an appointment: telling its customer, and what he is not content with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from tcf_desktop.domain.appointments import OFF_STATES
from tcf_desktop.services.messages import TellCustomer
from tcf_desktop.services.queries import messages as queries
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import PageCommand
from tcf_desktop.views.schedule.call_back_steps import ComplaintSteps
from tcf_desktop.views.schedule.tell_offer import TellOffer
from tcf_desktop.views.schedule.wording import first_name_of

if TYPE_CHECKING:
    from tcf_desktop.domain.told import Occasion
    from tcf_desktop.services.queries.schedule import AppointmentBlock
    from tcf_desktop.views.context import ViewContext


def add_steps(menu: QMenu, state: str, contact_id: int | None, run: Callable[[str], None]) -> None:
    """The entries of the menu for a visit of a customer."""
    if contact_id is None:
        return
    if state == "done":
        menu.addAction(menu.tr("Customer is not content…"), partial(run, "complain"))
        return
    if state not in OFF_STATES:
        menu.addAction(menu.tr("The customer knows this time"), partial(run, "told"))
    menu.addAction(menu.tr("Write to the customer"), partial(run, "write"))


class TellSteps(QObject):
    """Steps by their word for the block that they are meant for."""

    def __init__(self, ctx: ViewContext, page: QWidget) -> None:
        super().__init__(page)
        self.ctx = ctx
        self.offer = TellOffer(ctx, page)
        self.complaints = ComplaintSteps(ctx, page)

    def steps(self, block: AppointmentBlock) -> dict[str, Callable[[], object]]:
        """What each word does."""
        name = first_name_of(block.name)
        return {
            "told": partial(self.offer.mark_told, block.id, name),
            "write": partial(self._write, block),
            "complain": partial(self._complain, block),
        }

    def commands(self, run: Callable[[str], None], day: Callable[[], date]) -> list[PageCommand]:
        """Commands of the page; ``run`` does a step with what is selected, ``day`` is meant."""
        go = self.ctx.navigate
        return [
            PageCommand(self.tr("Rain day…"),
                        lambda: go(Target("rain_day", "date", value=day().isoformat())),
                        words="weather storm move all", object_name="schedule.cmd.rain_day"),
            PageCommand(self.tr("Route of the day…"),
                        lambda: go(Target("route", "date", value=day().isoformat())),
                        words="shortest order map", object_name="schedule.cmd.route"),
            PageCommand(self.tr("The customer knows this time"), partial(run, "told")),
            PageCommand(self.tr("Write to the customer"), partial(run, "write"), words="message"),
            PageCommand(self.tr("Customer is not content…"), partial(run, "complain"),
                        words="complaint call-back again free"),
        ]  # fmt: skip

    def _write(self, block: AppointmentBlock) -> None:
        if block.contact_id is None:
            return
        owed = self.ctx.tasks.read_now(lambda r: queries.owed(r, block.id))
        if owed is not None:
            self.offer.write(block.id, owed)
            return
        occasion: Occasion = "cancelled" if block.state in OFF_STATES else "booked"

        def then(message_id: int) -> None:
            self.ctx.navigate(Target("messages", "message", message_id))

        self.ctx.tasks.command(self, TellCustomer(block.id, occasion), then)

    def _complain(self, block: AppointmentBlock) -> None:
        if block.contact_id is not None and block.state == "done":
            self.complaints.complain(block.id)
