"""Positions in the database: once each, only inside shifts, gone after a day outside."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.imports import Action, ImportPlan
from tcf_desktop.domain.tracks import ENCRYPTED, Delivery, ParsedTrack, PointRow, Reading, Stored
from tcf_desktop.services import phones, timesheets, track_import
from tcf_desktop.services import tracks as service
from tcf_desktop.services.importers import parse_files
from tcf_desktop.services.office import Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries import phones as phone_queries
from tcf_desktop.services.queries import tracks as queries
from tcf_desktop.services.undo import UndoLast

HOUR = 3_600_000
GPX = Path(__file__).parents[1] / "fixtures" / "tracks" / "files" / "around-visnjan-with-car.gpx"


@pytest.fixture
def marcus(office: Office) -> int:
    return office.runner.run(timesheets.AddWorker("Marcus Reed"))


@pytest.fixture
def phone(office: Office, marcus: int) -> phones.PairedPhone:
    return office.runner.run(phones.PairPhone(marcus, "overland"))


def point(phone_id: int, fix_at: int, received_at: int, **changes: object) -> PointRow:
    values = {"lat": 43.54, "lon": -96.73, "acc": 8.0, "flags": 0} | changes
    return (
        phone_id, fix_at - fix_at % 1000, values["lat"], values["lon"], values["acc"], None, None,
        None, values["flags"], "overland", received_at,
    )  # type: ignore[return-value]  # fmt: skip


def deliver(office: Office, phone_id: int, *points: PointRow, **more: object) -> Stored:
    now = office.clock.now_ms()
    delivery = Delivery(phone_id, now, "overland", Reading(points, **more))  # type: ignore[arg-type]
    return service.TrackSink(office).store([delivery]).result(10)[0]


def visible(office: Office) -> int:
    return office.read(lambda r: queries.visible_points(r, 0, 1 << 60))


def stored(office: Office) -> int:
    return office.read(lambda r: r.value("SELECT count(*) FROM track_points"))


def test_a_point_is_stored_once_and_told_as_a_duplicate_afterwards(
    office: Office, phone: phones.PairedPhone
) -> None:
    now = office.clock.now_ms()
    points = [point(phone.id, now - second * 1000, now) for second in range(100)]

    assert deliver(office, phone.id, *points) == Stored(100, 0, 0)
    assert deliver(office, phone.id, *points, point(phone.id, now - HOUR, now)) == Stored(1, 100, 0)
    assert stored(office) == 101


def test_points_are_seen_only_inside_a_shift_whenever_the_shift_is_entered(
    office: Office, phone: phones.PairedPhone, marcus: int
) -> None:
    now = office.clock.now_ms()
    deliver(office, phone.id, *(point(phone.id, now - hours * HOUR, now) for hours in (1, 3, 5, 7)))
    assert visible(office) == 0

    office.runner.run(timesheets.ClockIn(marcus, now - 6 * HOUR))
    assert visible(office) == 3
    office.runner.run(timesheets.ClockOut(marcus, now - 2 * HOUR))
    assert visible(office) == 2
    (track,) = office.read(lambda r: queries.day_tracks(r, now - 24 * HOUR, now + HOUR))
    assert [position.fix_at for position in track.positions] == [now - 5 * HOUR, now - 3 * HOUR]

    office.runner.run(UndoLast())
    assert visible(office) == 3


def test_the_second_of_clocking_in_and_out_is_inside(
    office: Office, phone: phones.PairedPhone, marcus: int
) -> None:
    now = office.clock.now_ms()
    office.runner.run(timesheets.ClockIn(marcus, now - HOUR + 400))
    office.runner.run(timesheets.ClockOut(marcus, now))
    deliver(office, phone.id, point(phone.id, now - HOUR, now), point(phone.id, now, now))

    assert visible(office) == 2


def test_uncovered_points_go_after_a_day_and_covered_ones_stay(
    office: Office, phone: phones.PairedPhone, marcus: int, clock: FrozenClock
) -> None:
    now = clock.now_ms()
    for start, end in ((30, 20), (10, 5)):
        office.runner.run(timesheets.ClockIn(marcus, now - start * HOUR))
        office.runner.run(timesheets.ClockOut(marcus, now - end * HOUR))
    hours = (40, 30, 25, 20, 15, 10, 7, 5, 2)
    deliver(office, phone.id, *(point(phone.id, now - hour * HOUR, now) for hour in hours))

    assert service.purge_uncovered(office) == 0
    clock.advance(23.9 * 3600)
    assert service.purge_uncovered(office) == 0
    clock.advance(0.2 * 3600)
    assert service.purge_uncovered(office) == 3
    left = office.read(lambda r: r.all("SELECT fix_at FROM track_points ORDER BY fix_at"))
    assert [(now - row[0]) // HOUR for row in left] == [30, 25, 20, 10, 7, 5]


def test_purging_goes_in_steps_until_all_is_gone(
    office: Office, phone: phones.PairedPhone, clock: FrozenClock
) -> None:
    now = clock.now_ms()
    deliver(office, phone.id, *(point(phone.id, now - n * 1000, now) for n in range(1201)))
    clock.advance(25 * 3600)

    assert service.purge_uncovered(office) == 1201
    assert stored(office) == 0


def test_purged_positions_leave_no_bytes_behind(
    office: Office, phone: phones.PairedPhone, clock: FrozenClock
) -> None:
    import struct

    now, mark = clock.now_ms(), 43.123456789012
    deliver(office, phone.id, *(point(phone.id, now - n * 1000, now, lat=mark) for n in range(700)))
    clock.advance(25 * 3600)
    service.purge_uncovered(office)
    folder = office.folder

    needle = struct.pack(">d", mark)
    for path in folder.path.rglob("*"):
        if path.is_file():
            assert needle not in path.read_bytes(), path.name


def test_the_phone_state_follows_and_never_goes_back(
    office: Office, phone: phones.PairedPhone, clock: FrozenClock
) -> None:
    now = clock.now_ms()
    deliver(office, phone.id, point(phone.id, now - 1000, now), battery=81)
    clock.advance(60)
    deliver(office, phone.id, point(phone.id, now - HOUR, now))
    (row,) = office.read(phone_queries.phone_rows)

    assert (row.last_heard_at, row.last_fix_at) == (now + 60_000, now - 1000)
    assert (row.battery_percent, row.points, row.worker) == (81, 2, "Marcus Reed")
    assert row.name == "Marcus’s phone"


def test_unreadable_bodies_are_kept_for_the_owner_within_bounds(
    office: Office, phone: phones.PairedPhone, clock: FrozenClock
) -> None:
    sink = service.TrackSink(office)
    now = clock.now_ms()

    def send(size: int) -> Stored:
        reading = Reading(unreadable=ENCRYPTED)
        return sink.store([Delivery(phone.id, now, "owntracks", reading, b"x" * size)]).result(10)[
            0
        ]

    send(1000)
    (row,) = office.read(phone_queries.phone_rows)
    assert (row.unreadable, row.unreadable_reason) == (1, ENCRYPTED)
    send(8 << 20)
    send(8 << 20)
    with pytest.raises(AppError) as caught:
        send(8 << 20)
    assert caught.value.code == "phones.unreadable_full"
    assert office.runner.run(service.ForgetUnreadable(phone.id)) == 3
    send(8 << 20)
    clock.advance(31 * 86_400)
    service.purge_uncovered(office)
    assert office.read(phone_queries.phone_rows)[0].unreadable == 0


def test_the_endpoint_knows_a_phone_at_once_and_no_more_after_unpairing(
    office: Office, marcus: int
) -> None:
    sink = service.TrackSink(office)
    assert sink.phone_of("0" * 64) is None
    phone = office.runner.run(phones.PairPhone(marcus, "owntracks"))
    shown = hashlib.sha256(phone.token.encode()).hexdigest()

    known = sink.phone_of(shown)
    assert known is not None
    assert known.phone_id == phone.id
    office.runner.run(phones.UnpairPhone(phone.id))
    assert sink.phone_of(shown) is None
    office.runner.run(UndoLast())
    assert sink.phone_of(shown) == known


def test_the_secret_is_stored_nowhere(office: Office, phone: phones.PairedPhone) -> None:
    folder = office.folder
    office.close()
    for path in folder.path.rglob("*"):
        if path.is_file():
            assert phone.token.encode() not in path.read_bytes()


# track files


def read_gpx(office: Office) -> ParsedTrack:
    (parsed,) = parse_files(office.ports.files, "track", [str(GPX)])
    return parsed


def plan_of(office: Office, parsed: ParsedTrack, worker_id: int | None = None) -> ImportPlan:
    return office.read(lambda r: track_import.plan_tracks(r, [parsed], worker_id))


def import_of(plan: ImportPlan) -> track_import.ImportTracks:
    return track_import.ImportTracks(plan, Progress())


def test_a_file_is_imported_once_and_taken_back_whole(office: Office, marcus: int) -> None:
    parsed = read_gpx(office)
    start, end = parsed.span() or (0, 0)
    office.runner.run(timesheets.ClockIn(marcus, start))
    office.runner.run(timesheets.ClockOut(marcus, end))
    plan = plan_of(office, parsed)

    assert (plan.count(Action.ADD), plan.rows[0].name) == (104, "Marcus Reed")
    office.runner.run(import_of(plan))
    assert visible(office) == 104
    assert {row.action for row in plan_of(office, parsed).rows} == {Action.SKIP}

    office.runner.run(UndoLast())
    assert visible(office) == 0
    assert office.read(phone_queries.phone_count) == 0
    office.runner.run(import_of(plan))
    assert visible(office) == 104


def test_nobody_is_guessed_when_several_people_fit(office: Office, marcus: int) -> None:
    office.runner.run(timesheets.AddWorker("Dee Wallace"))
    parsed = read_gpx(office)
    plan = plan_of(office, parsed)

    assert {row.action for row in plan.rows} == {Action.IN_DOUBT}
    named = plan_of(office, parsed, marcus)
    assert {(row.action, row.reason) for row in named.rows} == {(Action.ADD, track_import.OUTSIDE)}


def test_the_person_is_found_by_the_name_or_by_the_clock(office: Office, marcus: int) -> None:
    dee = office.runner.run(timesheets.AddWorker("Dee Wallace"))
    parsed = read_gpx(office)
    named = replace(parsed, file="marcus reed 2020.gpx")
    assert {row.name for row in plan_of(office, named).rows} == {"Marcus Reed"}

    start, _ = parsed.span() or (0, 0)
    office.runner.run(timesheets.ClockIn(dee, start))
    assert {row.name for row in plan_of(office, parsed).rows} == {"Dee Wallace"}


def test_undone_imports_are_purged_after_a_day(
    office: Office, marcus: int, clock: FrozenClock
) -> None:
    parsed = read_gpx(office)
    start, end = parsed.span() or (0, 0)
    office.runner.run(timesheets.ClockIn(marcus, start))
    office.runner.run(timesheets.ClockOut(marcus, end))
    office.runner.run(import_of(plan_of(office, parsed)))
    clock.advance(25 * 3600)
    assert service.purge_uncovered(office) == 0
    office.runner.run(UndoLast())
    assert service.purge_uncovered(office) == 104
