"""The rows of an import before it is written: what happens to each and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.imports import Action, PlanRow
from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel

ROW, NAME, ACTION, REASON = range(4)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportRows", text)


def action_word(action: Action) -> str:
    """Add, Update, In doubt or Skipped."""
    return {
        Action.ADD: _tr("Add"),
        Action.UPDATE: _tr("Update"),
        Action.IN_DOUBT: _tr("In doubt"),
        Action.SKIP: _tr("Skipped"),
    }[action]


def action_tone(action: Action) -> str:
    """The tone of an action's chip."""
    return {
        Action.ADD: "ok",
        Action.UPDATE: "info",
        Action.IN_DOUBT: "warn",
        Action.SKIP: "neutral",
    }[action]


class ImportRowsModel(IdListModel[PlanRow]):
    """Plan rows by their number in the plan; :meth:`show_action` filters."""

    def __init__(self) -> None:
        self.plan_rows: list[PlanRow] = []
        self.several_files = False
        self.contacts = False  # their rows in doubt look like duplicates
        self.reason_with_name = False  # in a narrow window
        self._shown: Action | None = None
        super().__init__(
            [
                Column(
                    "row",
                    _tr("Row"),
                    lambda row: str(row.row),
                    second=lambda row: row.file if self.several_files else "",
                    width=72,
                ),
                Column(
                    "name",
                    _tr("Who or what"),
                    lambda row: row.name or _tr("Cannot be read"),
                    second=lambda row: row.detail,
                    stretch=True,
                ),
                Column("action", _tr("What happens"), lambda r: self.word(r.action), width=116),
                Column("reason", _tr("Why"), lambda row: row.reason, stretch=True),
            ],
            lambda numbers: {number: self.plan_rows[number] for number in numbers},
        )

    def word(self, action: Action) -> str:
        """What happens to a row, in a word or two."""
        if self.contacts and action is Action.IN_DOUBT:
            return _tr("Duplicate?")
        return action_word(action)

    def set_rows(self, rows: Sequence[PlanRow]) -> None:
        """Show another plan."""
        self.plan_rows = list(rows)
        self.several_files = len({row.file for row in rows}) > 1
        self.invalidate()
        self.show_action(self._shown)

    def show_action(self, action: Action | None) -> None:
        """Only the rows of one action; all for None."""
        self._shown = action
        rows = enumerate(self.plan_rows)
        self.set_ids([n for n, row in rows if action is None or row.action is action])

    def change(self, numbers: Sequence[int], rows: Sequence[PlanRow]) -> None:
        """Put other rows at these numbers of the plan."""
        for number, row in zip(numbers, rows, strict=True):
            self.plan_rows[number] = row
        self.invalidate(numbers)
        self.show_action(self._shown)
