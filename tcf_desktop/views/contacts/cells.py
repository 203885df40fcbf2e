"""How the columns of the contact list are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.contact_list import NAME, OWES, second_line
from tcf_desktop.services.queries.contact_rows import ContactRow
from tcf_desktop.views.common import Cell


def cell_of(columns: Sequence[Column[ContactRow]], number: int) -> Callable[[ContactRow], Cell]:
    """The painter's recipe of one column."""
    column = columns[number]

    def name(row: ContactRow) -> Cell:
        return Cell(row.name, second_line(row), weight=600, marks=row.marks)

    def owes(row: ContactRow) -> Cell:
        if not row.owes_cents:
            return Cell(column.text(row), right=True, token="text2")
        token = "bad" if row.overdue else "text"
        return Cell(column.text(row), right=True, weight=600, token=token)

    def plain(row: ContactRow) -> Cell:
        return Cell(column.text(row), token="text2", marks=row.marks)

    return {NAME: name, OWES: owes}.get(number, plain)
