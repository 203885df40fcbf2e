"""Two contacts field by field, with what the merged one will have beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import DataLabel, hairline
from tcf_desktop.views.duplicates.choice_cell import ChoiceCell
from tcf_desktop.views.duplicates.words import field_label, field_value, kind_word

if TYPE_CHECKING:
    from tcf_desktop.domain.merging import Side
    from tcf_desktop.services.queries.merging import MergePlan, Part

_LABEL, _KEEP, _OTHER, _RESULT = range(4)
_ROOM_FOR_RESULT: Final = 640


class CompareGrid(QWidget):
    """``changed`` when another side of a field was chosen."""

    changed = Signal()

    def __init__(self, plan: MergePlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("merge.grid")
        self._plan = plan
        self._groups: dict[str, QButtonGroup] = {}
        self._results: dict[str, DataLabel] = {}
        self._result_column: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(_LABEL, 0)
        for column in (_KEEP, _OTHER, _RESULT):
            self._grid.setColumnStretch(column, 1)
        self._row = 0
        self._heads()
        for side in plan.fields:
            self._field(side)
        self._kinds()
        for label, parts in (
            (self.tr("Phones"), plan.phones),
            (self.tr("E-mail"), plan.emails),
            (self.tr("Locations"), plan.places),
            (self.tr("Tags"), plan.tags),
        ):
            if parts:
                self._parts(label, parts)

    def taken(self) -> tuple[str, ...]:
        """The fields that come from the other contact."""
        chosen = (key for key, group in self._groups.items() if group.checkedId() == _OTHER)
        alone = (side.key for side in self._plan.fields if side.takes_other)
        return (*chosen, *alone)

    def result_name(self) -> str:
        """What the merged contact is called."""
        return self._results["name"].text() if "name" in self._results else self._plan.keep.name

    def _heads(self) -> None:
        for column, text in (
            (_KEEP, self.tr("Stays")),
            (_OTHER, self.tr("Goes into it")),
            (_RESULT, self.tr("Result")),
        ):
            self._put(DataLabel(text, "caption", "text2", weight=600), column)
        self._row += 1
        self._grid.addWidget(hairline(), self._row, 0, 1, 4)
        self._row += 1

    def _field(self, side: Side) -> None:
        label = field_label(side.key)
        ours, theirs = field_value(side.key, side.keep), field_value(side.key, side.other)
        self._put(_label(label), _LABEL)
        result = DataLabel(theirs if side.takes_other else ours, "body", weight=600)
        result.setObjectName(f"merge.result.{side.key}")
        if side.differs:
            group = QButtonGroup(self)
            for column, text, whose in (
                (_KEEP, ours, self.tr("{field} of the one that stays: {value}")),
                (_OTHER, theirs, self.tr("{field} of the other one: {value}")),
            ):
                name = "keep" if column == _KEEP else "other"
                cell = ChoiceCell(text, object_name=f"merge.{name}.{side.key}")
                cell.setAccessibleName(whose.format(field=label, value=text))
                cell.setChecked(column == _KEEP)
                group.addButton(cell, column)
                self._put(cell, column)
            group.idClicked.connect(
                lambda column, key=side.key, texts=(ours, theirs): self._on_chosen(
                    key, texts[column == _OTHER]
                )
            )
            self._groups[side.key] = group
        else:
            self._put(_quiet(ours), _KEEP)
            self._put(_quiet(theirs), _OTHER)
        self._results[side.key] = result
        self._put(result, _RESULT)
        self._row += 1

    def _kinds(self) -> None:
        plan = self._plan
        self._put(_label(self.tr("Status")), _LABEL)
        self._put(_quiet(kind_word(plan.keep.draft.kind)), _KEEP)
        self._put(_quiet(kind_word(plan.other.draft.kind)), _OTHER)
        self._put(DataLabel(kind_word(plan.kind), "body", weight=600), _RESULT)
        self._row += 1

    def _parts(self, label: str, parts: Sequence[Part]) -> None:
        """What is united rather than chosen: one line for each, where it is now."""
        self._put(_label(label), _LABEL)
        for part in parts[:40]:
            for column, absent in ((_KEEP, "other"), (_OTHER, "keep")):
                text = "" if part.owner == absent else part.text
                self._put(DataLabel(text, "body", "text2"), column)
            self._put(DataLabel(part.text, "body", weight=600), _RESULT)
            self._row += 1

    def _put(self, widget: QWidget, column: int) -> None:
        if isinstance(widget, DataLabel) and column != _LABEL:
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            widget.setMinimumHeight(theme().line_height())
        self._grid.addWidget(widget, self._row, column, Qt.AlignmentFlag.AlignVCenter)
        if column == _RESULT:
            self._result_column.append(widget)

    def _on_chosen(self, key: str, value: str) -> None:
        self._results[key].setText(value)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().width() * 100 >= _ROOM_FOR_RESULT * theme().text_scale
        for widget in self._result_column:
            widget.setVisible(roomy)
        self._grid.setColumnStretch(_RESULT, 1 if roomy else 0)


def _label(text: str) -> DataLabel:
    label = DataLabel(text, "caption", "text2")
    label.setMaximumWidth(theme().scaled(130))
    return label


def _quiet(text: str) -> DataLabel:
    return DataLabel(text or "–", "body", "text2" if text else "text3")
