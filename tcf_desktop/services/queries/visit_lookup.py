"""Visits found by what stands on paper: their code, or the product that was put down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.domain.visit_code import parse_code
from tcf_desktop.services.queries.occurrences import occurrence, row_id

if TYPE_CHECKING:
    from datetime import date

    from tcf_desktop.models.connection import Reader

_MOST_SPLITS: Final = 50
_LEAST_LETTERS: Final = 3


def visit_of_code(r: Reader, text: str) -> int:
    """The visit of a typed or scanned code: the id of its row, or the number of its occurrence.

    Paper stays good when the occurrence becomes a row and when its series is split. Raises what
    :func:`parse_code` raises, and ``visit.code_gone``.
    """
    code = parse_code(text)
    found: int | None = None
    if code.appointment_id is not None:
        found = code.appointment_id if _lives(r, code.appointment_id) else None
    elif code.series_id is not None and code.on is not None:
        found = _of_series(r, code.series_id, code.on)
    if found is None:
        raise AppError("visit.code_gone", typed=text.strip()[:24])
    return found


def treated_with(r: Reader, text: str, limit: int) -> list[tuple[int, str, str, str]]:
    """Visits where a product was put down whose name or registration number begins so, newest
    first: appointment id, customer, product with its number, wall time."""
    text = text.strip()
    if len(text) < _LEAST_LETTERS:
        return []
    escaped = text[:60].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return [
        (row[0], row[1], " · ".join(filter(None, row[2:4])), row[4])
        for row in r.all(
            "SELECT a.id, coalesce(c.display_name, a.title), t.product, t.registration_number,"
            " coalesce(nullif(t.treated_local, ''), a.starts_local) AS at FROM treatments t"
            " JOIN appointments a ON a.id = t.appointment_id AND a.deleted_at IS NULL"
            " LEFT JOIN contacts c ON c.id = a.contact_id WHERE t.deleted_at IS NULL"
            " AND (t.product LIKE ? ESCAPE '\\' OR t.registration_number LIKE ? ESCAPE '\\')"
            " ORDER BY at DESC, t.id DESC LIMIT ?",
            (f"{escaped}%", f"{escaped}%", limit),
        )
    ]


def _lives(r: Reader, ident: int) -> bool:
    return (
        r.value("SELECT 1 FROM appointments WHERE id = ? AND deleted_at IS NULL", (ident,))
        is not None
    )


def _of_series(r: Reader, series_id: int, on: date) -> int | None:
    """The visit of that date in the series, or in one that went on in its place."""
    waiting, seen = [series_id], set[int]()
    while waiting and len(seen) < _MOST_SPLITS:
        this = waiting.pop(0)
        if this in seen:
            continue
        seen.add(this)
        ident = occurrence_id(this, on)
        stored = row_id(r, ident)
        if stored > 0:
            return stored if _lives(r, stored) else None
        if occurrence(r, ident) is not None:
            return ident
        waiting += [
            row[0] for row in r.all("SELECT id FROM series WHERE split_from_id = ?", (this,))
        ]
    return None
