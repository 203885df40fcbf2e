"""What is to be done at a visit: its own list, the usual one of a service, ticked off."""

from __future__ import annotations

from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CopyAppointment, CreateAppointment, SaveAppointment
from tcf_desktop.services.catalog import SaveService
from tcf_desktop.services.checklists import SetChecklist, SetServiceChecklist, TickItem
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.appointment import detail
from tcf_desktop.services.queries.checklists import CheckRow, service_checklists
from tcf_desktop.services.undo import UndoLast

START = "2026-07-15T14:00"


def draft(office: Office, *, service: bool = True, **more: object) -> AppointmentDraft:
    lines: tuple[LineDraft, ...] = ()
    if service:
        ident = office.runner.run(SaveService(None, "Screens", 4_000 * E4))
        office.runner.run(SetServiceChecklist(ident, ("Count them", " ", "Hang\nthem back")))
        lines = (LineDraft("Screens", 4_000 * E4, service_id=ident), LineDraft("Extra", 100 * E4))
    return AppointmentDraft(START, 60, "America/Chicago", title="x", lines=lines, **more)  # type: ignore[arg-type]


def items(office: Office, ident: int) -> list[tuple[str, bool]]:
    found = office.read(lambda r: detail(r, ident))
    assert found is not None
    return [(row.text, row.done) for row in found.checklist]


def test_a_new_visit_takes_the_usual_list_of_its_services(office: Office) -> None:
    visit = office.runner.run(CreateAppointment(draft(office)))
    assert items(office, visit) == [("Count them", False), ("Hang them back", False)]
    (usual,) = office.read(service_checklists).values()
    assert usual == ("Count them", "Hang them back")


def test_an_own_list_goes_before_the_usual_one(office: Office) -> None:
    visit = office.runner.run(CreateAppointment(draft(office, checklist=("Ring first",))))
    assert items(office, visit) == [("Ring first", False)]
    none = office.runner.run(CreateAppointment(draft(office, service=False, checklist=())))
    assert items(office, none) == []


def test_ticking_is_undone(office: Office) -> None:
    visit = office.runner.run(CreateAppointment(draft(office)))
    office.runner.run(TickItem(visit, 1))
    assert items(office, visit) == [("Count them", False), ("Hang them back", True)]
    office.runner.run(UndoLast())
    assert items(office, visit) == [("Count them", False), ("Hang them back", False)]


def test_what_stays_on_a_changed_list_stays_ticked(office: Office) -> None:
    visit = office.runner.run(CreateAppointment(draft(office)))
    office.runner.run(TickItem(visit, 1))
    office.runner.run(SetChecklist(visit, ("Hang them back", "Sweep")))
    assert items(office, visit) == [("Hang them back", True), ("Sweep", False)]
    office.runner.run(UndoLast())
    assert items(office, visit) == [("Count them", False), ("Hang them back", True)]
    assert office.read(lambda r: detail(r, visit)).checklist[0] == CheckRow(0, "Count them", False)  # type: ignore[union-attr]


def test_saving_without_a_list_keeps_the_stored_one(office: Office) -> None:
    visit = office.runner.run(CreateAppointment(draft(office)))
    office.runner.run(TickItem(visit, 0))
    office.runner.run(SaveAppointment(visit, draft(office, service=False)))
    assert items(office, visit)[0] == ("Count them", True)
    copy = office.runner.run(CopyAppointment(visit, "2026-07-16T14:00"))
    assert items(office, copy)[0] == ("Count them", False)
