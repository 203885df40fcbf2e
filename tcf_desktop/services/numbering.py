"""The next number of a series, and patterns that could never give one twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.numbering import (
    PATTERN_COLUMNS,
    NumberPattern,
    may_meet,
    parse_pattern,
    pattern_column,
)

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


def take_number(uow: UnitOfWork, doc_type: str, on: str) -> tuple[str, str, int]:
    """The next number for a document of this kind (``proposal`` too) and ISO date: the number, its
    series, its place there.

    It is used up with the transaction that uses it, so that a series has neither gaps nor doubles.
    Raises ``numbering.taken``.
    """
    pattern = parse_pattern(
        uow.value(f"SELECT {pattern_column(doc_type)} FROM business WHERE id = 1")
    )
    key = pattern.series(on)
    taken = uow.rows(
        "UPDATE number_series SET next_n = next_n + 1, version = version + 1"
        " WHERE series = ? RETURNING id, next_n - 1",
        (key,),
    )
    if taken:
        uow.changed("number_series", taken[0][0])
        counter = int(taken[0][1])
    else:
        counter = pattern.first
        uow.add(models.NumberSeries(series=key, next_n=counter + 1))
    number = pattern.format(counter, on)
    table = "proposals" if doc_type == "proposal" else "invoices"
    if uow.value(f"SELECT 1 FROM {table} WHERE number = ?", (number,)) is not None:
        raise AppError("numbering.taken", number=number)
    return number, key, counter


def require_unique(uow: UnitOfWork, column: str, text: str) -> None:
    """Refuse a pattern that could give a number twice: ``numbering.meets`` another kind of
    document's, ``numbering.repeats`` one that was given under an earlier pattern."""
    pattern = parse_pattern(text)
    for other in PATTERN_COLUMNS:
        if other != column:
            theirs = str(uow.value(f"SELECT {other} FROM business WHERE id = 1"))
            if may_meet(pattern, parse_pattern(theirs)):
                raise AppError("numbering.meets", pattern=text, other=theirs)
    table = "proposals" if column == "proposal_pattern" else "invoices"
    counters = dict(uow.rows("SELECT series, next_n FROM number_series"))
    for number, series, on in uow.rows(
        f"SELECT number, series, coalesce({'sent_on' if table == 'proposals' else 'issued_on'},"
        f" '2000-01-01') FROM {table} WHERE number IS NOT NULL"
    ):
        if series == pattern.series(on):
            continue
        found = pattern.parse(number)
        if found is not None and found[0] >= _next_of(pattern, found[1] or on[:4], counters):
            raise AppError("numbering.repeats", pattern=text, number=number)


def _next_of(pattern: NumberPattern, year: str, counters: dict[str, int]) -> int:
    return counters.get(pattern.series(f"{year}-01-01"), pattern.first)
