"""Rows that stand for occurrences, when their series changes: they keep what was changed in them
and follow in everything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.public_holidays import holiday_name, kept_date
from tcf_desktop.services.appointment_values import (
    AppointmentDraft,
    add_lines,
    assign,
    draft_facts,
    line_facts,
    mark_changed,
    stored_lines,
    time_values,
    total_of,
)
from tcf_desktop.services.checklists import items_of, store_items

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

_PLAIN: Final = ("kind", "title", "minutes", "zone", "state", "note", "crew_note", "document_note")
_PLAIN_OR_NONE: Final = ("color_index",)
_TOGETHER: Final = (("contact_id", "location_id"), ("crew_id", "worker_id"))


@dataclass(frozen=True, slots=True)
class Template:
    """What each occurrence of a series is."""

    draft: AppointmentDraft
    arrival_offset: int
    items: tuple[str, ...]
    holidays: str


class Moved(NamedTuple):
    """A row or a skip and the date that it stands for from now on."""

    table: str
    id: int
    on: str


def follow(
    uow: UnitOfWork,
    series_id: int,
    start: str,
    before: Template,
    after: Template,
    key_of: Callable[[str], str],
    edited: str,
) -> list[Moved]:
    """Let the rows from the date ``start`` on follow; what stands for ``edited`` is no exception
    any more. Returns where all of them, and the dates left out, go; :func:`move_keys` does it."""
    moved = [
        Moved("series_skips", row[0], key_of(row[1]))
        for row in uow.rows(
            "SELECT id, occurrence_on FROM series_skips WHERE series_id = ? AND occurrence_on >= ?"
            " ORDER BY occurrence_on",
            (series_id, start),
        )
    ]
    closed = _closed(uow)
    ids = uow.rows(
        "SELECT id, occurrence_on, state IN ('tentative', 'confirmed') AND invoice_id IS NULL"
        " AND deleted_at IS NULL AND starts_at > ? FROM appointments"
        " WHERE series_id = ? AND occurrence_on >= ? ORDER BY occurrence_on",
        (uow.now_at, series_id, start),
    )
    for ident, on, is_open in ids:
        key = key_of(on)
        moved.append(Moved("appointments", ident, key))
        if is_open:
            old, new = (
                _start(one, day, closed) for one, day in ((before, on), (after, key))
            )  # fmt: skip
            row = uow.get(models.Appointment, ident)
            if _follow(uow, row, before, after, old, new, all_of_it=on == edited):
                mark_changed(uow, row)
    uow.session.flush()
    return moved


def move_keys(uow: UnitOfWork, moved: Sequence[Moved], series_id: int) -> None:
    """Give rows and skips to a series under their new dates, in an order in which no two meet."""
    for table in ("appointments", "series_skips"):
        wanted = {one.id: one.on for one in moved if one.table == table}
        now = {
            row[0]: (row[1], row[2], row[3])
            for row in uow.rows(
                f"SELECT id, series_id, occurrence_on, version FROM {table}"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (str(list(wanted)),),
            )
        }
        taken = {
            row[0]
            for row in uow.rows(
                f"SELECT occurrence_on FROM {table} WHERE series_id = ?", (series_id,)
            )
        }
        pending = [ident for ident, on in wanted.items() if now[ident][:2] != (series_id, on)]
        pending.sort(key=lambda ident: wanted[ident], reverse=True)
        steps: list[int] = []
        while pending:
            left = []
            for ident in pending:
                if wanted[ident] in taken:
                    left.append(ident)
                    continue
                if now[ident][0] == series_id:
                    taken.discard(now[ident][1])
                taken.add(wanted[ident])
                steps.append(ident)
            if len(left) == len(pending):
                raise AppError("series.move")
            pending = left[::-1]
        _write(uow, table, steps, wanted, now, series_id)


def _write(
    uow: UnitOfWork,
    table: str,
    steps: Sequence[int],
    wanted: dict[int, str],
    now: dict[int, tuple[int, str, int]],
    series_id: int,
) -> None:
    uow.driver(
        f"UPDATE {table} SET series_id = ?, occurrence_on = ?, version = version + 1 WHERE id = ?",
        [(series_id, wanted[ident], ident) for ident in steps],
    )
    for ident in steps:
        owner, on, version = now[ident]
        uow.note(
            table,
            ident,
            "update",
            {"series_id": owner, "occurrence_on": on, "version": version},
            version + 1,
            None,
            {"series_id": series_id, "occurrence_on": wanted[ident]},
        )
    uow.session.expire_all()


def _start(one: Template, on: str, closed: Callable[[date], bool]) -> str:
    day = date.fromisoformat(on)
    kept = kept_date(day, one.holidays, closed) or day
    return f"{kept.isoformat()}{one.draft.starts_local[10:]}"


def _closed(uow: UnitOfWork) -> Callable[[date], bool]:
    country, region = uow.rows("SELECT country, region FROM business WHERE id = 1")[0]
    return lambda day: bool(holiday_name(country, region, day))


def _follow(
    uow: UnitOfWork,
    row: models.Appointment,
    before: Template,
    after: Template,
    old_start: str,
    new_start: str,
    *,
    all_of_it: bool,
) -> bool:
    """Field by field: what is as the old series had it becomes as the new one has it."""
    old, new = before.draft, after.draft
    values: dict[str, Any] = {
        name: getattr(new, name)
        for name in (*_PLAIN, *_PLAIN_OR_NONE)
        if all_of_it or getattr(row, name) == getattr(old, name)
    }
    for names in _TOGETHER:
        if all_of_it or all(getattr(row, name) == getattr(old, name) for name in names):
            values |= {name: getattr(new, name) for name in names}
    day, clock = row.starts_local[:10], row.starts_local[10:]
    start = (new_start[:10] if all_of_it or day == old_start[:10] else day) + (
        new_start[10:] if all_of_it or clock == old_start[10:] else clock
    )
    if all_of_it or bool(row.all_day) == old.all_day:
        values["all_day"] = int(new.all_day)
    values |= _arrival(row, before, after, start, all_of_it=all_of_it)
    minutes = values.get("minutes", row.minutes)
    zone = values.get("zone", row.zone)
    whole = bool(values.get("all_day", row.all_day))
    if whole != bool(row.all_day):
        minutes = new.minutes
    values |= time_values(start, minutes, zone, all_day=whole)
    lines = stored_lines(uow, row.id)
    facts = [line_facts(line) for line in lines]
    as_before = facts == [draft_facts(line) for line in old.lines]
    renewed = facts != [draft_facts(line) for line in new.lines] and (as_before or all_of_it)
    if renewed:
        for line in lines:
            uow.delete(line)
        add_lines(uow, row.id, new.lines)
        values["total_cents"] = total_of(new.lines)
    texts = tuple(item.text for item in items_of(uow, appointment_id=row.id))
    if all_of_it or texts == before.items:
        renewed = store_items(uow, after.items, appointment_id=row.id) or renewed
    return assign(row, values) or renewed


def _arrival(
    row: models.Appointment, before: Template, after: Template, start: str, *, all_of_it: bool
) -> dict[str, Any]:
    offset = 0
    if row.arrival_from_local:
        apart = rules.parse_local(row.arrival_from_local) - rules.parse_local(row.starts_local)
        offset = int(apart.total_seconds() // 60)
    minutes = row.arrival_minutes
    was = (before.draft.arrival_minutes, before.arrival_offset)
    if all_of_it or (minutes, offset) == was:
        minutes, offset = after.draft.arrival_minutes, after.arrival_offset
    window = rules.shift_local(start, offset) if minutes and not after.draft.all_day else None
    return {"arrival_minutes": minutes if window else None, "arrival_from_local": window}
