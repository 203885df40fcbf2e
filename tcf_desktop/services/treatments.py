"""Writing down what was put on a lawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.services.appointment_values import live, name_of
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

_MAX_TEXT: Final = 2_000
_MAX_WORD: Final = 200


@dataclass(frozen=True, slots=True)
class TreatmentDraft:
    """What the form shows. Amounts in thousandths; ``treated_local`` a wall time or a date."""

    product: str
    registration_number: str = ""
    amount_milli: int | None = None
    amount_unit: str = ""
    area_milli: int | None = None
    area_unit: str = ""
    target: str = ""
    weather: str = ""
    temperature: str = ""
    wind: str = ""
    worker_id: int | None = None
    licence: str = ""
    treated_local: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AddTreatment(Command[int]):
    """A further record at a visit; returns its id. An occurrence of a series becomes a visit of
    its own. Raises ``treatment.product``, ``treatment.amount`` and ``data.gone``."""

    appointment_id: int
    draft: TreatmentDraft

    def execute(self, uow: UnitOfWork) -> int:
        appointment = live(uow, self.appointment_id)
        values = _values(uow, self.draft)
        if not values["treated_local"]:
            values["treated_local"] = appointment.starts_local
        record = models.Treatment(
            appointment_id=appointment.id, created_at=uow.now_at, deleted_at=None, **values
        )
        uow.add(record)
        _describe(uow, "treatment of {name} with {product}", record)
        return record.id


@dataclass(frozen=True, slots=True)
class ChangeTreatment(Command[None]):
    """Other words for a record. Raises as :class:`AddTreatment` does."""

    treatment_id: int
    draft: TreatmentDraft

    def execute(self, uow: UnitOfWork) -> None:
        record = _living(uow, self.treatment_id)
        for name, value in _values(uow, self.draft, record).items():
            setattr(record, name, value)
        _describe(uow, "change of the treatment of {name} with {product}", record)


@dataclass(frozen=True, slots=True)
class DeleteTreatment(Command[None]):
    """Mark a record as deleted."""

    treatment_id: int

    def execute(self, uow: UnitOfWork) -> None:
        record = _living(uow, self.treatment_id)
        record.deleted_at = uow.now_at
        _describe(uow, "deletion of the treatment of {name} with {product}", record)


def _living(uow: UnitOfWork, treatment_id: int) -> models.Treatment:
    record = uow.get(models.Treatment, treatment_id)
    if record.deleted_at is not None:
        raise AppError("data.gone")
    return record


def _describe(uow: UnitOfWork, label: str, record: models.Treatment) -> None:
    appointment = uow.get(models.Appointment, record.appointment_id)
    uow.describe(label, name=name_of(uow, appointment), product=record.product)


def _values(
    uow: UnitOfWork, draft: TreatmentDraft, stored: models.Treatment | None = None
) -> dict[str, Any]:
    """The columns of a checked draft. The licence is kept as it was on the day: who renews it
    later changes no record."""
    product = draft.product.strip()[:_MAX_WORD]
    if not product:
        raise AppError("treatment.product")
    for amount in (draft.amount_milli, draft.area_milli):
        if amount is not None and not 0 <= amount < 10**12:
            raise AppError("treatment.amount", text=amount / 1000)
    when = draft.treated_local.strip()
    if when:
        rules.parse_local(when)
    licence = draft.licence.strip()[:_MAX_WORD]
    if draft.worker_id is not None and (stored is None or stored.worker_id != draft.worker_id):
        worker = uow.first(models.Worker, id=draft.worker_id, deleted_at=None)
        if worker is None:
            raise AppError("schedule.who")
        licence = licence or worker.licence
    return {
        "product": product,
        "registration_number": draft.registration_number.strip()[:_MAX_WORD],
        "amount_milli": draft.amount_milli,
        "amount_unit": draft.amount_unit.strip()[:_MAX_WORD],
        "area_milli": draft.area_milli,
        "area_unit": draft.area_unit.strip()[:_MAX_WORD],
        "target": draft.target.strip()[:_MAX_WORD],
        "weather": draft.weather.strip()[:_MAX_WORD],
        "temperature": draft.temperature.strip()[:_MAX_WORD],
        "wind": draft.wind.strip()[:_MAX_WORD],
        "worker_id": draft.worker_id,
        "licence": licence,
        "treated_local": when,
        "note": draft.note.strip()[:_MAX_TEXT],
    }
