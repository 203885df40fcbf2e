"""The sample business: the same for the same seed and date, believable, and sound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.models.connection import Reader
from tcf_desktop.services import sample_business
from tcf_desktop.services.check import check_office
from tcf_desktop.services.office import NewBusiness, Office
from tcf_desktop.services.sample import bulk, places, tracks
from tcf_desktop.services.sample.book import ORDER, Book, Visit
from tcf_desktop.services.sample_business import SIZES, BuildReport

TODAY = date(2026, 7, 14)
TUESDAY_10_42 = 1_784_043_720_000


def build(folder: Path, now: int = TUESDAY_10_42, **options: object) -> tuple[Office, BuildReport]:
    office = Office.create(DataFolder(folder), FrozenClock(now), NewBusiness("Any"))
    options.setdefault("date", TODAY)
    return office, sample_business.build(office, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def default(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office, _report = build(tmp_path_factory.mktemp("default"))
    yield office
    assert office.close(10)


def dump(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Every business row except the moment at which the file was made."""

    def read(r: Reader) -> dict[str, list[tuple[object, ...]]]:
        tables = [
            name
            for (name,) in r.all(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                " AND name NOT LIKE 'contact_search%'"
            )
        ]
        return {
            table: r.all(f"SELECT * FROM {table} ORDER BY 1")
            for table in tables
            if table not in {"settings", "alembic_version"}
        }

    return office.read(read)


def test_the_same_seed_and_date_give_the_same_business(tmp_path: Path) -> None:
    first, _ = build(tmp_path / "a", size="small", seed=7)
    second, _ = build(tmp_path / "b", size="small", seed=7)
    other, _ = build(tmp_path / "c", size="small", seed=8)
    try:
        one, two, three = dump(first), dump(second), dump(other)
        assert one == two
        assert one["contacts"] != three["contacts"]
        assert one["track_points"]
    finally:
        assert all(office.close(10) for office in (first, second, other))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 7, 14), date(2026, 7, 18), date(2026, 7, 19), date(2026, 7, 20),
        date(2026, 11, 2), date(2026, 11, 23), date(2026, 12, 25), date(2027, 1, 1),
        date(2027, 3, 15), date(2028, 2, 29),
    ],
)  # fmt: skip
def test_it_is_sound_on_any_day(tmp_path: Path, day: date) -> None:
    office, report = build(tmp_path, size="small", date=day)
    try:
        assert check_office(office).lines()[0].startswith("Everything is in order")
        assert report.rows["contacts"] == 42
        living = "SELECT count(*) FROM contacts WHERE deleted_at IS NULL"
        assert office.read(lambda r: r.value(living)) == 40
        visits = office.read(
            lambda r: r.value(
                "SELECT count(*) FROM appointments WHERE kind = 'job' AND starts_local LIKE ?",
                (f"{day}%",),
            )
        )
        assert visits >= 12
        late = "SELECT max(paid_on) FROM payments", "SELECT max(issued_on) FROM invoices"
        for sql in late:
            assert office.read(lambda r, sql=sql: r.value(sql)) <= day.isoformat()
    finally:
        assert office.close(10)


def test_today_is_half_done_at_the_given_hour(default: Office) -> None:
    today = default.read(
        lambda r: r.all(
            "SELECT c.display_name, a.state, a.total_cents, a.invoice_id FROM appointments a"
            " JOIN contacts c ON c.id = a.contact_id WHERE a.starts_local LIKE '2026-07-14%'"
        )
    )
    states = {name: state for name, state, _total, _invoice in today}
    assert len(today) == 12
    assert sum(total for _name, _state, total, _invoice in today) == 2_199_00
    assert states["Julia Hartmann"] == states["Doris Meyer"] == "done"
    assert states["Prairie Dental"] == states["Peter Novak"] == "arrived"
    assert states["Sam Bishop"] == "on_the_way"  # planned for ten: late
    assert states["Linh Tran"] == "confirmed"
    assert all(invoice is None for _name, _state, _total, invoice in today)


def test_early_and_late_hours_fit_the_day(tmp_path: Path) -> None:
    for name, now, expected in (
        ("early", TUESDAY_10_42 - 5 * 3_600_000, {"confirmed"}),
        ("late", TUESDAY_10_42 + 8 * 3_600_000, {"done"}),
    ):
        office, _ = build(tmp_path / name, now=now, size="small")
        try:
            states = office.read(
                lambda r: r.all(
                    "SELECT DISTINCT state FROM appointments WHERE kind = 'job'"
                    " AND starts_local LIKE '2026-07-14%'"
                )
            )
            assert {state for (state,) in states} == expected
            running = office.read(
                lambda r: r.value("SELECT count(*) FROM shifts WHERE clock_out_at IS NULL")
            )
            assert running == 1  # yesterday's forgotten clock
            ahead = office.read(lambda r: r.value("SELECT max(fix_at) FROM track_points"))
            assert ahead <= now
        finally:
            assert office.close(10)


def test_default_size_is_a_plausible_company(default: Office) -> None:
    def read(r: Reader) -> dict[str, int]:
        return {
            "contacts": r.value("SELECT count(*) FROM contacts WHERE deleted_at IS NULL"),
            "customers": r.value("SELECT count(*) FROM contacts WHERE kind = 'customer'"),
            "trash": r.value("SELECT count(*) FROM contacts WHERE deleted_at IS NOT NULL"),
            "several": r.value(
                "SELECT count(*) FROM (SELECT 1 FROM locations WHERE is_billing = 0"
                " GROUP BY contact_id HAVING count(*) > 1)"
            ),
            "phones": r.value("SELECT count(DISTINCT digits) FROM contact_phones"),
            "all_phones": r.value("SELECT count(*) FROM contact_phones"),
            "open": r.value("SELECT count(*) FROM invoices WHERE open_cents > 0"),
            "overdue": r.value(
                "SELECT count(*) FROM invoices WHERE open_cents > 0 AND due_on < '2026-07-14'"
            ),
            "yearly": r.value(
                "SELECT sum(total_cents) FROM invoices WHERE issued_on >= '2025-07-14'"
            ),
            "personal": r.value(
                "SELECT count(*) FROM appointments WHERE kind = 'personal' AND all_day = 1"
            ),
            "journal": r.value("SELECT count(*) FROM journal"),
            "first": r.value("SELECT min(series_n) FROM invoices"),
        }

    facts = default.read(read)
    assert (facts["contacts"], facts["customers"]) == (412, 371)
    assert facts["several"] >= 20
    assert facts["trash"] == 2
    assert facts["all_phones"] - facts["phones"] == 1  # the pair that was entered twice
    assert 20 <= facts["open"] <= 60
    assert 8 <= facts["overdue"] <= 25
    assert 250_000_00 <= facts["yearly"] <= 600_000_00
    assert facts["personal"] == 1  # the van; a vacation is days off
    assert facts["journal"] == 0
    assert facts["first"] == 1001


def test_every_state_is_there(default: Office) -> None:
    def states(table: str) -> set[str]:
        found = default.read(lambda r: r.all(f"SELECT DISTINCT state FROM {table}"))
        return {state for (state,) in found}

    assert states("invoices") == {"draft", "issued", "part_paid", "paid", "void", "credited"}
    assert states("appointments") >= {
        "tentative", "confirmed", "on_the_way", "arrived", "done", "cancelled", "no_show",
    }  # fmt: skip


def test_everything_that_an_office_knows_is_there(default: Office) -> None:
    def values(sql: str) -> set[object]:
        return {value for (value,) in default.read(lambda r: r.all(sql))}

    assert values("SELECT DISTINCT visibility FROM notes") == {"office", "crew", "document"}
    assert values("SELECT DISTINCT channel || purpose FROM consent_events") == {
        "emailservice", "textservice", "emailmarketing",
    }  # fmt: skip
    assert values("SELECT DISTINCT how FROM consent_events") == {"phone", "form", "paper", "reply"}
    assert values("SELECT DISTINCT language FROM contacts") == {"", "es", "vi", "so"}
    assert len(values("SELECT DISTINCT price_list_id FROM contacts")) == 3
    assert values(
        "SELECT f.kind FROM custom_values v JOIN custom_fields f ON f.id = v.field_id"
    ) == {"choice", "number", "date"}
    without = "SELECT count(*) FROM contacts WHERE tax_exempt = 1 AND exempt_number = ''"
    assert values(without) == {0}
    assert values("SELECT count(*) > 30 FROM locations WHERE gate_code <> ''") == {1}
    assert values("SELECT count(*) > 10 FROM locations WHERE person <> ''") == {1}
    assert len(values("SELECT DISTINCT unit FROM frequencies")) >= 3
    assert values("SELECT count(*) FROM notes WHERE deleted_at IS NOT NULL") == {1}
    assert values("SELECT count(*) FROM contacts WHERE id NOT IN"
                  " (SELECT contact_id FROM contact_changes)") == {0}  # fmt: skip


def test_a_visit_counts_what_was_measured_at_its_place(default: Office) -> None:
    pairs = default.read(
        lambda r: r.all(
            "SELECT l.qty_milli, m.value_milli FROM appointment_lines l"
            " JOIN appointments a ON a.id = l.appointment_id"
            " JOIN services s ON s.id = l.service_id JOIN location_measures m"
            " ON m.location_id = a.location_id AND m.measure_id = s.measure_id"
            " WHERE a.starts_at > ?", (TUESDAY_10_42,),
        )
    )  # fmt: skip
    assert len(pairs) > 20
    assert sum(counted == measured for counted, measured in pairs) > 0.9 * len(pairs)


def test_references_of_cards_are_plain_numbers(default: Office) -> None:
    references = default.read(
        lambda r: r.all("SELECT reference FROM payments WHERE method IN ('card', 'transfer')")
    )
    assert references
    assert all(text.isdecimal() for (text,) in references)


def test_one_invoice_is_longer_than_a_page(default: Office) -> None:
    longest = default.read(
        lambda r: r.value(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM invoice_lines GROUP BY invoice_id)"
        )
    )
    assert longest >= 40


def test_positions_lie_inside_shifts_and_lead_to_the_visits(default: Office) -> None:
    def read(r: Reader) -> tuple[int, list[tuple[float, float, float, float]]]:
        outside = r.value(
            "SELECT count(*) FROM track_points t JOIN phones p ON p.id = t.phone_id"
            " WHERE NOT EXISTS (SELECT 1 FROM shifts s WHERE s.worker_id = p.worker_id"
            " AND t.fix_at BETWEEN s.clock_in_at AND coalesce(s.clock_out_at, ?))",
            (TUESDAY_10_42,),
        )
        # Twenty minutes into a finished visit the crew's phone is at the door.
        pairs = r.all(
            "SELECT l.lat, l.lon, t.lat, t.lon FROM appointments a"
            " JOIN locations l ON l.id = a.location_id JOIN workers w ON w.crew_id = a.crew_id"
            " JOIN phones p ON p.worker_id = w.id JOIN track_points t ON t.phone_id = p.id"
            " AND t.fix_at BETWEEN a.starts_at + 1200000 AND a.starts_at + 1260000"
            " WHERE a.state = 'done' AND a.starts_at >= ?",
            (TUESDAY_10_42 - 6 * 86_400_000,),
        )
        return outside, pairs

    outside, pairs = default.read(read)
    assert outside == 0
    assert len(pairs) > 20
    near = [places.metres_between(*pair) < 60 for pair in pairs]
    assert sum(near) >= 0.85 * len(near)  # some mornings run late


def test_speeds_are_those_of_a_van(default: Office) -> None:
    points = default.read(
        lambda r: r.all("SELECT phone_id, fix_at, lat, lon FROM track_points ORDER BY 1, 2")
    )
    for (phone, at, *here), (next_phone, next_at, *there) in pairwise(points):
        if phone == next_phone and next_at - at < 120_000:
            metres = places.metres_between(*here, *there)
            assert metres / ((next_at - at) / 1000) < 45


def test_it_refuses_a_business_with_entries_and_an_unknown_size(tmp_path: Path) -> None:
    office, _ = build(tmp_path, size="small")
    try:
        with pytest.raises(AppError) as again:
            sample_business.build(office, size="small", date=TODAY)
        assert again.value.code == "sample.not_empty"
        with pytest.raises(AppError) as unknown:
            sample_business.build(office, size="huge", date=TODAY)
        assert unknown.value.code == "sample.size"
    finally:
        assert office.close(10)


def test_progress_goes_from_start_to_end(tmp_path: Path) -> None:
    heard: list[float] = []
    office, _ = build(tmp_path, size="small", progress=lambda _words, share: heard.append(share))
    assert office.close(10)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_the_way_of_the_large_size_keeps_its_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    little = sample_business._Size(  # the same way, a thousandth of the rows
        180, 20, 0, 0, 0, 500, 6, 300, 1_000, 4_000
    )  # fmt: skip
    monkeypatch.setitem(SIZES, "large", little)
    office, report = build(tmp_path, size="large")
    try:
        counted = {table: report.rows[table] for table in ("contacts", "invoices", "appointments")}
        assert counted == {"contacts": 202, "invoices": 300, "appointments": 1_000}
        assert report.rows["track_points"] == 4_000
        assert check_office(office).ok
        assert office.read(lambda r: r.value("SELECT count(*) FROM journal")) == 0
        today = "SELECT count(*) FROM track_points WHERE fix_at > ?"
        assert office.read(lambda r: r.value(today, (TUESDAY_10_42 - 3_600_000,))) > 50
    finally:
        assert office.close(10)


def test_every_large_visit_has_a_slot_of_its_own() -> None:
    assert bulk.crews_needed(300, 6) * 6 * 5 * 6 >= 300
    assert bulk.crews_needed(50_000, 104) < 25


def test_portions_keep_the_order_of_tables() -> None:
    taken: list[dict[str, list[tuple[object, ...]]]] = []
    book = Book(1, taken.append, {"contacts": 10}, portion=2)
    assert book.add("contacts", "x") == 11
    book.rest()
    assert not taken
    book.add("locations", 11)
    book.rest()
    assert list(taken[0]) == list(ORDER)
    book.hand_on()
    assert len(taken) == 1


def test_addresses_follow_the_street_grid() -> None:
    home = places.on_avenue("Prairie", 2416)
    assert home.street == "2416 S Prairie Ave"
    assert home.postal_code == "57105"
    assert places.street_lat(26) < home.lat < places.street_lat(18)
    way = places.way_along_streets(places.SHOP, home)
    assert way[0] == (places.SHOP.lat, places.SHOP.lon)
    assert way[-1] == (home.lat, home.lon)
    for here, there in pairwise(way):
        assert here[0] == there[0] or here[1] == there[1]


def test_a_road_day_ends_at_the_shop() -> None:
    import random

    from tcf_desktop.services.sample.book import Spot

    spot = Spot(1, "Home", places.on_avenue("Prairie", 2416))
    visit = Visit(TODAY, 480, 90, 1, spot=spot, state="done")
    day = tracks.road_day([visit], random.Random(1))
    assert day.clock_out is not None
    assert day.legs[-1].place == places.SHOP
    assert all(first.end == second.start for first, second in pairwise(day.legs))
    ongoing = tracks.road_day([visit], random.Random(1), now=9 * 3600)
    assert ongoing.clock_out is None
    last = max(second for second, *_rest in tracks.fixes(ongoing, random.Random(1), until=9 * 3600))
    assert last < 9 * 3600
    assert timedelta(seconds=9 * 3600 - last) < timedelta(minutes=2)
