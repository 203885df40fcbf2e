"""What is said beside the fields of an appointment before it is saved; nothing is forbidden."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError
from tcf_desktop.services.queries.conflicts import (
    SeriesConflicts,
    conflicts_of,
    series_conflicts,
)
from tcf_desktop.views.schedule.conflict_words import conflict_lines, series_words

if TYPE_CHECKING:
    from tcf_desktop.domain.conflicts import Conflict
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.appointment_values import AppointmentDraft
    from tcf_desktop.services.series_values import SeriesDraft


@dataclass(frozen=True, slots=True)
class Judgement:
    """What speaks against an appointment, and against the visits after it."""

    conflicts: tuple[Conflict, ...] = ()
    series: SeriesConflicts | None = None


def judge(
    r: Reader,
    draft: AppointmentDraft,
    series: SeriesDraft | None,
    but_not: int | None,
    series_id: int | None,
) -> Judgement:
    """For a draft as it is typed; nothing is said of one that is no time yet."""
    try:
        found = conflicts_of(r, draft, but_not=but_not)
        if series is None:
            return Judgement(found)
        later = series_conflicts(
            r, draft, series.rule, holidays=series.holidays, series_id=series_id
        )
    except AppError:
        return Judgement()
    return Judgement(found, _without(later, but_not))


def _without(later: SeriesConflicts, ident: int | None) -> SeriesConflicts:
    """A visit that is about to become a series is not in its own way."""
    kept = []
    for found in later.found:
        others = tuple(one for one in found.conflicts if ident is None or one.other_id != ident)
        if others:
            kept.append(replace(found, conflicts=others))
    return replace(later, found=tuple(kept))


def judgement_words(found: Judgement) -> list[str]:
    """Sentences for the notice."""
    lines = conflict_lines(found.conflicts)
    if found.series is not None:
        lines += series_words(found.series)
    return lines
