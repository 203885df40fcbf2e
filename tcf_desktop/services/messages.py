"""Messages about visits: preparing them, changing their words, and that a customer was told.

Nothing leaves the house here. A message is a row that waits; what the customer knows stands in the
appointment (``told_local``, ``told_at``) and is written when he was told, not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import told as rules
from tcf_desktop.domain.appointments import OFF_STATES
from tcf_desktop.domain.contacts import many_lines, one_line
from tcf_desktop.services.appointment_values import live, name_of
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_messages import note_sent
from tcf_desktop.services.queries.consent import reach_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.uow import UnitOfWork

MAX_SUBJECT: Final = 200
MAX_BODY: Final = 5_000


@dataclass(frozen=True, slots=True)
class TellCustomer(Command[int]):
    """Prepare a message about an appointment as it is planned now; returns the message's id.

    One that waits already is written anew. ``was_local`` is the start that the customer believes
    in where nobody wrote it down. Raises ``messages.nobody`` without a customer, ``data.gone``.
    """

    appointment_id: int
    occasion: rules.Occasion
    was_local: str = ""

    def execute(self, uow: UnitOfWork) -> int:
        appointment = live(uow, self.appointment_id)
        uow.describe("message to {name}", name=name_of(uow, appointment))
        return prepare(uow, appointment, self.occasion, self.was_local)


@dataclass(frozen=True, slots=True)
class SaveMessage(Command[None]):
    """Other words or another way. Raises ``messages.gone`` unless it waits, ``messages.empty``."""

    message_id: int
    channel: rules.Way
    address: str
    subject: str
    body: str

    def execute(self, uow: UnitOfWork) -> None:
        message = _waiting(uow, self.message_id)
        uow.describe("change of a message to {name}", name=_contact_name(uow, message))
        if self.channel not in rules.WAYS:
            raise AppError("app.bug")
        body = many_lines(self.body)[:MAX_BODY]
        if not body:
            raise AppError("messages.empty")
        values = {
            "channel": self.channel,
            "address": one_line(self.address)[:MAX_SUBJECT],
            "subject": one_line(self.subject)[:MAX_SUBJECT],
            "body": body,
        }
        if any(getattr(message, key) != value for key, value in values.items()):
            for key, value in values.items():
                setattr(message, key, value)
            message.updated_at = uow.now_at

    def merge_key(self) -> str:
        return f"message {self.message_id}"


@dataclass(frozen=True, slots=True)
class MarkMessagesTold(Command[int]):
    """The customers were told what these messages say; with ``channel`` in another way than
    planned. Returns how many. Raises ``messages.gone``."""

    message_ids: tuple[int, ...]
    channel: rules.Way | None = None

    def execute(self, uow: UnitOfWork) -> int:
        found = [_waiting(uow, ident) for ident in self.message_ids]
        _describe(uow, found, "telling {name}", "telling {count} customers")
        for message in found:
            message.state = "sent"
            message.sent_at = message.updated_at = uow.now_at
            if self.channel is not None and self.channel != message.channel:
                message.channel, message.address = self.channel, ""
            _note_told(uow, message)
            note_sent(uow, message)
        return len(found)


@dataclass(frozen=True, slots=True)
class DiscardMessages(Command[int]):
    """Nobody is told this; returns how many. The visits stay as they are."""

    message_ids: tuple[int, ...]

    def execute(self, uow: UnitOfWork) -> int:
        found = [_waiting(uow, ident) for ident in self.message_ids]
        _describe(uow, found, "discarding a message to {name}", "discarding {count} messages")
        for message in found:
            message.deleted_at = message.updated_at = uow.now_at
        return len(found)


@dataclass(frozen=True, slots=True)
class MarkTold(Command[int]):
    """The customers of these appointments know what is planned now; with ``told`` False that is
    taken back. Messages that wait for them are not needed any more. Returns how many."""

    appointment_ids: tuple[int, ...]
    told: bool = True

    def execute(self, uow: UnitOfWork) -> int:
        found = [live(uow, ident) for ident in self.appointment_ids]
        for appointment in found:
            set_told(uow, appointment, told=self.told)
        label = "telling {name}" if self.told else "not told: {name}"
        if len(found) == 1:
            uow.describe(label, name=name_of(uow, found[0]))
        else:
            uow.describe("telling {count} customers", count=len(found))
        return len(found)


def set_told(uow: UnitOfWork, appointment: models.Appointment, *, told: bool) -> None:
    """Write what the customer knows of an appointment: what is planned now, or nothing."""
    if not told:
        if appointment.told_at is not None:
            appointment.told_local = appointment.told_at = None
        return
    local = None if appointment.state in OFF_STATES else appointment.starts_local
    if appointment.told_at is None or appointment.told_local != local:
        appointment.told_local, appointment.told_at = local, uow.now_at
    for message in _waiting_of(uow, appointment.id):
        message.state, message.updated_at = "cancelled", uow.now_at


def prepare(
    uow: UnitOfWork, appointment: models.Appointment, occasion: rules.Occasion, was_local: str = ""
) -> int:
    """Put a message about an appointment among those that wait; returns its id."""
    if appointment.contact_id is None:
        raise AppError("messages.nobody")
    contact = uow.get(models.Contact, appointment.contact_id)
    known = appointment.told_local or was_local or ""
    subject, body = rules.words_of(_letter(uow, appointment, contact, occasion, known))
    way, address = rules.way_to(reachable(uow, contact.id))
    cancelled = appointment.state in OFF_STATES
    values: dict[str, Any] = {
        "occasion": occasion,
        "channel": way,
        "address": address,
        "subject": subject[:MAX_SUBJECT],
        "body": body[:MAX_BODY],
        "told_local": None if cancelled else appointment.starts_local,
        "updated_at": uow.now_at,
    }
    for message in _waiting_of(uow, appointment.id):
        for key, value in values.items():
            setattr(message, key, value)
        return message.id
    message = models.Message(
        contact_id=contact.id,
        appointment_id=appointment.id,
        state="waiting",
        created_at=uow.now_at,
        sent_at=None,
        deleted_at=None,
        **values,
    )
    return uow.add(message).id


def reachable(uow: UnitOfWork, contact_id: int) -> rules.Reachable:
    """The addresses of a contact with what he said to messages about work."""
    reach = reach_of(as_reader(uow), contact_id)
    stated = [(a.channel, a.address, a.state_for("service").state) for a in reach.addresses]
    return rules.Reachable(
        emails=tuple((address, state) for way, address, state in stated if way == "email"),
        texts=tuple((address, state) for way, address, state in stated if way == "text"),
        phones=tuple(address for way, address, _ in stated if way == "text"),
    )


def as_reader(uow: UnitOfWork) -> Reader:
    """The open transaction as queries read it; sees what was added before."""
    return cast("Reader", _Inside(uow))


class _Inside:
    """The reading functions of a :class:`Reader` inside the open transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def all(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._uow.rows(sql, params)]

    def one(self, sql: str, params: Sequence[object] = ()) -> tuple[Any, ...] | None:
        found = self.all(sql, params)
        return found[0] if found else None

    def value(self, sql: str, params: Sequence[object] = ()) -> Any:
        return self._uow.value(sql, params)


def _letter(
    uow: UnitOfWork,
    appointment: models.Appointment,
    contact: models.Contact,
    occasion: rules.Occasion,
    known: str,
) -> rules.Letter:
    name, country = uow.rows("SELECT name, country FROM business WHERE id = 1")[0]
    work = appointment.title or uow.value(
        "SELECT group_concat(name, ' + ') FROM (SELECT name FROM appointment_lines"
        " WHERE appointment_id = ? ORDER BY position LIMIT 4)",
        (appointment.id,),
    )
    now = rules.Slot(
        appointment.starts_local,
        bool(appointment.all_day),
        appointment.arrival_from_local,
        appointment.arrival_minutes,
    )
    was = None
    if known and known != appointment.starts_local:
        was = rules.Slot(known, bool(appointment.all_day))
    return rules.Letter(occasion, name, country, contact.first_name, work or "", now, was)


def _note_told(uow: UnitOfWork, message: models.Message) -> None:
    if message.appointment_id is None:
        return
    appointment = uow.get(models.Appointment, message.appointment_id)
    if appointment.deleted_at is None:
        appointment.told_local, appointment.told_at = message.told_local, uow.now_at


def _waiting(uow: UnitOfWork, message_id: int) -> models.Message:
    message = uow.first(models.Message, id=message_id, state="waiting", deleted_at=None)
    if message is None:
        raise AppError("messages.gone")
    return message


def _waiting_of(uow: UnitOfWork, appointment_id: int) -> list[models.Message]:
    return uow.find(models.Message, appointment_id=appointment_id, state="waiting", deleted_at=None)


def _describe(uow: UnitOfWork, found: list[models.Message], one: str, many: str) -> None:
    if len(found) == 1:
        uow.describe(one, name=_contact_name(uow, found[0]))
    else:
        uow.describe(many, count=len(found))


def _contact_name(uow: UnitOfWork, message: models.Message) -> str:
    return uow.get(models.Contact, message.contact_id).display_name
