"""What the office does with series: begin one, leave a date out, end, cancel or delete it.

Changing and moving one is in :mod:`tcf_desktop.services.series_edits`. All are undone field by
field, so that a visit may be finished between the change and its undo.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.recurrence import (
    dates,
    last_date,
    next_dates,
    occurrence_id,
    rule_of,
    rule_text,
)
from tcf_desktop.services.appointment_values import (
    KIND_WORDS,
    AppointmentDraft,
    assign,
    mark_changed,
    movable,
    name_of,
    new_uid,
)
from tcf_desktop.services.appointments import SaveAppointment
from tcf_desktop.services.checklists import copy_items, usual_items
from tcf_desktop.services.command import Command
from tcf_desktop.services.occurrence_rows import Inside, make_rows, row_of, series_id_of
from tcf_desktop.services.queries.occurrences import DAY_MS, occurrence, row_id
from tcf_desktop.services.series_settling import LOOK_BACK_DAYS, begun
from tcf_desktop.services.series_values import (
    SeriesDraft,
    add_series_lines,
    series_values,
)

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

Scope = Literal["following", "all"]
OPEN: Final = ("tentative", "confirmed")

__all__ = ["SeriesDraft"]


@dataclass(frozen=True, slots=True)
class CreateSeries(Command[int]):
    """Book something that comes again; returns the id of the series.

    The first time is the first date of the rule on or after the draft's start. Visits that have
    begun become rows. ``uid`` keeps the identity that a file gave it. Raises ``schedule.rule``,
    ``series.until`` and ``series.never``.
    """

    draft: AppointmentDraft
    series: SeriesDraft
    uid: str = ""

    by_field = True

    def execute(self, uow: UnitOfWork) -> int:
        made = add_series(uow, self.draft, self.series, uid=self.uid)
        if made.contact_id is not None:
            since = uow.now_at - LOOK_BACK_DAYS * DAY_MS
            make_rows(uow, begun(uow, since=since, series_id=made.id))
        become_customer(uow, self.draft)
        uow.describe(f"new series of {KIND_WORDS[made.kind]}s {{name}}", name=name_of(uow, made))
        return made.id


@dataclass(frozen=True, slots=True)
class MakeSeries(Command[int]):
    """Let an appointment come again: it is changed as the draft says and becomes the first of the
    series, whose id is returned. Raises ``series.already`` when it belongs to one."""

    appointment_id: int
    draft: AppointmentDraft
    series: SeriesDraft

    by_field = True

    def execute(self, uow: UnitOfWork) -> int:
        if self.appointment_id < 0:
            raise AppError("series.already")
        row = uow.get(models.Appointment, self.appointment_id)
        if row.series_id is not None:
            raise AppError("series.already")
        SaveAppointment(self.appointment_id, self.draft).execute(uow)
        made = add_series(uow, self.draft, self.series)
        # A rule that leaves out the appointment's own day begins after it.
        row.series_id, row.occurrence_on = made.id, row.starts_local[:10]
        mark_changed(uow, row)
        uow.session.flush()
        if made.contact_id is not None:
            since = uow.now_at - LOOK_BACK_DAYS * DAY_MS
            make_rows(uow, begun(uow, since=since, series_id=made.id))
        uow.describe("repeating {name}", name=name_of(uow, made))
        return made.id


@dataclass(frozen=True, slots=True)
class SkipOccurrence(Command[None]):
    """This time it does not take place; a row that stands for it is put away."""

    ident: int
    reason: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        skip(uow, self.ident, self.reason)


@dataclass(frozen=True, slots=True)
class EndSeries(Command[None]):
    """It does not take place any more: from this occurrence on, or (``all``) from now on. What has
    begun, is done or invoiced stays. Raises ``series.over`` when nothing lies ahead."""

    ident: int
    scope: Scope = "following"

    by_field = True

    def execute(self, uow: UnitOfWork) -> None:
        series, on = living(uow, self.ident)
        uow.describe("end of the series {name}", name=name_of(uow, series))
        end(uow, series, first_ahead(uow, series, on if self.scope == "following" else None))


@dataclass(frozen=True, slots=True)
class CancelSeries(Command[None]):
    """The customer cancels it: this visit (with ``all`` the next one) stays on record as cancelled
    with the reason, and so does what was booked differently; then the series ends."""

    ident: int
    reason: str = ""
    scope: Scope = "following"

    by_field = True

    def execute(self, uow: UnitOfWork) -> None:
        series, on = living(uow, self.ident)
        uow.describe("cancelling the series {name}", name=name_of(uow, series))
        start = first_ahead(uow, series, on if self.scope == "following" else None)
        ident = row_id(Inside(uow), occurrence_id(series.id, start))
        if ident > 0 or occurrence(Inside(uow), ident) is not None:
            row_of(uow, ident)
        end(uow, series, start, cancelled=True, reason=self.reason)


@dataclass(frozen=True, slots=True)
class DeleteSeries(Command[None]):
    """Take it off the schedule from this occurrence on, or as a whole; what has begun stays."""

    ident: int
    scope: Scope = "all"

    by_field = True

    def execute(self, uow: UnitOfWork) -> None:
        series, on = living(uow, self.ident)
        uow.describe("deletion of the series {name}", name=name_of(uow, series))
        if self.scope == "following":
            end(uow, series, first_ahead(uow, series, on))
            return
        make_rows(uow, begun(uow, series_id=series.id))
        put_away(uow, series, "")
        series.deleted_at = uow.now_at
        changed(uow, series)


# What the commands share


def add_series(
    uow: UnitOfWork,
    draft: AppointmentDraft,
    series: SeriesDraft,
    *,
    uid: str = "",
    split_from_id: int | None = None,
    stored: models.Series | None = None,
) -> models.Series:
    """Insert a series with its lines and checklist; what ``stored`` has already may stay."""
    values = series_values(uow, draft, series, stored)
    made = uow.add(
        models.Series(
            uid=uid or new_uid(),
            split_from_id=split_from_id,
            sequence=0,
            created_at=uow.now_at,
            updated_at=uow.now_at,
            deleted_at=None,
            **values,
        )
    )
    add_series_lines(uow, made.id, draft.lines)
    items = usual_items(uow, draft.lines) if draft.checklist is None else draft.checklist
    copy_items(uow, items, series_id=made.id)
    uow.session.flush()
    return made


def living(uow: UnitOfWork, ident: int) -> tuple[models.Series, date]:
    """The series of an appointment or occurrence and the date of the rule that is meant.

    Raises ``series.none`` and ``data.gone``.
    """
    series_id, on = series_id_of(uow, ident)
    series = uow.get(models.Series, series_id)
    if series.deleted_at is not None:
        raise AppError("data.gone")
    return series, date.fromisoformat(on)


def changed(uow: UnitOfWork, series: models.Series) -> None:
    """A change that other calendars must take over."""
    series.sequence += 1
    series.updated_at = uow.now_at
    uow.session.flush()


def first_on(series: models.Series) -> date:
    return date.fromisoformat(series.starts_local[:10])


def begins_at(series: models.Series, on: date) -> int:
    """When it begins on a date, UTC milliseconds."""
    start = f"{on.isoformat()}{series.starts_local[10:]}"
    return rules.instants(
        start, series.minutes, series.zone, all_day=bool(series.all_day)
    ).starts_at


def first_ahead(uow: UnitOfWork, series: models.Series, on: date | None) -> date:
    """The first date of the rule, from ``on`` on, that has not begun; ``series.over`` without."""
    rule, first = rule_of(series.rule), first_on(series)
    now = rules.wall_of(uow.now_at, series.zone).date()
    start = max(on or first, now - timedelta(days=1), first)
    for day in next_dates(rule, first, start - timedelta(days=1), 4):
        if begins_at(series, day) > uow.now_at:
            return day
    raise AppError("series.over")


def end(
    uow: UnitOfWork,
    series: models.Series,
    start: date,
    *,
    cancelled: bool = False,
    reason: str = "",
) -> None:
    """No more from ``start`` on; what stands for these dates is put away, or cancelled."""
    put_away(uow, series, start.isoformat(), cancelled=cancelled, reason=reason)
    finish_before(uow, series, start)


def finish_before(uow: UnitOfWork, series: models.Series, start: date) -> None:
    """Let the rule give no date from ``start`` on; a series that never took place goes."""
    rule, first = rule_of(series.rule), first_on(series)
    before = start - timedelta(days=1)
    kept = uow.value(
        "SELECT 1 FROM appointments WHERE series_id = ? AND deleted_at IS NULL", (series.id,)
    )
    if not kept and not dates(rule, first, first, before):
        series.deleted_at = uow.now_at
    else:
        ended = replace(rule, count=None, until=before)
        last = last_date(ended, first)
        series.rule = rule_text(ended)
        series.last_on = last.isoformat() if last is not None else None
    changed(uow, series)


def put_away(
    uow: UnitOfWork,
    series: models.Series,
    start: str,
    *,
    cancelled: bool = False,
    reason: str = "",
) -> None:
    """Delete or cancel the rows from the date ``start`` on that are open and have not begun."""
    for row in uow.find(models.Appointment, series_id=series.id, deleted_at=None):
        if (row.occurrence_on or "") >= start and is_open(uow, row):
            values: dict[str, Any] = {"deleted_at": uow.now_at}
            if cancelled:
                values = {"state": "cancelled", "cancel_reason": reason.strip()}
            if assign(row, values):
                mark_changed(uow, row)
    uow.session.flush()


def is_open(uow: UnitOfWork, row: models.Appointment) -> bool:
    """Whether it lies ahead and nothing has become of it yet."""
    ahead = row.starts_at > uow.now_at and row.deleted_at is None
    return ahead and row.state in OPEN and row.invoice_id is None


def skip(uow: UnitOfWork, ident: int, reason: str = "") -> None:
    """Leave an occurrence out. Raises ``data.gone`` and ``schedule.invoiced``."""
    known = row_id(Inside(uow), ident)
    if known >= 0:
        row = movable(uow, known)
        uow.describe("leaving out {name}", name=name_of(uow, row))
        row.deleted_at = uow.now_at
        mark_changed(uow, row)
        return
    found = occurrence(Inside(uow), known)
    if found is None:
        raise AppError("data.gone")
    series = uow.get(models.Series, found.series_id)
    uow.add(
        models.SeriesSkip(
            series_id=series.id, occurrence_on=found.on.isoformat(), reason=reason.strip()
        )
    )
    uow.describe("leaving out {name}", name=name_of(uow, series))


def become_customer(uow: UnitOfWork, draft: AppointmentDraft) -> None:
    if draft.kind == "job" and draft.contact_id is not None:
        from tcf_desktop.services.contacts import become_customer as become

        become(uow, draft.contact_id)
