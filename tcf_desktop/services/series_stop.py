"""Letting a visit of a series be the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tcf_desktop.services.appointment_values import AppointmentDraft, name_of
from tcf_desktop.services.appointments import SaveAppointment
from tcf_desktop.services.command import Command
from tcf_desktop.services.series import end, living

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class StopRepeating(Command[int]):
    """Save this visit as the draft says and let none come after it; returns its row's id. What was
    before stays, and what lies ahead of it and is open is put away."""

    ident: int
    draft: AppointmentDraft

    by_field = True

    def execute(self, uow: UnitOfWork) -> int:
        series, on = living(uow, self.ident)
        saved = SaveAppointment(self.ident, self.draft).execute(uow)
        end(uow, series, on + timedelta(days=1))
        uow.describe("last visit of the series {name}", name=name_of(uow, series))
        return saved
