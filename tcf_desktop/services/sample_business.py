"""The sample business: a believable window, carpet and lawn care company, the same for the same
seed and date."""

from __future__ import annotations

import datetime as dt
import json
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.services import search
from tcf_desktop.services.command import Command
from tcf_desktop.services.file_store import FileStore
from tcf_desktop.services.queries.contact_filter import ContactFilter
from tcf_desktop.services.runner import Priority
from tcf_desktop.services.sample import bulk, logo, pictures, places, records, special
from tcf_desktop.services.sample.again import Habits
from tcf_desktop.services.sample.book import (
    ISSUE,
    ISSUE_SQL,
    ORDER,
    ZONE,
    Book,
    Client,
    Days,
    Rows,
    Visit,
    insert_sql,
)
from tcf_desktop.services.sample.cast import DOUBLES, TRASH
from tcf_desktop.services.sample.catalog import CREWS, Catalog, Crew
from tcf_desktop.services.sample.hiring import hire, opening_hours
from tcf_desktop.services.sample.money import MESSAGE, Bill, Till, bill_of
from tcf_desktop.services.sample.people import TERMS_RESIDENTIAL, People
from tcf_desktop.services.sample.standing import Standing
from tcf_desktop.services.sample.team import Team
from tcf_desktop.services.sample.told import write_told
from tcf_desktop.services.sample.week import Weeks, monday_of
from tcf_desktop.services.sample.work import Work, workdays, write_visits

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.uow import UnitOfWork

NAME: Final = "Clearview Window & Carpet Care"
LATE_MORNING: Final = 642  # 10:42, when half of today's work is done
SETTING: Final = "sample_business"

SizeName = Literal["small", "default", "large"]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class _Size:
    """How much there is. With ``invoices`` the past is written as contracts in bulk."""

    customers: int
    prospects: int
    history_days: int
    shift_days: int
    track_days: int
    portion: int = 10_000_000
    periods: int = 0
    invoices: int = 0
    appointments: int = 0
    points: int | None = None
    series: int = 0


SIZES: Final[dict[str, _Size]] = {
    "small": _Size(36, 4, 150, 8, 1),
    "default": _Size(371, 41, 730, 30, 14),
    "large": _Size(
        90_000, 10_000, 0, 0, 0, 40_000, 104, 50_000, 200_000, 1_000_000, 500
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was made: rows by table."""

    seed: int
    date: str
    size: str
    rows: dict[str, int]


def build(
    office: Office,
    *,
    seed: int = 1,
    date: dt.date | None = None,
    size: SizeName | str = "default",
    progress: Progress | None = None,
) -> BuildReport:
    """Fill a fresh business; ``date`` (default: the office's today) is its today.

    The hour is the office clock's when that stands on the same day, else 10:42. ``progress`` is
    called with a few words and a share from 0 to 1. Raises ``sample.not_empty`` and
    ``sample.size``. Cannot be undone; do not call on the GUI thread.
    """
    if size not in SIZES:
        raise AppError("sample.size", size=str(size)[:40], sizes=", ".join(SIZES))
    moment = from_ms(office.clock.now_ms(), ZONE)
    today = date or moment.date()
    now = moment.hour * 60 + moment.minute if moment.date() == today else LATE_MORNING
    tell = progress or _tell_nobody
    office.runner.run(_Prepare(seed, today.isoformat(), size))
    writer = _Writer(office)
    maker = _Maker(SIZES[size], seed, today, now, writer.take, tell)
    maker.make(pictures.keep(FileStore(office.folder), seed))
    writer.finish()
    tell("Indexing", 0.96)
    now_at = Days().at(today, now)
    office.runner.run(_Finish(maker.series, maker.next_n, maker.city_tax, now_at))
    tell("Done", 1.0)
    return BuildReport(seed, today.isoformat(), size, dict(maker.counts))


class _Maker:
    """Makes the rows in the order in which the business came about."""

    def __init__(
        self,
        size: _Size,
        seed: int,
        today: dt.date,
        now: int,
        take: Callable[[Rows], None],
        tell: Progress,
    ) -> None:
        self._size = size
        self._seed = seed
        self._today = today
        self._now = now
        self._tell = tell
        self._book = Book(seed, take, portion=size.portion)
        self._days = Days()
        self._catalog = Catalog(self._book)
        records.write_service_lists(self._book, self._catalog)
        self.city_tax = self._catalog.city_tax
        self._people = People(self._book, self._catalog, self._days, seed, today)
        crew_count = len(CREWS)
        if size.periods:
            crew_count = bulk.crews_needed(size.invoices, size.periods)
        self._crews, self._free_worker = hire(self._book, crew_count, today)
        self._people.facts.employ(self._crews)
        self._work = Work(self._people, self._crews, seed, today)
        self._till = Till(self._book, self._catalog, self._days, seed, today, now)
        self._habits = Habits(self._book, self._days, seed, today)
        self._team = Team(self._book, self._days, seed, today, now, self._crews)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table."""
        return {table: count for table, count in self._book.counts.items() if table != ISSUE}

    @property
    def series(self) -> str:
        """The key of the invoices' number series."""
        return self._till.series

    @property
    def next_n(self) -> int:
        """The number that the next invoice will have."""
        return self._till.next_n

    def make(self, files: list[pictures.Kept]) -> None:
        """Everything, handed on in portions; ``files`` lie in the store already."""
        customers = self._contacts()
        pictures.write(self._book, self._days, self._people.cast, files, self._today)
        self._filters()
        if self._size.periods:
            recent = self._bulk_history(customers)
        else:
            recent = self._history(customers)
        self._habits.write(self._people.cast.values(), customers)
        standing = Standing(self._book, self._days, self._seed, self._today, self._crews)
        standing.write(customers, recent, self._size.series)
        self._tell("Driving", 0.75)
        self._road(recent)
        self._book.hand_on()

    def _contacts(self) -> list[Client]:
        size, people = self._size, self._people
        self._tell("Meeting customers", 0.02)
        cast = people.add_cast()
        opening_hours(self._book, people.cast["cherapa"], self._today)
        customers = [client for client in cast if client.kind == "customer"]
        planned = size.customers if not size.periods else 1_500
        customers += [
            people.add_customer(planned=number < planned)
            for number in range(size.customers - len(customers))
        ]
        for _ in range(size.prospects - len(DOUBLES) - (len(cast) - _count_customers(cast))):
            people.add_prospect()
        people.add_others((*DOUBLES, *TRASH))
        return customers

    def _filters(self) -> None:
        """What the office looks for again and again."""
        kept = (
            ("Owes money in Sioux Falls", ContactFilter(owes=True, city="Sioux Falls")),
            ("Prospects without an answer", ContactFilter(kind="prospect", unanswered_days=14)),
            ("Not seen for a year", ContactFilter(kind="customer", unseen_days=365)),
        )
        for position, (name, shown) in enumerate(kept):
            self._book.add("saved_filters", name, shown.to_json(), position)

    def _history(self, customers: list[Client]) -> list[Visit]:
        """The past by habit; returns every visit."""
        self._tell("Going to work", 0.2)
        first = self._today - timedelta(days=self._size.history_days)
        self._work.expect(customers, first)
        visits: list[Visit] = []
        for day in workdays(first, monday_of(self._today) - timedelta(days=1)):
            visits += self._work.day(day)
        visits += self._weeks()
        fixed, drafts = self._special(visits)
        extra = [visit for bill in fixed for visit in bill.visits]
        visits = [*special.without_overlaps(visits, extra), *extra]
        bills = self._ordinary_bills(visits, drafts, fixed)
        special.mark_corrections(bills, self._today)
        self._tell("Writing invoices", 0.5)
        self._store(visits, [*bills, *fixed], drafts)
        return visits

    def _bulk_history(self, customers: list[Client]) -> list[Visit]:
        """The past in bulk, then this week as in the other sizes; returns recent visits."""
        size = self._size
        self._work.expect(customers[:1_500], monday_of(self._today) - timedelta(days=200))
        weeks = self._weeks()
        fixed, drafts = self._special(weeks)
        bills = [*self._ordinary_bills(weeks, drafts), *fixed]
        extra = [visit for bill in fixed for visit in bill.visits]
        recent: list[Visit] = []
        history = bulk.periods(
            self._people, customers, self._crews, self._seed,
            monday_of(self._today) - timedelta(days=7), size.periods,
            size.invoices - len(bills) - len(drafts),
            size.appointments - len(weeks) - len(extra),
        )  # fmt: skip
        for number, period in enumerate(history):
            self._tell("Going to work", 0.1 + 0.6 * number / size.periods)
            self._store(period.visits, period.bills, [])
            if number >= size.periods - 5:
                recent += period.visits
        self._store([*weeks, *extra], bills, drafts)
        return [*recent, *weeks]

    def _weeks(self) -> list[Visit]:
        weeks = Weeks(self._people, self._work, self._crews, self._today, self._now)
        return weeks.visits(self._free_worker)

    def _special(self, visits: list[Visit]) -> tuple[list[Bill], list[Bill]]:
        people, crews, today = self._people, self._crews, self._today
        fixed = special.late_bills(people, crews, today)
        fixed.append(special.long_bill(people, crews, today))
        return fixed, special.draft_bills(people, visits, today)

    def _ordinary_bills(self, visits: list[Visit], *others: list[Bill]) -> list[Bill]:
        """Bills for finished visits that none of the ``others`` covers."""
        kept = {id(visit) for bills in others for bill in bills for visit in bill.visits}
        bills = [
            bill_of(visit)
            for visit in visits
            if visit.state == "done" and visit.lines and visit.day < self._today
            and visit.client is not None and id(visit) not in kept
        ]  # fmt: skip
        return [bill for bill in bills if self._till.is_due_for_billing(bill)]

    def _store(self, visits: list[Visit], bills: list[Bill], drafts: list[Bill]) -> None:
        visits.sort(key=lambda visit: (visit.day, visit.start, visit.crew or 0))
        self._habits.see(visits)
        for visit in visits:
            visit.id = self._book.take_id("appointments")
        bills.sort(key=lambda bill: (bill.issued_on, bill.minute, bill.client.id))
        self._till.write([*bills, *drafts])
        self._till.settle_piles()
        write_visits(self._book, self._days, visits, self._today, self._seed)
        records.write_records(
            self._book, self._days, self._catalog, self._crews, visits, self._today, self._seed
        )
        self._book.rest()

    def _road(self, visits: list[Visit]) -> None:
        size, today = self._size, self._today
        self._team.pair(_first_names(self._crews), today - timedelta(days=120))
        shifts_from = today - timedelta(days=size.shift_days)
        tracked_from = today - timedelta(days=size.track_days)
        if size.periods:
            shifts_from = tracked_from = today - timedelta(days=5 * 28)
        on_road = [visit for visit in visits if shifts_from <= visit.day <= today]
        self._team.work_days(on_road, tracked_from, size.points)
        self._team.free_worker_days(
            self._free_worker, today - timedelta(days=max(size.shift_days, 8))
        )
        self._team.write_phone_states()


def _count_customers(clients: list[Client]) -> int:
    return sum(client.kind == "customer" for client in clients)


def _first_names(crews: list[Crew]) -> dict[int, str]:
    names: dict[int, str] = {}
    for index, crew in enumerate(crews):
        name = CREWS[index][2][0].split()[0] if index < len(CREWS) else f"Lead {index + 1}"
        names[crew.workers[0]] = name
    return names


def _tell_nobody(_words: str, _share: float) -> None:
    """Without a listener nothing is said."""


class _Writer:
    """Hands portions to the writer thread and goes on making the next one meanwhile."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._under_way: deque[Future[None]] = deque()

    def take(self, rows: Rows) -> None:
        """Queue a portion; waits when two are under way."""
        self._under_way.append(self._office.runner.submit(_WriteRows(rows), Priority.BULK))
        while len(self._under_way) > 2:
            self._under_way.popleft().result()

    def finish(self) -> None:
        """Wait until everything is committed."""
        while self._under_way:
            self._under_way.popleft().result()


class _Unjournalled(Command[None]):
    undoable: ClassVar[bool] = False
    journalled: ClassVar[bool] = False

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Prepare(_Unjournalled):
    """The business itself; refuses one with entries."""

    seed: int
    date: str
    size: str

    def execute(self, uow: UnitOfWork) -> None:
        tables = ("contacts", "appointments", "invoices", "services", "crews", "workers")
        if any(uow.value(f"SELECT 1 FROM {table} LIMIT 1") for table in tables):
            raise AppError("sample.not_empty")
        address = f"{places.SHOP.street}\nSioux Falls, SD {places.SHOP.postal_code}"
        uow.driver(
            "UPDATE business SET name = ?, address = ?, email = ?, phone = ?, website = ?,"
            " currency = 'USD', zone = ?, country = 'US', default_tax_id = NULL, terms_days = ?,"
            " invoice_message = ?, shop_lat = ?, shop_lon = ?",
            [
                (NAME, address, "office@clearview.example", "605-555-0100",
                 "clearview.example", ZONE, TERMS_RESIDENTIAL, MESSAGE, places.SHOP.lat,
                 places.SHOP.lon)
            ],
        )  # fmt: skip
        for table in ("tax_parts", "taxes", "business_logo"):
            uow.connection.exec_driver_sql(f"DELETE FROM {table}")
        uow.driver("INSERT INTO business_logo (id, png) VALUES (1, ?)", [(logo.draw(),)])
        made = json.dumps({"seed": self.seed, "date": self.date, "size": self.size})
        uow.driver("INSERT INTO settings (key, value, version) VALUES (?, ?, 1)", [(SETTING, made)])
        uow.changed_many("business")
        uow.changed_many("settings")


@dataclass(frozen=True, slots=True)
class _WriteRows(_Unjournalled):
    """One portion of rows, in an order that the foreign keys allow."""

    rows: Rows

    def execute(self, uow: UnitOfWork) -> None:
        for table in ORDER:
            rows = self.rows[table]
            if rows:
                uow.driver(ISSUE_SQL if table == ISSUE else insert_sql(table), rows)
                uow.changed_many("invoices" if table == ISSUE else table)


@dataclass(frozen=True, slots=True)
class _Finish(_Unjournalled):
    """What depends on all rows: the next number, the search index, the planner's figures."""

    series: str
    next_n: int
    city_tax: int
    now_at: int

    def execute(self, uow: UnitOfWork) -> None:
        uow.driver("UPDATE business SET default_tax_id = ?", [(self.city_tax,)])
        uow.driver(
            "INSERT INTO number_series (series, next_n, version) VALUES (?, ?, 1)"
            " ON CONFLICT (series) DO UPDATE SET next_n = excluded.next_n",
            [(self.series, self.next_n)],
        )
        write_told(uow, self.now_at)
        search.rebuild(uow.connection)
        for statement in ("PRAGMA analysis_limit = 1000", "ANALYZE"):
            uow.connection.exec_driver_sql(statement)
        uow.changed_many("business")
        uow.changed_many("contacts")
