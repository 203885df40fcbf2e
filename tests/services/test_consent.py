from __future__ import annotations

import json

import pytest

from tcf_desktop import models
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.consent import Channel, How, Purpose, address_key
from tcf_desktop.domain.contacts import ContactDraft, Email, Phone
from tcf_desktop.services.command import Command
from tcf_desktop.services.consent import RecordConsent, RevokeConsent, salt_of, suppress
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.consent import (
    SALT_KEY,
    ConsentState,
    consent_history,
    consent_state,
    reach_of,
)
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.services.uow import UnitOfWork

TODAY = "2026-07-14"
JULIA = ContactDraft(
    first_name="Julia",
    last_name="Hartmann",
    phones=(Phone("605-555-0172", "Mobile"),),
    emails=(Email("julia@example.com"),),
)


class Erase(Command[None]):
    """What erasing a person does to an opt-out, without the rest of it."""

    undoable = False

    def __init__(self, channel: Channel, address: str, purpose: Purpose | None = None) -> None:
        self.channel, self.address, self.purpose = channel, address, purpose

    def execute(self, uow: UnitOfWork) -> None:
        uow.describe("erasing")
        suppress(uow, self.channel, address_key(self.channel, self.address, "US"), self.purpose)
        for event in uow.find(models.ConsentEvent):
            uow.delete(event)


class ReadSalt(Command[bytes]):
    journalled = False

    def execute(self, uow: UnitOfWork) -> bytes:
        return salt_of(uow)


def state(
    office: Office, address: str, purpose: Purpose = "service", channel: Channel = "text"
) -> ConsentState:
    return office.read(lambda r: consent_state(r, channel, address, purpose))


def agree(
    office: Office,
    contact_id: int,
    address: str = "605-555-0172",
    purpose: Purpose = "service",
    *,
    on: str = TODAY,
    how: How = "phone",
) -> int:
    return office.runner.run(
        RecordConsent(contact_id, "text", address, purpose, on, how, "May we text you?", "Karen")
    )


def stop(
    office: Office, contact_id: int, address: str = "605-555-0172", purpose: Purpose | None = None
) -> tuple[int, ...]:
    return office.runner.run(
        RevokeConsent(contact_id, "text", address, purpose, TODAY, "reply", "Karen", "STOP")
    )


def test_state_follows_from_the_events_and_undo_takes_one_back(
    office: Office, clock: FrozenClock
) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    assert state(office, "605-555-0172").state == "unasked"
    agree(office, contact_id)
    found = state(office, "+1 (605) 555 0172")
    assert found.state == "allowed"
    assert found.event is not None
    assert (found.event.how, found.event.recorded_by) == ("phone", "Karen")
    assert found.event.wording == "May we text you?"
    assert state(office, "605-555-0172", "marketing").state == "unasked"
    clock.advance(60)
    assert len(stop(office, contact_id)) == 2
    for purpose in ("service", "marketing"):
        assert state(office, "605-555-0172", purpose).state == "refused"  # type: ignore[arg-type]
    office.runner.run(UndoLast())
    assert state(office, "605-555-0172").state == "allowed"
    assert state(office, "605-555-0172", "marketing").state == "unasked"


def test_a_no_of_the_same_day_wins_over_a_yes_that_is_recorded_later(
    office: Office, clock: FrozenClock
) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    stop(office, contact_id)
    clock.advance(86_400)
    agree(office, contact_id, on=TODAY)  # the day of the stop
    assert state(office, "605-555-0172").state == "refused"
    agree(office, contact_id, on="2026-07-15")
    assert state(office, "605-555-0172").state == "allowed"


def test_state_holds_for_the_same_address_at_another_contact(office: Office) -> None:
    first = office.runner.run(SaveContact(JULIA))
    office.runner.run(
        RevokeConsent(first, "email", "Julia@Example.com", None, TODAY, "reply", "Karen")
    )
    office.runner.run(DeleteContact((first,)))
    again = office.runner.run(
        SaveContact(ContactDraft(first_name="J", emails=(Email("JULIA@example.com"),)))
    )
    reach = office.read(lambda r: reach_of(r, again))
    assert reach.addresses[0].state_for("marketing").state == "refused"
    assert reach.events == 0
    assert len(office.read(lambda r: consent_history(r, first))) == 2


def test_the_opt_out_of_an_erased_person_still_counts(office: Office, clock: FrozenClock) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    stop(office, contact_id)
    clock.advance(60)
    office.runner.run(Erase("text", "605-555-0172"))
    found = state(office, "1-605-555-0172", "marketing")
    assert found.state == "refused"
    assert found.event is None
    assert found.suppressed_at == clock.now_ms()
    assert state(office, "605-555-0173", "marketing").state == "unasked"
    raw = office.read(lambda r: r.all("SELECT * FROM suppressions"))
    assert len(raw) == 2
    assert "6055550172" not in str(raw)
    clock.advance(60)
    agree(office, contact_id)  # they came back and said yes, to one purpose
    assert state(office, "605-555-0172").state == "allowed"
    assert state(office, "605-555-0172", "marketing").state == "refused"
    office.runner.run(UndoLast())
    assert state(office, "605-555-0172").state == "refused"


def test_salt_is_made_once_and_no_undo_takes_it_away(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    agree(office, contact_id)
    salt = office.runner.run(ReadSalt())
    office.runner.run(UndoLast())
    assert len(salt) == 32
    assert office.runner.run(ReadSalt()) == salt
    stored = office.read(lambda r: r.value("SELECT value FROM settings WHERE key = ?", (SALT_KEY,)))
    assert bytes.fromhex(json.loads(stored)) == salt


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (RecordConsent(1, "text", "  ", "service", TODAY, "phone"), "consent.no_address"),
        (RecordConsent(1, "text", "1", "service", "2026-07-15", "phone"), "consent.future"),
        (RecordConsent(1, "text", "1", "service", "soon", "phone"), "consent.no_date"),
        (RecordConsent(1, "fax", "1", "service", TODAY, "phone"), "consent.unknown"),  # type: ignore[arg-type]
        (RecordConsent(1, "text", "1", None, TODAY, "phone"), "consent.unknown"),  # type: ignore[arg-type]
        (RevokeConsent(1, "text", "1", "all", TODAY, "reply"), "consent.unknown"),  # type: ignore[arg-type]
        (RevokeConsent(9, "text", "1", None, TODAY, "reply"), "data.gone"),
    ],
)
def test_what_is_refused_changes_nothing(office: Office, command: Command[int], code: str) -> None:
    assert office.runner.run(SaveContact(JULIA)) == 1
    with pytest.raises(AppError) as refused:
        office.runner.run(command)
    assert refused.value.code == code
    assert office.read(lambda r: r.value("SELECT count(*) FROM consent_events")) == 0
