"""How the rows of an import stand in a table: the check, and the report of an earlier one."""

from __future__ import annotations

from collections.abc import Callable

from tcf_desktop.domain.imports import Action, PlanRow
from tcf_desktop.itemmodels.import_rows import (
    ACTION,
    NAME,
    REASON,
    ROW,
    ImportRowsModel,
    action_tone,
)
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import Cell, ListTable, TwoLineDelegate


def dress(table: ListTable, model: ImportRowsModel) -> None:
    """Give a table its columns and cells."""
    header = table.horizontalHeader()
    for number, column in enumerate(model.columns):
        table.setItemDelegateForColumn(number, TwoLineDelegate(_cell(model, number), table))
        if column.stretch:
            header.setSectionResizeMode(number, header.ResizeMode.Stretch)
        else:
            header.resizeSection(number, column.width * theme().text_scale // 100)


def _cell(model: ImportRowsModel, number: int) -> Callable[[PlanRow], Cell]:
    column = model.columns[number]

    def action(row: PlanRow) -> Cell:
        word = model.word(row.action)
        if row.action in {Action.ADD, Action.SKIP}:  # the common ones need no colour
            return Cell(word, token="text" if row.action is Action.ADD else "text2")
        return Cell(chip=word, tone=action_tone(row.action))

    def number_of(row: PlanRow) -> Cell:
        second = column.second
        return Cell(column.text(row), second(row) if second else "", token="text2")

    def name(row: PlanRow) -> Cell:
        second = row.reason or row.detail if model.reason_with_name else row.detail
        return Cell(column.text(row), second, weight=600)

    def reason(row: PlanRow) -> Cell:
        first, stop, rest = row.reason.partition(". ")
        return Cell(f"{first}{stop.strip()}", rest, token="text2")

    cells = {ROW: number_of, NAME: name, ACTION: action, REASON: reason}
    return cells[number]
