"""Cash and cheques that are taken to the bank together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.services.command import Command
from tcf_desktop.services.payments import open_day
from tcf_desktop.services.queries.deposit_slips import slip_document

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.uow import UnitOfWork

RENDER: Final = "tcf_desktop.integrations.pdf.deposit_slip:render"
_MOST_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class MakeDepositSlip(Command[int]):
    """Put payments on a deposit slip; returns its id. ``on`` is the ISO date of the deposit.

    Raises ``deposit.nothing`` and ``deposit.not_free`` for what is on a slip, was reversed or is
    no cash or cheque.
    """

    payment_ids: tuple[int, ...]
    on: str
    account: str = ""
    note: str = ""

    def execute(self, uow: UnitOfWork) -> int:
        if not self.payment_ids:
            raise AppError("deposit.nothing")
        slip = uow.add(
            models.DepositSlip(
                deposited_on=open_day(uow, self.on),
                account=" ".join(self.account.split())[:_MOST_TEXT],
                note=" ".join(self.note.split())[:_MOST_TEXT],
                created_at=uow.now_at,
            )
        )
        for payment_id in dict.fromkeys(self.payment_ids):
            payment = uow.get(models.Payment, payment_id)
            countered = uow.value("SELECT 1 FROM payments WHERE reverses_id = ?", (payment.id,))
            free = payment.kind == "payment" and payment.method in {"cash", "cheque"}
            if not free or payment.deposit_slip_id is not None or countered:
                raise AppError("deposit.not_free", reference=payment.reference or str(payment.id))
            payment.deposit_slip_id = slip.id
        uow.describe("deposit of {count} payments", count=len(self.payment_ids))
        return slip.id


@dataclass(frozen=True, slots=True)
class DeleteDepositSlip(Command[None]):
    """Take a deposit slip apart: its payments wait for the bank again."""

    slip_id: int

    def execute(self, uow: UnitOfWork) -> None:
        slip = uow.get(models.DepositSlip, self.slip_id)
        payments = uow.find(models.Payment, deposit_slip_id=slip.id)
        for payment in payments:
            payment.deposit_slip_id = None
        uow.session.flush()
        uow.delete(slip)
        uow.describe("taking apart of a deposit of {count} payments", count=len(payments))


def slip_pdf(office: Office, slip_id: int) -> bytes:
    """The PDF of a deposit slip; blocks. Raises ``data.gone``."""
    document = office.read(lambda r: slip_document(r, slip_id))
    made: bytes = office.ports.documents.run(RENDER, document)
    return made
