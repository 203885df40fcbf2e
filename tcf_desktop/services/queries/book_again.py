"""What a visit would look like for somebody who is due: as the last one was, at a free time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.appointments import WORK_FROM
from tcf_desktop.domain.money import PRICE_SCALE, line_amount
from tcf_desktop.services.due_dates import DONE, LAST_VISIT
from tcf_desktop.services.queries.appointment import LineRow
from tcf_desktop.services.queries.free_slots import suggested

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_USUAL_MINUTES: Final = 60
_STEP: Final = 15


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A visit to be looked over before it is booked; ``starts_local`` is a wall time."""

    contact_id: int
    name: str
    location_id: int | None
    title: str
    lines: tuple[LineRow, ...]
    starts_local: str
    minutes: int
    crew_id: int | None
    worker_id: int | None
    arrival_minutes: int | None


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is known of the work: of whom, where, which service, at what price, not before when."""

    contact_id: int
    location_id: int | None
    service_id: int | None
    title: str
    price_cents: int | None
    due_on: str
    visit_id: int | None


def suggestion(r: Reader, frequency_id: int, now: datetime) -> Suggestion | None:
    """For a frequency; ``now`` is an aware time of the business. None when it is gone."""
    row = r.one(
        "SELECT f.contact_id, f.location_id, f.service_id, f.title, f.price_cents, f.due_on,"
        f" ({LAST_VISIT}) FROM frequencies f WHERE f.id = ? AND f.deleted_at IS NULL",
        (frequency_id,),
    )
    return None if row is None else _suggest(r, _Wish(*row), now)


def suggestion_for(r: Reader, contact_id: int, now: datetime) -> Suggestion | None:
    """For a quiet customer: the last visit once more."""
    row = r.one(
        f"SELECT a.location_id, a.title, a.id FROM appointments a WHERE a.contact_id = ?"
        f" AND {DONE} ORDER BY a.starts_local DESC LIMIT 1",
        (contact_id,),
    )
    place, title, visit_id = row or (None, "", None)
    return _suggest(r, _Wish(contact_id, place, None, title, None, "", visit_id), now)


def suggestion_of_visit(r: Reader, visit_id: int, now: datetime) -> Suggestion | None:
    """A visit that fell through once more; None when it or its customer is gone."""
    row = r.one(
        "SELECT contact_id, location_id, title FROM appointments"
        " WHERE id = ? AND deleted_at IS NULL AND contact_id IS NOT NULL",
        (visit_id,),
    )
    if row is None:
        return None
    return _suggest(r, _Wish(row[0], row[1], None, row[2], None, "", visit_id), now)


def _suggest(r: Reader, wish: _Wish, now: datetime) -> Suggestion | None:
    name = r.value(
        "SELECT display_name FROM contacts WHERE id = ? AND deleted_at IS NULL", (wish.contact_id,)
    )
    if name is None:
        return None
    visit = _visit(r, wish.visit_id)
    lines, minutes = _work(r, wish, visit)
    crew_id, worker_id = visit["crew_id"], visit["worker_id"]
    first = max(now.date() + timedelta(days=1), date.fromisoformat(wish.due_on or "0001-01-01"))
    place = wish.location_id if wish.location_id is not None else visit["location_id"]
    start = suggested(
        r, first, minutes, _minute(visit["starts_local"]),
        crew_id=crew_id, worker_id=worker_id, location_id=place,
    )  # fmt: skip
    return Suggestion(
        contact_id=wish.contact_id,
        name=name,
        location_id=place,
        title=wish.title or ("" if lines else visit["title"]),
        lines=lines,
        starts_local=start.isoformat(timespec="minutes"),
        minutes=minutes,
        crew_id=crew_id,
        worker_id=worker_id,
        arrival_minutes=visit["arrival_minutes"],
    )


def _visit(r: Reader, visit_id: int | None) -> dict[str, Any]:
    """The visit to follow; a crew or worker who is gone is left out."""
    names = (
        "title", "starts_local", "minutes", "location_id", "arrival_minutes", "all_day", "crew_id",
        "worker_id",
    )  # fmt: skip
    row = r.one(
        "SELECT a.title, a.starts_local, a.minutes, a.location_id, a.arrival_minutes, a.all_day,"
        " (SELECT k.id FROM crews k WHERE k.id = a.crew_id AND k.deleted_at IS NULL),"
        " (SELECT w.id FROM workers w WHERE w.id = a.worker_id AND w.deleted_at IS NULL)"
        " FROM appointments a WHERE a.id = ?",
        (visit_id,),
    )
    return dict(zip(names, row or ("", "", 0, None, None, 0, None, None), strict=True))


def _work(r: Reader, wish: _Wish, visit: dict[str, Any]) -> tuple[tuple[LineRow, ...], int]:
    """The services with the prices of the last time, and how long they take."""
    every = [
        LineRow(row[0], row[1], row[2], row[3], row[4], bool(row[5]))
        for row in r.all(
            "SELECT service_id, name, description, qty_milli, unit_price_e4, taxable"
            " FROM appointment_lines WHERE appointment_id = ? ORDER BY position",
            (wish.visit_id,),
        )
    ]
    lines = [line for line in every if wish.service_id in (None, line.service_id)]
    minutes = 0 if visit["all_day"] else _share(int(visit["minutes"]), lines, every)
    if wish.service_id is not None:
        service = r.one(
            "SELECT s.id, s.name, s.description, coalesce((SELECT p.price_e4 FROM list_prices p"
            " JOIN contacts c ON c.price_list_id = p.price_list_id"
            " WHERE c.id = ? AND p.service_id = s.id), s.price_e4), s.minutes, s.taxable"
            " FROM services s WHERE s.id = ?",
            (wish.contact_id, wish.service_id),
        )
        if service is not None:
            minutes = minutes or max(_STEP, int(service[4]))
            price = service[3] if wish.price_cents is None else wish.price_cents * PRICE_SCALE
            if not lines:
                lines = [LineRow(service[0], service[1], service[2], 1000, price, bool(service[5]))]
    if wish.price_cents is not None and len(lines) == 1:
        only = lines[0]
        lines = [
            LineRow(only.service_id, only.name, only.description, 1000,
                    wish.price_cents * PRICE_SCALE, only.taxable)
        ]  # fmt: skip
    return tuple(lines), minutes or _USUAL_MINUTES


def _share(minutes: int, lines: list[LineRow], every: list[LineRow]) -> int:
    """What some of a visit's work took, by its value, in quarters of an hour; 0 of nothing."""
    whole, part = (
        sum(line_amount(line.qty_milli, line.unit_price_e4) for line in some)
        for some in (every, lines)
    )
    if len(lines) == len(every) or whole <= 0 or part <= 0:
        return minutes if len(lines) == len(every) else 0
    return max(_STEP, round(minutes * part / whole / _STEP) * _STEP)


def _minute(starts_local: str) -> int:
    """The minute of the day of a wall time; the start of work without one."""
    if not starts_local or starts_local[11:16] == "00:00":
        return WORK_FROM
    return int(starts_local[11:13]) * 60 + int(starts_local[14:16])
