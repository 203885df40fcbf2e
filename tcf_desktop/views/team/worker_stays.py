"""Which crew a person is in and from when to when: rows that come and go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.team_records import StayDraft
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.team_records import CrewChoice
from tcf_desktop.views.common import ComboBox, DataLabel, IconButton, LinkButton
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.common.tab_order import chain_in_layout_order


class StaysEditor(QWidget):
    """Memberships of one person, the newest last."""

    def __init__(self, today: Callable[[], str], object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._today = today
        self._crews: Sequence[CrewChoice] = ()
        self.rows: list[StayRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.none = DataLabel(self.tr("In no crew."), color="text2")
        self.add = LinkButton("", "plus", object_name=f"{object_name}.add")
        self.add.clicked.connect(self._on_add_clicked)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.none)
        column.addLayout(self._list)
        column.addLayout(foot)

    def set_stays(self, stays: Sequence[StayDraft], crews: Sequence[CrewChoice]) -> None:
        """Show these; ``crews`` are those to choose from."""
        self._crews = crews
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for stay in stays:
            self._add(stay)
        self._show()

    def stays(self) -> tuple[StayDraft, ...]:
        """What stands here; an open one ends the day before the next begins."""
        found = [row.draft() for row in self.rows]
        chosen = sorted(
            (stay for stay in found if stay is not None), key=lambda stay: stay.from_on or ""
        )
        following = [*chosen, None][1:]
        closed = [_ended(stay, later) for stay, later in zip(chosen, following, strict=True)]
        return tuple(closed)

    def _add(self, stay: StayDraft | None) -> StayRow:
        row = StayRow(self._today, self._crews, stay, f"{self.objectName()}.{len(self.rows)}")
        row.removeRequested.connect(self._on_row_remove_requested)
        self.rows.append(row)
        self._list.addWidget(row)
        chain_in_layout_order(self)
        return row

    def _show(self) -> None:
        self.none.setVisible(not self.rows)
        self.add.setText(
            self.tr("Another crew from a day on") if self.rows else self.tr("Put in a crew")
        )
        self.add.setEnabled(bool(self._crews))
        self.add.setToolTip("" if self._crews else self.tr("There is no crew yet"))

    def _on_add_clicked(self) -> None:
        row = self._add(None)
        if len(self.rows) > 1:
            row.first.set_iso(self._today())
        self._show()
        row.crew.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row_remove_requested(self, row: StayRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._show()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)


class StayRow(QWidget):
    """A crew, from and until; ``removeRequested`` with itself."""

    removeRequested = Signal(object)

    def __init__(
        self,
        today: Callable[[], str],
        crews: Sequence[CrewChoice],
        stay: StayDraft | None,
        object_name: str,
    ) -> None:
        super().__init__()
        self.crew = ComboBox(object_name=f"{object_name}.crew")
        self.crew.setAccessibleName(self.tr("Crew"))
        for crew in crews:
            if not crew.dissolved or (stay is not None and stay.crew_id == crew.id):
                name = self.tr("{crew} (dissolved)") if crew.dissolved else "{crew}"
                self.crew.addItem(name.format(crew=crew.name), crew.id)
        self.first = DayField(today, object_name=f"{object_name}.from")
        self.last = DayField(today, object_name=f"{object_name}.to")
        self.first.setAccessibleName(self.tr("In the crew from"))
        self.last.setAccessibleName(self.tr("In the crew until"))
        self.first.setPlaceholderText(self.tr("always"))
        self.last.setPlaceholderText(self.tr("open"))
        if stay is not None:
            self.crew.select_data(stay.crew_id)
            self.first.set_iso(stay.from_on or "")
            self.last.set_iso(stay.to_on or "")
        remove = IconButton(
            "trash", self.tr("Remove this membership"), framed=False,
            object_name=f"{object_name}.remove",
        )  # fmt: skip
        remove.clicked.connect(lambda *_: self.removeRequested.emit(self))
        fields = FlowRow(spacing=8)
        for widget in (
            self.crew,
            _Pair(self.tr("from"), self.first),
            _Pair(self.tr("until"), self.last),
        ):
            fields.add(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(fields, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        theme().changed.connect(self._fit)
        self._fit()

    def draft(self) -> StayDraft | None:
        """What is meant; a text that is no date stands in it as typed."""
        crew_id = self.crew.currentData()
        if crew_id is None:
            return None
        return StayDraft(crew_id, self.first.iso() or None, self.last.iso() or None)

    def _fit(self) -> None:
        for field in (self.first, self.last):
            field.setFixedWidth(theme().metrics().horizontalAdvance("Sep 30, 2026") + 34)
        self.crew.setFixedWidth(theme().scaled(150))


class _Pair(QWidget):
    """A word and its field in one line."""

    def __init__(self, word: str, field: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(DataLabel(word, color="text2"))
        row.addWidget(field)


def _ended(stay: StayDraft, later: StayDraft | None) -> StayDraft:
    """An open membership ends the day before the later one begins."""
    if later is None or stay.to_on is not None or not _is_date(later.from_on):
        return stay
    ends = (date.fromisoformat(later.from_on or "") - timedelta(days=1)).isoformat()
    return replace(stay, to_on=ends) if (stay.from_on or "") <= ends else stay


def _is_date(text: str | None) -> bool:
    try:
        date.fromisoformat(text or "")
    except ValueError:
        return False
    return True
