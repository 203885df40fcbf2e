"""Files and photos of a visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.file_names import NewFile
from tcf_desktop.services.appointment_values import live
from tcf_desktop.services.command import Command
from tcf_desktop.services.files import Attached, AttachFiles

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class AttachToVisit(Command[Attached]):
    """Keep files with a visit, and so with its customer; a visit of a series becomes a row for it.

    Raises ``data.gone`` for an appointment without a customer.
    """

    appointment_id: int
    files: tuple[NewFile, ...]

    def execute(self, uow: UnitOfWork) -> Attached:
        visit = live(uow, self.appointment_id)
        if visit.contact_id is None:
            raise AppError("data.gone")
        uow.changed("appointments", visit.id)
        return AttachFiles(visit.contact_id, self.files, None, visit.id).execute(uow)
