from __future__ import annotations

from dataclasses import replace

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email, Phone
from tcf_desktop.services import appointments as commands
from tcf_desktop.services import messages
from tcf_desktop.services.appointments import AppointmentDraft
from tcf_desktop.services.consent import RecordConsent, RevokeConsent
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import messages as queries
from tcf_desktop.services.undo import UndoLast

OLD, NEW = "2026-07-15T14:00", "2026-07-16T09:00"


@pytest.fixture
def moen(office: Office) -> int:
    draft = ContactDraft(
        first_name="Astrid",
        last_name="Moen",
        phones=(Phone("605-555-0138"),),
        emails=(Email("astrid@example.org"),),
    )
    return office.runner.run(SaveContact(draft))


@pytest.fixture
def visit(office: Office, moen: int) -> int:
    draft = AppointmentDraft(OLD, 120, "America/Chicago", title="Inside + out", contact_id=moen)
    ident = office.runner.run(commands.CreateAppointment(draft))
    office.runner.run(messages.MarkTold((ident,)))
    return ident


def owed(office: Office, ident: int) -> queries.Owed | None:
    return office.read(lambda r: queries.owed(r, ident))


def counts(office: Office) -> tuple[int, int]:
    found = office.read(lambda r: queries.message_counts(r, office.clock.now_ms()))
    return found.waiting, found.untold


def row(office: Office, ident: int) -> queries.MessageRow:
    found = office.read(lambda r: queries.message(r, ident))
    assert found is not None
    return found


def move(office: Office, ident: int, to: str = NEW) -> None:
    office.runner.run(commands.MoveAppointment(ident, to))


def test_customer_who_knew_the_time_is_owed_a_word_after_a_move(office: Office, visit: int) -> None:
    assert owed(office, visit) is None
    move(office, visit)
    found = owed(office, visit)
    assert found is not None
    assert (found.occasion, found.known_local, found.message_id) == ("moved", OLD, None)
    assert counts(office) == (0, 1)
    move(office, visit, OLD)
    assert owed(office, visit) is None


def test_customer_who_was_never_told_is_owed_nothing(office: Office, visit: int) -> None:
    office.runner.run(messages.MarkTold((visit,), told=False))
    move(office, visit)
    assert owed(office, visit) is None


def test_message_names_both_times_and_goes_where_he_may_be_written_to(
    office: Office, visit: int
) -> None:
    move(office, visit)
    ident = office.runner.run(messages.TellCustomer(visit, "moved"))
    found = row(office, ident)
    assert (found.channel, found.address) == ("email", "astrid@example.org")
    assert "from Wednesday, July 15, 2:00 PM" in found.body
    assert "Thursday, July 16, 9:00 AM" in found.body
    assert found.fits
    assert counts(office) == (1, 0)


def test_way_follows_what_he_agreed_to_and_refused(office: Office, visit: int, moen: int) -> None:
    mail, number = "astrid@example.org", "605-555-0138"
    office.runner.run(RevokeConsent(moen, "email", mail, "service", "2026-07-01", "phone"))
    assert row(office, office.runner.run(messages.TellCustomer(visit, "moved"))).channel == "phone"
    office.runner.run(RecordConsent(moen, "text", number, "service", "2026-07-02", "phone"))
    found = row(office, office.runner.run(messages.TellCustomer(visit, "moved")))
    assert (found.channel, found.address) == ("text", number)


def test_second_message_about_a_visit_takes_the_place_of_the_first(
    office: Office, visit: int
) -> None:
    move(office, visit)
    first = office.runner.run(messages.TellCustomer(visit, "moved"))
    move(office, visit, "2026-07-17T10:00")
    assert not row(office, first).fits
    assert office.runner.run(messages.TellCustomer(visit, "moved")) == first
    assert row(office, first).fits
    assert "Friday, July 17, 10:00 AM" in row(office, first).body
    assert counts(office) == (1, 0)


def test_telling_him_writes_what_he_knows_and_undo_takes_it_back(
    office: Office, visit: int, clock: FrozenClock
) -> None:
    move(office, visit)
    ident = office.runner.run(messages.TellCustomer(visit, "moved"))
    office.runner.run(messages.MarkMessagesTold((ident,), "phone"))
    assert owed(office, visit) is None
    assert counts(office) == (0, 0)
    assert (row(office, ident).state, row(office, ident).channel) == ("sent", "phone")
    office.runner.run(UndoLast())
    assert owed(office, visit) is not None
    assert counts(office) == (1, 0)
    assert row(office, ident).channel == "email"


def test_told_of_a_cancelling_he_expects_nobody(office: Office, visit: int) -> None:
    office.runner.run(commands.CancelAppointment(visit))
    found = owed(office, visit)
    assert found is not None
    assert found.occasion == "cancelled"
    ident = office.runner.run(messages.TellCustomer(visit, "cancelled"))
    assert row(office, ident).fits
    office.runner.run(messages.MarkMessagesTold((ident,)))
    assert owed(office, visit) is None
    office.runner.run(commands.SetAppointmentState(visit, "confirmed"))
    again = owed(office, visit)
    assert again is not None
    assert again.occasion == "moved"


def test_told_by_mouth_no_message_waits_any_more(office: Office, visit: int) -> None:
    move(office, visit)
    office.runner.run(messages.TellCustomer(visit, "moved"))
    office.runner.run(messages.MarkTold((visit,)))
    assert counts(office) == (0, 0)
    assert owed(office, visit) is None
    office.runner.run(UndoLast())
    assert counts(office) == (1, 0)


def test_discarded_message_leaves_the_customer_untold(office: Office, visit: int) -> None:
    move(office, visit)
    ident = office.runner.run(messages.TellCustomer(visit, "moved"))
    office.runner.run(messages.DiscardMessages((ident,)))
    assert counts(office) == (0, 1)
    with pytest.raises(AppError, match="does not wait"):
        office.runner.run(messages.MarkMessagesTold((ident,)))


def test_words_can_be_changed_while_it_waits(office: Office, visit: int) -> None:
    ident = office.runner.run(messages.TellCustomer(visit, "moved"))
    office.runner.run(messages.SaveMessage(ident, "text", "605-555-0138", "Hi", "We come at 9."))
    found = row(office, ident)
    assert (found.channel, found.subject, found.body) == ("text", "Hi", "We come at 9.")
    with pytest.raises(AppError, match="some words"):
        office.runner.run(messages.SaveMessage(ident, "text", "", "", "  "))


def test_appointment_without_a_customer_has_nobody_to_tell(office: Office) -> None:
    draft = AppointmentDraft(OLD, 60, "America/Chicago", kind="personal", title="Dentist")
    ident = office.runner.run(commands.CreateAppointment(draft))
    with pytest.raises(AppError, match="no customer"):
        office.runner.run(messages.TellCustomer(ident, "moved"))


def test_list_is_in_order_of_the_visits(office: Office, moen: int) -> None:
    base = AppointmentDraft(NEW, 60, "America/Chicago", contact_id=moen)
    late = office.runner.run(commands.CreateAppointment(base))
    early = office.runner.run(commands.CreateAppointment(replace(base, starts_local=OLD)))
    made = [office.runner.run(messages.TellCustomer(i, "booked")) for i in (late, early)]
    found = office.read(lambda r: queries.message_ids(r, "waiting", office.clock.now_ms()))
    assert list(found) == made[::-1]
