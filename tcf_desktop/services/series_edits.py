"""Changing a series: this occurrence and those that follow, or all that have not begun.

*Following*: the old series ends before, a new one begins. *All*: what has begun becomes rows, the
series itself is changed and begins with what lies ahead. Either way a row that stands for an
occurrence keeps what was changed in it and follows in the rest (:mod:`series_rows
<tcf_desktop.services.series_rows>`); its date and the dates left out go where the series goes.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.recurrence import (
    Rule,
    dates,
    occurrence_id,
    parse_rule,
    rule_of,
    rule_text,
)
from tcf_desktop.domain.recurrence_moves import alike, carried, moved_rule, written_out
from tcf_desktop.services.appointment_values import (
    AppointmentDraft,
    assign,
    draft_facts,
    line_facts,
    name_of,
)
from tcf_desktop.services.appointments import SaveAppointment
from tcf_desktop.services.checklists import items_of, store_items
from tcf_desktop.services.command import Command
from tcf_desktop.services.occurrence_rows import Inside, make_rows, row_of
from tcf_desktop.services.queries.occurrences import occurrence, row_id
from tcf_desktop.services.series import (
    OPEN,
    Scope,
    add_series,
    become_customer,
    changed,
    finish_before,
    first_ahead,
    first_on,
    living,
)
from tcf_desktop.services.series_rows import Template, follow, move_keys
from tcf_desktop.services.series_settling import begun
from tcf_desktop.services.series_values import (
    SeriesDraft,
    add_series_lines,
    anchored,
    checked_rule,
    series_lines,
    series_values,
    started_on,
    template,
)

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class ChangeSeries(Command[int]):
    """Change an occurrence with all that follow, or with all that have not begun.

    ``ident`` is an occurrence's number or the row of one, ``draft`` what the editor shows for it.
    The rule as it was follows to another day when the draft lies on one; a rule that was changed
    counts from the draft's day. Returns the number or row that the edited occurrence has now.
    Raises ``series.none``, ``series.over``, ``series.until``, ``series.never``, ``series.move``.
    """

    ident: int
    draft: AppointmentDraft
    series: SeriesDraft
    scope: Scope = "following"

    by_field = True

    def execute(self, uow: UnitOfWork) -> int:
        found = _edit(uow, self.ident, self.draft, self.series, self.scope)
        become_customer(uow, self.draft)
        series, _on = living(uow, found)
        uow.describe("change of the series {name}", name=name_of(uow, series))
        return found


@dataclass(frozen=True, slots=True)
class MoveSeries(Command[int]):
    """Put an occurrence, with all that follow or all that have not begun, at another time.

    ``starts_local`` is a wall time of ``zone``, the series' own when empty; with ``minutes`` they
    get another length, with ``change_who`` another crew or worker. Returns and raises what
    :class:`ChangeSeries` does.
    """

    ident: int
    starts_local: str
    scope: Scope = "following"
    change_who: bool = False
    crew_id: int | None = None
    worker_id: int | None = None
    zone: str = ""
    minutes: int | None = None

    by_field = True

    def execute(self, uow: UnitOfWork) -> int:
        series, on = living(uow, self.ident)
        draft = template(uow, series, on)
        start = self.starts_local
        if self.zone and self.zone != series.zone and not series.all_day:
            at = rules.local_instant(rules.parse_local(start), self.zone)
            start = rules.format_local(rules.wall_of(at, series.zone))
        window = rules.moved_arrival(draft.arrival_from_local, draft.starts_local, start)
        draft = replace(draft, starts_local=start, arrival_from_local=window)
        if self.minutes is not None:
            draft = replace(draft, minutes=self.minutes)
        if self.change_who:
            draft = replace(draft, crew_id=self.crew_id, worker_id=self.worker_id)
        plan = SeriesDraft(series.rule, series.holidays)
        name = name_of(uow, series)
        found = _edit(uow, self.ident, draft, plan, self.scope)
        uow.describe("move of the series {name}", name=name)
        return found


def _edit(
    uow: UnitOfWork, ident: int, draft: AppointmentDraft, plan: SeriesDraft, scope: Scope
) -> int:
    series, on = living(uow, ident)
    old_rule, first = rule_of(series.rule), first_on(series)
    to = _meant(uow, ident, on, draft)
    rule = _rule(series, checked_rule(plan), on, to)
    ahead = _ahead(uow, series, on if scope == "following" else None)
    if ahead is None or on < ahead:
        _save_itself(uow, series, on, draft)
        if ahead is None:
            return row_id(Inside(uow), occurrence_id(series.id, on))
    passed = dates(old_rule, first, first, ahead - timedelta(days=1))
    if rule.count is not None:
        rule = replace(rule, count=max(1, rule.count - len(passed)))
    same = alike(written_out(rule, to), written_out(old_rule, on))
    start = carried(rule, on, to, ahead) if same else (to if on == ahead else ahead)
    begins = anchored(written_out(rule, to) if same else rule, start)
    if same and on != to:
        rule = written_out(rule, to)
    draft = started_on(draft, begins)
    plan = SeriesDraft(rule_text(rule), plan.holidays)
    before = _template(uow, series)
    keys = _Keys(old_rule, first, ahead, rule, begins, same=same)
    if scope == "all" or not passed:
        if scope == "all":
            make_rows(uow, begun(uow, series_id=series.id))
        target = _change_in_place(uow, series, draft, plan)
    else:
        target = _split(uow, series, ahead, draft, plan)
    after = _template(uow, target)
    edited = on.isoformat() if on >= ahead else ""
    moved = follow(uow, series.id, ahead.isoformat(), before, after, keys.of, edited)
    move_keys(uow, moved, target.id)
    new_on = keys.of(on.isoformat()) if edited else on.isoformat()
    owner = target.id if edited else series.id
    return row_id(Inside(uow), occurrence_id(owner, date.fromisoformat(new_on)))


class _Keys:
    """Which date of the changed series a date of the old one becomes."""

    def __init__(
        self, old: Rule, first: date, ahead: date, new: Rule, begins: date, *, same: bool
    ) -> None:
        self._old, self._first, self._ahead = old.without_end(), first, ahead
        self._new, self._begins, self._same = new.without_end(), begins, same
        self._known: dict[str, str] = {}
        self._until = ahead - timedelta(days=1)

    def of(self, on: str) -> str:
        """The new date of an old one that does not lie before the first ahead."""
        if not self._same or (self._old == self._new and self._ahead == self._begins):
            return on
        day = date.fromisoformat(on)
        if day > self._until:
            self._work_out(day)
        return self._known.get(on) or (day + (self._begins - self._ahead)).isoformat()

    def _work_out(self, day: date) -> None:
        """Each old date becomes the new one nearest to where it would be carried, each once: a
        rule may have dates more or fewer, such as the 30th of every month for the 31st."""
        until = day + timedelta(days=400)
        shift = self._begins - self._ahead
        old = dates(self._old, self._first, self._ahead, until)
        new = dates(self._new, self._begins, self._begins, until + shift + timedelta(days=40))
        pairs = []
        for one in old:
            place = bisect(new, one + shift)
            near = new[max(0, place - 2) : place + 2]
            pairs += [(abs((other - one - shift).days), one, other) for other in near]
        taken: set[date] = set()
        self._known = {}
        for _days, one, other in sorted(pairs):
            if one.isoformat() not in self._known and other not in taken:
                self._known[one.isoformat()] = other.isoformat()
                taken.add(other)
        self._until = until


def _meant(uow: UnitOfWork, ident: int, on: date, draft: AppointmentDraft) -> date:
    """Where the draft puts the date ``on`` of the rule. An occurrence that had moved away from its
    date, by hand or from a holiday, does not drag the series along."""
    known = row_id(Inside(uow), ident)
    if known >= 0:
        shown = uow.get(models.Appointment, known).starts_local
    else:
        found = occurrence(Inside(uow), known)
        if found is None:
            raise AppError("data.gone")
        shown = found.starts_local
    start = rules.parse_local(draft.starts_local).date()
    return on if start.isoformat() == shown[:10] else start


def _rule(series: models.Series, wanted: Rule, on: date, to: date) -> Rule:
    if on == to or rule_text(wanted) != rule_text(parse_rule(series.rule)):
        return wanted
    moved = moved_rule(wanted, on, to)
    if moved is None:
        raise AppError("series.move")
    return moved


def _ahead(uow: UnitOfWork, series: models.Series, on: date | None) -> date | None:
    try:
        return first_ahead(uow, series, on)
    except AppError as trouble:
        if trouble.code != "series.over":
            raise
        return None


def _save_itself(uow: UnitOfWork, series: models.Series, on: date, draft: AppointmentDraft) -> None:
    """What is edited has begun: it is changed as a single appointment, before the others."""
    row = row_of(uow, occurrence_id(series.id, on))
    if row.deleted_at is None and row.state in OPEN and row.invoice_id is None:
        SaveAppointment(row.id, replace(draft, state=row.state)).execute(uow)


def _template(uow: UnitOfWork, series: models.Series) -> Template:
    return Template(
        draft=template(uow, series, first_on(series)),
        arrival_offset=series.arrival_offset,
        items=tuple(item.text for item in items_of(uow, series_id=series.id)),
        holidays=series.holidays,
    )


def _change_in_place(
    uow: UnitOfWork, series: models.Series, draft: AppointmentDraft, plan: SeriesDraft
) -> models.Series:
    assign(series, series_values(uow, draft, plan, series))
    stored = series_lines(uow, series.id)
    if [line_facts(line) for line in stored] != [draft_facts(line) for line in draft.lines]:
        for line in stored:
            uow.delete(line)
        add_series_lines(uow, series.id, draft.lines)
    if draft.checklist is not None:
        store_items(uow, draft.checklist, series_id=series.id)
    changed(uow, series)
    return series


def _split(
    uow: UnitOfWork, series: models.Series, ahead: date, draft: AppointmentDraft, plan: SeriesDraft
) -> models.Series:
    """The series up to ``ahead`` and a new one from there."""
    if draft.checklist is None:
        items = tuple(item.text for item in items_of(uow, series_id=series.id))
        draft = replace(draft, checklist=items)
    made = add_series(uow, draft, plan, split_from_id=series.id, stored=series)
    finish_before(uow, series, ahead)
    return made
