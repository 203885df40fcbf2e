from __future__ import annotations

from datetime import date

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.services.office import Office
from tcf_desktop.services.series import CreateSeries, SkipOccurrence
from tcf_desktop.services.series_settling import SettleSeries, settle
from tcf_desktop.services.undo import UndoLast
from tests.services.series_tools import add_moen, book, draft, shown, weekly

_DAY = 86_400


def test_visits_that_have_begun_are_written_down_once(office: Office, clock: FrozenClock) -> None:
    moen = add_moen(office)
    series = office.runner.run(CreateSeries(draft(contact_id=moen), weekly("FREQ=DAILY")))
    office.runner.run(CreateSeries(draft(kind="personal", title="Papers", lines=()), weekly()))
    office.runner.run(SkipOccurrence(occurrence_id(series, date(2026, 7, 16))))
    assert settle(office) == 0
    clock.advance(3 * _DAY)  # Friday, July 17, 10:42
    plan = shown(office, "2026-07-13", "2026-07-19")
    assert settle(office) == 2
    assert settle(office) == 0
    assert office.runner.run(SettleSeries()) == 0
    rows = office.read(
        lambda r: r.all("SELECT occurrence_on, contact_id, state FROM appointments ORDER BY 1")
    )
    assert rows == [("2026-07-15", moen, "confirmed"), ("2026-07-17", moen, "confirmed")]
    assert shown(office, "2026-07-13", "2026-07-19") == plan
    lines = office.read(lambda r: r.value("SELECT count(*) FROM appointment_lines"))
    assert lines == 2
    # Nobody did it: the last thing to undo is what somebody did.
    office.runner.run(UndoLast())
    assert book(office)["series_skips"] == []


def test_what_lies_long_ago_stays_computed(office: Office, clock: FrozenClock) -> None:
    moen = add_moen(office)
    office.runner.run(CreateSeries(draft(contact_id=moen), weekly()))
    clock.advance(100 * _DAY)  # October 22
    assert settle(office) == 9
    assert len(shown(office, "2026-07-13", "2026-10-22")) == 15
