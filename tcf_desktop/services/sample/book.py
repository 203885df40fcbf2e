"""What the parts of the sample business pass to each other, and the rows that they become."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from tcf_desktop.base.clock import to_ms
from tcf_desktop.domain.appointments import zone_of
from tcf_desktop.services.sample.places import Place

ZONE: Final = "America/Chicago"
Row = tuple[Any, ...]
Rows = dict[str, list[Row]]

# Columns after the id. The order of the tables is one that the foreign keys allow.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "taxes": ("name",),
    "tax_parts": ("tax_id", "position", "name", "rate_ppm"),
    "measures": ("name", "unit", "position"),
    "services": (
        "name", "description", "unit", "price_e4", "minutes", "taxable", "position",
        "measure_id", "treats",
    ),
    "price_lists": ("name", "position"),
    "list_prices": ("price_list_id", "service_id", "price_e4"),
    "custom_fields": ("uid", "name", "kind", "choices", "position"),
    "saved_filters": ("name", "spec", "position"),
    "crews": ("name", "color_index", "position"),
    "workers": (
        "name", "crew_id", "phone", "email", "language", "pay_cents", "licence", "note",
        "active_from_on", "color_index",
    ),
    "crew_members": ("worker_id", "crew_id", "from_on", "to_on"),
    "contacts": (
        "uid", "kind", "segment", "first_name", "last_name", "company", "display_name",
        "sort_name", "name_key", "tags", "source", "language", "default_crew_id", "price_list_id",
        "terms_days", "tax_exempt", "exempt_number", "exempt_region", "exempt_until_on",
        "created_at", "updated_at", "deleted_at",
    ),
    "contact_changes": ("contact_id", "at", "label", "params", "fields", "undo"),
    "custom_values": ("contact_id", "field_id", "value"),
    "notes": ("contact_id", "visibility", "text", "at", "updated_at", "deleted_at"),
    "contact_phones": ("contact_id", "position", "label", "number", "digits", "e164"),
    "contact_emails": ("contact_id", "position", "label", "address"),
    "locations": (
        "contact_id", "position", "name", "street", "street2", "city", "region", "postal_code",
        "country", "gate_code", "access_note", "person", "person_phone", "is_billing", "tax_id",
        "lat", "lon", "address_key",
    ),
    "working_hours": ("worker_id", "location_id", "weekday", "from_minute", "to_minute"),
    "days_off": ("worker_id", "location_id", "first_on", "last_on", "reason"),
    "location_measures": ("location_id", "measure_id", "value_milli"),
    "consent_events": (
        "contact_id", "channel", "address", "address_key", "purpose", "given", "at", "how",
        "wording", "recorded_by", "created_at",
    ),
    "frequencies": (
        "contact_id", "location_id", "service_id", "title", "every_n", "unit", "season_from",
        "season_to", "price_cents", "starts_on", "snoozed_until_on", "stopped_at", "stop_reason",
        "created_at", "updated_at",
    ),
    # A draft first: lines of an issued invoice are refused by the database.
    "invoices": (
        "uid", "state", "contact_id", "location_id", "bill_to", "service_place", "po", "issued_on",
        "due_on", "terms_days", "currency", "tax_id", "message", "subtotal_cents", "net_cents",
        "tax_cents",
        "total_cents", "paid_cents", "open_cents", "issued_at", "sent_at", "created_at",
        "updated_at",
    ),
    "appointments": (
        "uid", "kind", "contact_id", "location_id", "title", "starts_local", "minutes", "zone",
        "starts_at", "ends_at", "all_day", "arrival_from_local", "arrival_minutes", "crew_id",
        "worker_id", "state", "note", "total_cents", "invoice_id", "sequence", "created_at",
        "updated_at",
    ),
    "appointment_lines": (
        "appointment_id", "position", "service_id", "name", "description", "qty_milli",
        "unit_price_e4", "taxable",
    ),
    "checklist_items": (
        "appointment_id", "series_id", "service_id", "position", "text", "done_at",
    ),
    "treatments": (
        "appointment_id", "product", "registration_number", "amount_milli", "amount_unit",
        "area_milli", "area_unit", "target", "weather", "temperature", "wind", "worker_id",
        "licence", "treated_local", "note", "created_at",
    ),
    "series": (
        "uid", "starts_local", "minutes", "zone", "all_day", "rule", "holidays", "kind",
        "contact_id", "location_id", "title", "arrival_offset", "arrival_minutes", "crew_id",
        "state", "note", "crew_note", "document_note", "total_cents", "sequence", "created_at",
        "updated_at",
    ),
    "series_lines": (
        "series_id", "position", "service_id", "name", "description", "qty_milli",
        "unit_price_e4", "taxable",
    ),
    "attachments": (
        "contact_id", "location_id", "appointment_id", "name", "caption", "mime", "sha256", "size",
        "added_at", "deleted_at",
    ),
    "invoice_lines": (
        "invoice_id", "position", "appointment_id", "service_id", "name", "description",
        "qty_milli", "unit_price_e4", "taxable", "tax_ppm", "amount_cents", "net_cents",
    ),
    "invoice_taxes": ("invoice_id", "position", "name", "rate_ppm", "base_cents", "tax_cents"),
    "payments": (
        "contact_id", "paid_on", "method", "reference", "currency", "amount_cents", "created_at",
    ),
    "allocations": ("payment_id", "invoice_id", "amount_cents", "applied_on"),
    "shifts": ("worker_id", "clock_in_at", "clock_out_at", "origin", "created_at"),
    "phones": ("worker_id", "name", "app", "token_hash", "paired_at"),
    "phone_states": (
        "phone_id", "last_heard_at", "last_fix_at", "battery_percent", "points_received", "app",
    ),
    "track_points": (
        "phone_id", "fix_at", "lat", "lon", "acc_m", "alt_m", "speed_mps", "course_deg", "flags",
        "source", "received_at",
    ),
}  # fmt: skip
UNVERSIONED: Final = frozenset({"contact_changes", "phone_states", "track_points"})
ISSUE: Final = "issue"  # not a table: (number, series, series_n, state, id) of drafts to issue
ISSUE_SQL: Final = (
    "UPDATE invoices SET number = ?, series = ?, series_n = ?, state = ? WHERE id = ?"
)
ORDER: Final = tuple(
    name for table in COLUMNS for name in ((table, ISSUE) if table == "invoice_taxes" else (table,))
)


def insert_sql(table: str) -> str:
    """The statement for one table's rows."""
    columns = COLUMNS[table]
    if table in UNVERSIONED:
        marks = ", ".join("?" * len(columns))
        return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    marks = ", ".join("?" * (len(columns) + 1))
    return f"INSERT INTO {table} (id, {', '.join(columns)}, version) VALUES ({marks}, 1)"


@dataclass(frozen=True, slots=True)
class Line:
    """A service at a visit: thousandths of a unit, price of one in cents before tax."""

    service_id: int
    name: str
    qty_milli: int
    price_cents: int
    taxable: bool = True
    description: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a customer with its row id; ``tax_id`` None means the business's own tax."""

    id: int
    name: str
    place: Place
    tax_id: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a customer has done again and again, by which kind of crew, and how often.

    ``pause_days``: nothing was done in so many days before today (it is due again).
    """

    trade: str
    interval_days: int
    lines: tuple[Line, ...]
    minutes: int
    spot: int = 0
    title: str = ""
    pause_days: int = 0


@dataclass(slots=True)
class Client:
    """A contact as the other parts need it. ``pays``: now, soon, slow or monthly."""

    id: int
    kind: str
    segment: str
    name: str
    spots: list[Spot]
    bill_to: str
    terms_days: int
    exempt: bool = False
    has_email: bool = True
    pays: str = "soon"
    plans: list[Plan] = field(default_factory=list)


@dataclass(slots=True)
class Visit:
    """One thing on the schedule; minutes of the day on the wall."""

    day: date
    start: int
    minutes: int
    crew: int | None
    client: Client | None = None
    spot: Spot | None = None
    lines: tuple[Line, ...] = ()
    title: str = ""
    kind: str = "job"
    state: str = "confirmed"
    note: str = ""
    arrival: tuple[int, int] | None = None
    worker: int | None = None
    all_day: bool = False
    id: int = 0
    invoice_id: int | None = None

    @property
    def end(self) -> int:
        """Minute of the day when it ends."""
        return self.start + self.minutes


class Book:
    """Collects rows by table and hands them on in portions."""

    def __init__(
        self,
        seed: int,
        hand_on: Callable[[Rows], None],
        first_ids: Mapping[str, int] | None = None,
        portion: int = 50_000,
    ) -> None:
        """``first_ids``: the highest id that each table already has."""
        self.counts: defaultdict[str, int] = defaultdict(int)
        self._last = defaultdict(int, first_ids or {})
        self._uids = Random(f"{seed}:uid")
        self._hand_on = hand_on
        self._portion = portion
        self._rows: Rows = {table: [] for table in ORDER}
        self._waiting = 0

    def take_id(self, table: str) -> int:
        """An id for a row that comes later."""
        self._last[table] += 1
        return self._last[table]

    def add(self, table: str, *values: Any, row_id: int | None = None) -> int:
        """A row in the order of :data:`COLUMNS`; returns its id."""
        if row_id is None:
            row_id = self.take_id(table)
        self._rows[table].append((row_id, *values))
        self.counts[table] += 1
        self._waiting += 1
        return row_id

    def add_plain(self, table: str, row: Row) -> None:
        """A row of a table without an id of its own, or an entry of :data:`ISSUE`."""
        self._rows[table].append(row)
        self.counts[table] += 1
        self._waiting += 1

    def rest(self) -> None:
        """A point where everything that later rows refer to is complete."""
        if self._waiting >= self._portion:
            self.hand_on()

    def hand_on(self) -> None:
        """Pass on what has been collected."""
        if self._waiting:
            rows, self._rows = self._rows, {table: [] for table in ORDER}
            self._waiting = 0
            self._hand_on(rows)

    def uid(self) -> str:
        """An identifier that depends on the seed only."""
        return str(uuid.UUID(int=self._uids.getrandbits(128), version=4))


class Days:
    """Wall times of the business as instants, one zone look-up a day."""

    def __init__(self) -> None:
        self._noon: dict[date, int] = {}

    def at(self, day: date, minute: float) -> int:
        """UTC milliseconds of a minute of the day, valid after 3 AM."""
        noon = self._noon.get(day)
        if noon is None:
            noon = to_ms(datetime(day.year, day.month, day.day, 12, tzinfo=zone_of(ZONE)))
            self._noon[day] = noon
        return noon + round((minute - 720) * 60_000)

    def midnight(self, day: date) -> int:
        """UTC milliseconds of the day's first moment."""
        return to_ms(datetime(day.year, day.month, day.day, tzinfo=zone_of(ZONE)))


def wall(day: date, minute: int) -> str:
    """``YYYY-MM-DDTHH:MM``."""
    return f"{day.isoformat()}T{minute // 60:02d}:{minute % 60:02d}"


def is_workday(day: date) -> bool:
    """Monday to Friday, without the holidays on which nobody wants a crew."""
    if day.weekday() > 4 or (day.month, day.day) in _FIXED_HOLIDAYS:
        return False
    return not (day.month == 11 and day.weekday() == 3 and 22 <= day.day <= 28)


def workday_before(day: date) -> date:
    """The last working day before a date."""
    day -= timedelta(days=1)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


_FIXED_HOLIDAYS: Final = frozenset({(1, 1), (6, 19), (7, 4), (12, 24), (12, 25)})
