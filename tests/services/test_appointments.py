from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tcf_desktop import models
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.appointments import AppointmentDraft, LineDraft
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import appointment, schedule
from tcf_desktop.services.undo import RedoLast, UndoLast
from tcf_desktop.services.uow import UnitOfWork

ZONE = "America/Chicago"
MONDAY = date(2026, 7, 13)
SUNDAY = date(2026, 7, 19)


class AddCrew(Command[int]):
    def __init__(self, name: str) -> None:
        self.name = name

    def execute(self, uow: UnitOfWork) -> int:
        crew = uow.add(models.Crew(name=self.name, color_index=0, position=0, deleted_at=None))
        lead = uow.add(models.Worker(name=f"{self.name} lead", crew_id=crew.id, deleted_at=None))
        uow.add(models.CrewMember(worker_id=lead.id, crew_id=crew.id))
        return crew.id


@pytest.fixture
def moen(office: Office) -> int:
    draft = ContactDraft(
        first_name="Astrid",
        last_name="Moen",
        kind="prospect",
        places=(Place(street="414 S Prairie Ave", city="Sioux Falls", region="SD"),),
    )
    return office.runner.run(SaveContact(draft))


@pytest.fixture
def crew(office: Office) -> int:
    return office.runner.run(AddCrew("Windows A"))


def draft(**more: object) -> AppointmentDraft:
    base = AppointmentDraft(
        starts_local="2026-07-15T14:00",
        minutes=120,
        zone=ZONE,
        title="Inside + out",
        arrival_minutes=60,
        lines=(
            LineDraft("Windows inside", 9_000 * E4),
            LineDraft("Screens", 500 * E4, qty_milli=12_500),
        ),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def detail(office: Office, ident: int) -> appointment.AppointmentDetail:
    found = office.read(lambda r: appointment.detail(r, ident))
    assert found is not None
    return found


def week(office: Office) -> tuple[schedule.AppointmentBlock, ...]:
    now = office.clock.now_ms()
    return office.read(lambda r: schedule.blocks(r, MONDAY, SUNDAY, ZONE, now))


def test_booked_visit_is_on_the_week_with_its_customer_and_price(
    office: Office, moen: int, crew: int
) -> None:
    ident = office.runner.run(commands.CreateAppointment(draft(contact_id=moen, crew_id=crew)))
    (block,) = week(office)
    assert (block.id, block.name, block.service) == (ident, "Moen, Astrid", "Inside + out")
    assert (block.total_cents, block.crew_id) == (15_250, crew)
    assert block.arrival_until_local == "2026-07-15T15:00"
    found = detail(office, ident)
    assert [line.name for line in found.lines] == ["Windows inside", "Screens"]
    assert found.crew_name == "Windows A"
    assert office.read(lambda r: r.value("SELECT kind FROM contacts WHERE id = ?", (moen,))) == (
        "customer"
    )


def test_every_change_can_be_undone_and_done_again(office: Office, moen: int, crew: int) -> None:
    run = office.runner.run
    ident = run(commands.CreateAppointment(draft(contact_id=moen)))
    states = [detail(office, ident)]
    for command in (
        commands.MoveAppointment(ident, "2026-07-16T09:30", change_who=True, crew_id=crew),
        commands.ResizeAppointment(ident, 90),
        commands.AssignAppointment(ident, worker_id=1),
        commands.SaveAppointment(ident, draft(contact_id=moen, note="Gate 4711", lines=())),
        commands.FinishAppointment(ident),
    ):
        run(command)
        states.append(detail(office, ident))
    assert len({repr(state) for state in states}) == len(states)
    labels = [run(UndoLast()).text() for _ in range(5)]
    assert labels == [
        "finishing Moen, Astrid",
        "change of Moen, Astrid",
        "handing Moen, Astrid to Windows A lead",
        "new length of Moen, Astrid",
        "move of Moen, Astrid",
    ]
    assert detail(office, ident) == states[0]
    for _ in range(5):
        run(RedoLast())
    assert detail(office, ident) == states[-1]


def test_move_takes_the_promised_window_along_and_raises_the_sequence(
    office: Office, moen: int
) -> None:
    ident = office.runner.run(commands.CreateAppointment(draft(contact_id=moen)))
    office.runner.run(commands.MoveAppointment(ident, "2026-11-02T09:15"))
    found = detail(office, ident)
    assert found.arrival_from_local == "2026-11-02T09:15"
    assert found.ends_at - found.starts_at == 7_200_000
    read = "SELECT sequence, updated_at FROM appointments WHERE id = ?"
    assert office.read(lambda r: r.one(read, (ident,))) == (1, office.clock.now_ms())


def test_deleted_visit_leaves_the_week_and_undo_brings_it_back(office: Office, moen: int) -> None:
    ident = office.runner.run(commands.CreateAppointment(draft(contact_id=moen)))
    office.runner.run(commands.DeleteAppointment(ident))
    assert week(office) == ()
    with pytest.raises(AppError) as refused:
        office.runner.run(commands.MoveAppointment(ident, "2026-07-16T09:30"))
    assert refused.value.code == "data.gone"
    office.runner.run(UndoLast())
    assert len(week(office)) == 1


def test_copy_is_a_visit_of_its_own(office: Office, moen: int, crew: int) -> None:
    ident = office.runner.run(commands.CreateAppointment(draft(contact_id=moen)))
    office.runner.run(commands.FinishAppointment(ident))
    copy = office.runner.run(
        commands.CopyAppointment(ident, "2026-07-17T08:00", change_who=True, crew_id=crew)
    )
    found, source = detail(office, copy), detail(office, ident)
    assert (found.state, found.crew_id, found.lines) == ("confirmed", crew, source.lines)
    uids = office.read(lambda r: r.all("SELECT DISTINCT uid FROM appointments"))
    assert len(uids) == 2


def test_what_is_wrong_is_refused_and_nothing_is_written(office: Office, moen: int) -> None:
    cases = (
        (draft(contact_id=moen, minutes=0), "schedule.length"),
        (draft(contact_id=moen, minutes=2881), "schedule.length"),
        (draft(zone="Nowhere/Land"), "schedule.zone"),
        (draft(starts_local="soon"), "schedule.time"),
        (draft(contact_id=999), "schedule.contact"),
        (draft(location_id=1), "schedule.contact"),
        (draft(crew_id=999), "schedule.who"),
        (draft(worker_id=999), "schedule.who"),
        (draft(lines=(LineDraft("Much", 10**15 * E4),)), "schedule.price"),
        (draft(lines=(LineDraft("x", 1 * E4),) * 201), "schedule.lines"),
    )
    for wrong, code in cases:
        with pytest.raises(AppError) as refused:
            office.runner.run(commands.CreateAppointment(wrong))
        assert refused.value.code == code
    assert office.read(lambda r: r.value("SELECT count(*) FROM appointments")) == 0


def test_cancelled_visit_is_shown_for_an_hour(
    office: Office, clock: FrozenClock, moen: int
) -> None:
    ident = office.runner.run(commands.CreateAppointment(draft(contact_id=moen)))
    office.runner.run(commands.CancelAppointment(ident))
    (block,) = week(office)
    assert not block.counts
    clock.advance(3601)
    assert week(office) == ()
    with pytest.raises(AppError) as refused:
        office.runner.run(commands.FinishAppointment(ident))
    assert refused.value.code == "schedule.state"


def test_days_count_visits_and_money_of_the_shown_crews(
    office: Office, moen: int, crew: int
) -> None:
    for start, kind in (("2026-07-15T08:00", "job"), ("2026-07-15T12:00", "estimate")):
        office.runner.run(
            commands.CreateAppointment(draft(contact_id=moen, starts_local=start, kind=kind))
        )
    office.runner.run(
        commands.CreateAppointment(
            draft(title="Van 2 in service", kind="personal", all_day=True, minutes=1440, lines=())
        )
    )
    shown = week(office)
    summary = schedule.summaries(shown, [date(2026, 7, 14), date(2026, 7, 15)])
    assert summary[date(2026, 7, 15)] == schedule.DaySummary(1, 15_250)
    assert summary[date(2026, 7, 14)] == schedule.DaySummary(0, 0)
    assert [block.all_day for block in shown] == [False, False, True]


def test_crew_booked_twice_is_marked(office: Office, moen: int, crew: int) -> None:
    run = office.runner.run
    one = run(commands.CreateAppointment(draft(contact_id=moen, crew_id=crew)))
    two = run(
        commands.CreateAppointment(
            draft(contact_id=moen, starts_local="2026-07-15T15:30", worker_id=1)
        )
    )
    run(commands.CreateAppointment(draft(contact_id=moen, starts_local="2026-07-15T16:00")))
    assert {block.id for block in week(office) if block.conflict} == {one, two}


def test_entry_of_another_zone_stands_at_the_hour_of_the_office(office: Office) -> None:
    office.runner.run(
        commands.CreateAppointment(
            draft(zone="Europe/Warsaw", starts_local="2026-07-15T16:00", kind="personal")
        )
    )
    (block,) = week(office)
    assert block.starts_local == "2026-07-15T09:00"
    assert block.arrival_until_local == "2026-07-15T10:00"


def test_long_whole_day_entry_is_found_in_its_middle(office: Office) -> None:
    office.runner.run(
        commands.CreateAppointment(
            draft(
                title="Leave",
                kind="personal",
                all_day=True,
                starts_local="2026-01-01T00:00",
                minutes=300 * 1440,
                lines=(),
            )
        )
    )
    assert [block.name for block in week(office)] == ["Leave"]


def test_texts_of_any_kind_are_kept(office: Office) -> None:
    title = "=cmd|' \u05e9\u05dc\u05d5\u05dd \U0001f9fd " * 400
    ident = office.runner.run(commands.CreateAppointment(draft(title=title, kind="task")))
    assert detail(office, ident).title == title.strip()[:10_000]


def test_entry_of_another_zone_is_moved_by_the_clock_of_the_office(office: Office) -> None:
    ident = office.runner.run(
        commands.CreateAppointment(
            draft(zone="Europe/Warsaw", starts_local="2026-07-15T16:00", kind="personal")
        )
    )
    office.runner.run(commands.MoveAppointment(ident, "2026-07-16T10:00", zone=ZONE))
    (block,) = week(office)
    assert block.starts_local == "2026-07-16T10:00"
    assert block.arrival_until_local == "2026-07-16T11:00"
    office.runner.run(commands.ResizeAppointment(ident, 45, zone=ZONE))
    assert week(office)[0].starts_local == "2026-07-16T10:00"


def test_what_was_dissolved_since_may_stay(office: Office, moen: int, crew: int) -> None:
    ident = office.runner.run(commands.CreateAppointment(draft(contact_id=moen, crew_id=crew)))

    class Dissolve(Command[None]):
        def execute(self, uow: UnitOfWork) -> None:
            uow.get(models.Crew, crew).deleted_at = uow.now_at
            uow.get(models.Contact, moen).deleted_at = uow.now_at

    office.runner.run(Dissolve())
    office.runner.run(
        commands.SaveAppointment(ident, draft(contact_id=moen, crew_id=crew, note="Kept"))
    )
    assert detail(office, ident).note == "Kept"
    with pytest.raises(AppError):
        office.runner.run(commands.CreateAppointment(draft(crew_id=crew)))


def test_invoiced_visit_keeps_its_work_and_time(office: Office, moen: int) -> None:
    from tcf_desktop.services.invoices import DraftInvoiceFromAppointments

    run = office.runner.run
    ident = run(commands.CreateAppointment(draft(contact_id=moen, state="confirmed")))
    run(commands.FinishAppointment(ident))
    run(DraftInvoiceFromAppointments((ident,)))
    done = draft(contact_id=moen, state="done")
    for refused in (
        commands.MoveAppointment(ident, "2026-07-16T09:30"),
        commands.ResizeAppointment(ident, 45),
        commands.SetAppointmentState(ident, "confirmed"),
        commands.DeleteAppointment(ident),
        commands.SaveAppointment(ident, replace(done, lines=())),
    ):
        with pytest.raises(AppError) as trouble:
            run(refused)
        assert trouble.value.code == "schedule.invoiced"
    run(commands.SaveAppointment(ident, replace(done, note="Paid in cash")))
    assert detail(office, ident).note == "Paid in cash"


def test_the_promised_window_stands_apart_from_the_planned_time(office: Office) -> None:
    told = draft(arrival_minutes=120, arrival_from_local="2026-07-15T13:00")
    visit = office.runner.run(commands.CreateAppointment(told))
    office.runner.run(commands.MoveAppointment(visit, "2026-07-16T15:00"))
    found = detail(office, visit)
    assert found.starts_local == "2026-07-16T15:00"
    assert found.arrival_from_local == "2026-07-16T14:00"
    with pytest.raises(AppError) as refused:
        office.runner.run(
            commands.SaveAppointment(visit, replace(told, arrival_from_local="2026-07-18T13:00"))
        )
    assert refused.value.code == "schedule.arrival"


def test_a_reason_is_kept_only_while_the_visit_does_not_take_place(office: Office) -> None:
    visit = office.runner.run(commands.CreateAppointment(draft()))
    office.runner.run(commands.CancelAppointment(visit, " Rain "))
    assert detail(office, visit).cancel_reason == "Rain"
    office.runner.run(commands.SetAppointmentState(visit, "confirmed", "of no use"))
    assert detail(office, visit).cancel_reason == ""
