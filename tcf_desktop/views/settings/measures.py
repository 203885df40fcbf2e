"""Settings > Measures: what is counted or measured at a location."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.record_settings import (
    MeasureRow,
    Removed,
    measures,
    removed_measures,
)
from tcf_desktop.views.common import LineEdit
from tcf_desktop.views.settings.rows import ListSection, SettingRow, put

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Stored = tuple[tuple[MeasureRow, ...], tuple[Removed, ...]]


class MeasuresSection(ListSection):
    """Leaving a field of a row stores the row."""

    key = "measures"
    tables = ("measures",)

    def build(self) -> None:
        self.build_list(
            self.tr("Measures of a location"),
            self.tr(
                "Write them once at a location, and they fill the quantity of the services that "
                "use them (Services and prices). Removing one keeps what was measured."
            ),
            self.tr("Add a measure"),
        )
        self.empty.setText(self.tr("Nothing is measured yet. Add panes, square feet or stories."))

    def load(self) -> None:
        self.ctx.tasks.read(self, _stored, self._show)

    def add_new(self) -> None:
        from tcf_desktop.services.measures import SaveMeasure

        self.do_add(SaveMeasure(None, self.free_name(self.tr("New measure"))))

    def make_row(self, stored: Any) -> SettingRow:
        row = MeasureSettings(stored.id, self.tr("measure"))
        row.edited.connect(self._on_row_edited)
        row.moveRequested.connect(self._on_row_move_requested)
        row.removeRequested.connect(self._on_row_remove_requested)
        return row

    def bring_back(self, row_id: int) -> None:
        from tcf_desktop.services.measures import RestoreMeasure

        self.do(RestoreMeasure(row_id))

    def _show(self, found: Stored) -> None:
        self.show_rows(found[0])
        self.show_removed(found[1], self._removed_words)

    def _removed_words(self, entry: Removed) -> str:
        words = i18n.plural(
            entry.used,
            self.tr("{n} location still has it."),
            self.tr("{n} locations still have it."),
        )
        return self.tr("“{name}” was removed. {words}").format(name=entry.name, words=words)

    def _on_row_edited(self, row_id: int) -> None:
        from tcf_desktop.services.measures import SaveMeasure

        row = self.row(row_id)
        assert isinstance(row, MeasureSettings)
        self.do(SaveMeasure(row_id, row.name.text(), row.unit.text()), row_id)

    def _on_row_move_requested(self, row_id: int, by: int) -> None:
        from tcf_desktop.services.measures import MoveMeasure

        self.do(MoveMeasure(row_id, by), row_id)

    def _on_row_remove_requested(self, row_id: int) -> None:
        from tcf_desktop.services.measures import RemoveMeasure

        said = self.tr("Measure {name} removed.").format(name=self.row(row_id).stored.name)
        self.do_remove(RemoveMeasure(row_id), said)


class MeasureSettings(SettingRow):
    """Name and unit of a measure."""

    def __init__(self, row_id: int, what: str) -> None:
        super().__init__(row_id, f"settings.measures.{row_id}", what)
        self.unit = LineEdit(
            placeholder=self.tr("Unit: panes, sq ft"), object_name=f"{self.object_name}.unit"
        )
        self.unit.setAccessibleName(self.tr("Unit of the measure"))
        self.unit.setMaxLength(40)
        self.unit.editingFinished.connect(self.announce)
        self.top.addWidget(self.unit, 1)

    def show_stored(self, stored: Any, *, first: bool, last: bool) -> None:
        super().show_stored(stored, first=first, last=last)
        put(self.unit, stored.unit)

    def differs(self) -> bool:
        return super().differs() or self.unit.text().strip() != self.stored.unit


def _stored(r: Reader) -> Stored:
    return measures(r), removed_measures(r)
