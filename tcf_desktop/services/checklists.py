"""What is to be done at a visit: set with it, usual for a service, ticked off one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.appointment_values import LineDraft
    from tcf_desktop.services.uow import UnitOfWork

MOST_ITEMS: Final = 100
MOST_CHARACTERS: Final = 300


def clean_items(texts: Iterable[str]) -> tuple[str, ...]:
    """Each on one line, without empty ones; no more than may be kept."""
    lines = (" ".join(text.split())[:MOST_CHARACTERS] for text in texts)
    return tuple(line for line in lines if line)[:MOST_ITEMS]


def usual_items(uow: UnitOfWork, lines: Sequence[LineDraft]) -> tuple[str, ...]:
    """What the services of a visit want done, each thing once."""
    found: list[str] = []
    for service_id in dict.fromkeys(line.service_id for line in lines):
        if service_id is not None:
            found += [item.text for item in items_of(uow, service_id=service_id)]
    return clean_items(dict.fromkeys(found))


def items_of(uow: UnitOfWork, **owner: int) -> list[models.ChecklistItem]:
    """In order; ``owner`` is one of appointment_id, series_id and service_id."""
    return uow.find(
        models.ChecklistItem, models.ChecklistItem.position, models.ChecklistItem.id, **owner
    )


def store_items(uow: UnitOfWork, texts: Sequence[str], **owner: int) -> bool:
    """Make these the list of its owner; what stays the same stays ticked. Whether it changed."""
    stored = items_of(uow, **owner)
    wanted = clean_items(texts)
    if [item.text for item in stored] == list(wanted):
        return False
    left = list(stored)
    for position, text in enumerate(wanted):
        same = next((item for item in left if item.text == text), None)
        if same is None:
            uow.session.add(
                models.ChecklistItem(position=position, text=text, done_at=None, **owner)
            )
        else:
            left.remove(same)
            same.position = position
    for item in left:
        uow.delete(item)
    return True


def copy_items(uow: UnitOfWork, texts: Sequence[str], **owner: int) -> None:
    """The list of a new owner, nothing of it done."""
    for position, text in enumerate(clean_items(texts)):
        uow.session.add(models.ChecklistItem(position=position, text=text, done_at=None, **owner))


@dataclass(frozen=True, slots=True)
class TickItem(Command[None]):
    """Tick a thing of a visit's list off, or take the tick back; ``position`` as the list shows
    it. Raises ``data.gone``."""

    appointment_id: int
    position: int
    done: bool = True

    def execute(self, uow: UnitOfWork) -> None:
        from tcf_desktop.services.appointment_values import live, name_of

        appointment = live(uow, self.appointment_id)
        items = items_of(uow, appointment_id=appointment.id)
        item = next((item for item in items if item.position == self.position), None)
        if item is None:
            raise AppError("data.gone")
        item.done_at = uow.now_at if self.done else None
        uow.changed("appointments", appointment.id)
        label = "“{item}” done at {name}" if self.done else "“{item}” not done at {name}"
        uow.describe(label, item=item.text[:60], name=name_of(uow, appointment))


@dataclass(frozen=True, slots=True)
class SetChecklist(Command[None]):
    """Another list for one visit; what stays the same stays ticked."""

    appointment_id: int
    items: tuple[str, ...]

    def execute(self, uow: UnitOfWork) -> None:
        from tcf_desktop.services.appointment_values import live, name_of

        appointment = live(uow, self.appointment_id)
        store_items(uow, self.items, appointment_id=appointment.id)
        uow.changed("appointments", appointment.id)
        uow.describe("checklist of {name}", name=name_of(uow, appointment))


@dataclass(frozen=True, slots=True)
class SetServiceChecklist(Command[None]):
    """What is to be done whenever a service is booked; visits that are booked keep their list."""

    service_id: int
    items: tuple[str, ...]

    def execute(self, uow: UnitOfWork) -> None:
        service = uow.get(models.Service, self.service_id)
        if service.deleted_at is not None:
            raise AppError("data.gone")
        store_items(uow, self.items, service_id=service.id)
        uow.changed("services", service.id)
        uow.describe("checklist of {name}", name=service.name)
