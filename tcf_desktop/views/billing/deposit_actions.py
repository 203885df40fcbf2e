"""Deposit slips from the list of payments: made, printed, taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.printing import print_pdf
from tcf_desktop.services.deposit_slips import DeleteDepositSlip, MakeDepositSlip, slip_pdf
from tcf_desktop.services.queries.deposit_slips import deposit_slips
from tcf_desktop.views.context import NoticeAction

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_LISTED = 12


class DepositActions(QObject):
    """Bound to the list that it works for."""

    def __init__(self, ctx: ViewContext, owner: QWidget) -> None:
        super().__init__(owner)
        self.ctx, self._owner = ctx, owner

    def make(self, payment_ids: Sequence[int]) -> None:
        """Put these on a slip dated today; the notice offers to print it and to undo."""

        def done(slip_id: int) -> None:
            text = i18n.plural(
                len(payment_ids),
                self.tr("{n} payment is on a deposit slip."),
                self.tr("{n} payments are on a deposit slip."),
            )
            action = NoticeAction(self.tr("Print it"), lambda: self.print_slip(slip_id))
            self.ctx.notify(text, undo=True, action=action)

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, self.tr("Making a deposit slip"))

        command = MakeDepositSlip(tuple(payment_ids), self.ctx.today())
        self.ctx.tasks.command(self._owner, command, done, failed)

    def fill_menu(self, menu: QMenu) -> None:
        """The newest slips, each with what can be done with it."""
        menu.setObjectName("payments.slips")
        slips = self.ctx.tasks.read_now(deposit_slips)[:_LISTED]
        if not slips:
            menu.addAction(self.tr("No deposit slips yet")).setEnabled(False)
        for slip in slips:
            words = self.tr("{day}: {count}, {total}").format(
                day=i18n.full_day(slip.deposited_on),
                count=i18n.plural(slip.payments, self.tr("{n} payment"), self.tr("{n} payments")),
                total=i18n.money(slip.cents, self.ctx.currency()),
            )
            one = menu.addMenu(words)
            one.addAction(self.tr("Print…"), partial(self.print_slip, slip.id))
            one.addAction(self.tr("Take apart"), partial(self.take_apart, slip.id))

    def print_slip(self, slip_id: int) -> None:
        """Make the page and ask for the printer."""
        office = self.ctx.office
        title = self.tr("Deposit slip {number}").format(number=slip_id)

        def made(content: bytes) -> None:
            print_pdf(self._owner, content, title, lambda _done: None)

        self.ctx.tasks.run(self._owner, lambda: slip_pdf(office, slip_id), made)

    def take_apart(self, slip_id: int) -> None:
        """Its payments wait for the bank again."""

        def done(_nothing: None) -> None:
            self.ctx.notify(self.tr("The deposit slip was taken apart."), undo=True)

        self.ctx.tasks.command(self._owner, DeleteDepositSlip(slip_id), done)
