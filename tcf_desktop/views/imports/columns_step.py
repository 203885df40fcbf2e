"""The second step for tables: what each column holds, how the file is encoded, how dates go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.table_files import (
    FIELD,
    IGNORED,
    MEASURE,
    NOTE_LINE,
    TARGETS,
    TableColumn,
    TableLook,
    TableReading,
    kind_of,
    names_somebody,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import (
    Card,
    ComboBox,
    DataLabel,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    hairline,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.imports.words import encodings, orders, separators, target_words

_TARGET_WIDTH = 232


@dataclass(frozen=True, slots=True)
class Choosable:
    """The names of the office's own fields and measures, which a column can hold too."""

    fields: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


class ColumnsStep(QWidget):
    """``continueRequested`` when every column is settled; ``lookRequested`` with the path and how
    to read it when another encoding or separator is chosen."""

    continueRequested = Signal()
    leaveRequested = Signal()
    lookRequested = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import.columns")
        self._looks: dict[str, TableLook] = {}
        self._targets: dict[str, list[str]] = {}
        self._orders: dict[str, str] = {}
        self._choosable = Choosable()
        self._path = ""
        self.targets: list[ComboBox] = []
        self._shown: list[int] = []
        self._build()

    def _build(self) -> None:
        self.summary = DataLabel("", "subtitle", object_name="import.columns.summary")
        hint = DataLabel(
            self.tr(
                "Say what each column holds. What is kept as a note stands in the note of the "
                "contact, with its heading. Your choice is remembered for the next file like this."
            ),
            color="text2",
            wrap=True,
        )
        hint.setMaximumWidth(theme().scaled(640))
        self.file = self._combo(self.tr("File"), "import.columns.file")
        self.file.activated.connect(self._on_file_activated)
        self.encoding = self._combo(self.tr("Letters"), "import.columns.encoding")
        self.separator = self._combo(self.tr("Columns parted by"), "import.columns.separator")
        self.order = self._combo(self.tr("Dates"), "import.columns.order")
        for key, text in encodings():
            self.encoding.addItem(text, key)
        for key, text in separators():
            self.separator.addItem(text, key)
        self.encoding.activated.connect(self._on_shape_activated)
        self.separator.activated.connect(self._on_shape_activated)
        self.order.activated.connect(self._on_order_activated)
        self._settings = FlowRow(spacing=16)
        for combo in (self.file, self.encoding, self.separator, self.order):
            self._settings.add(self._labelled(combo))
        self.pane = ScrollPane("surface")
        self.pane.layout_.setContentsMargins(16, 8, 16, 12)
        frame = Card(margin=0)
        frame.body.setContentsMargins(1, 6, 1, 6)
        frame.body.addWidget(self.pane)
        cancel = PlainButton(self.tr("Cancel"), object_name="import.columns.cancel")
        cancel.clicked.connect(self.leaveRequested)
        self.note = DataLabel("", "caption", "text2")
        self.go = PrimaryButton(self.tr("Check the rows"), object_name="import.columns.go")
        self.go.clicked.connect(self.continueRequested)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.note, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(hint)
        column.addWidget(self._settings)
        column.addWidget(frame, 1)
        column.addLayout(foot)

    @staticmethod
    def _combo(name: str, object_name: str) -> ComboBox:
        combo = ComboBox(object_name=object_name)
        combo.setAccessibleName(name)
        return combo

    @staticmethod
    def _labelled(combo: ComboBox) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = DataLabel(combo.accessibleName(), color="text2")
        label.setBuddy(combo)
        row.addWidget(label)
        row.addWidget(combo)
        return box

    # what the page calls

    def show_looks(
        self,
        looks: dict[str, TableLook],
        readings: dict[str, TableReading],
        choosable: Choosable,
    ) -> None:
        """Show the tables by path, with what was chosen for them before."""
        self._looks, self._choosable = dict(looks), choosable
        self._targets = {
            path: list(readings[path].targets)
            if path in readings and len(readings[path].targets) == len(look.columns)
            else [column.target for column in look.columns]
            for path, look in looks.items()
        }
        self._orders = {
            path: (readings[path].date_order if path in readings else "") or look.date_order
            for path, look in looks.items()
        }
        self.file.clear()
        for path, look in looks.items():
            self.file.addItem(look.file, path)
        self._labels_shown(self.file, shown=len(looks) > 1)
        first = next((p for p, look in looks.items() if not look.is_clear()), next(iter(looks)))
        self._show(first)

    def show_look(self, path: str, look: TableLook) -> None:
        """Show a table as it looks now that it is read in another way."""
        self._looks[path] = look
        self._targets[path] = [column.target for column in look.columns]
        self._orders[path] = look.date_order
        self._show(path)

    def readings(self) -> dict[str, TableReading]:
        """How to read each table."""
        return {
            path: TableReading(
                look.encoding, look.separator, self._orders[path], tuple(self._targets[path])
            )
            for path, look in self._looks.items()
        }

    def signatures(self) -> dict[str, str]:
        """The signature of each table's headings."""
        return {path: look.signature() for path, look in self._looks.items()}

    # showing

    def _show(self, path: str) -> None:
        self._path = path
        look = self._looks[path]
        self.file.select_data(path)
        if self.encoding.findData(look.encoding) < 0:
            self.encoding.addItem(look.encoding_words, look.encoding)
        self.encoding.select_data(look.encoding)
        self.separator.select_data(look.separator)
        self.order.clear()
        if not self._orders[path]:
            self.order.addItem(self.tr("Choose how dates are written"), "")
        for key, text in orders(look.date_orders):
            self.order.addItem(text, key)
        self.order.select_data(self._orders[path])
        self._labels_shown(self.order, shown=bool(look.date_orders))
        self._fill(look)
        self._settle()

    @staticmethod
    def _labels_shown(combo: ComboBox, *, shown: bool) -> None:
        box = combo.parentWidget()
        assert box is not None
        box.setVisible(shown)

    def _fill(self, look: TableLook) -> None:
        """A row for each column that has anything in it."""
        old = self.pane.layout_.takeAt(0)
        if old is not None and (widget := old.widget()) is not None:
            widget.deleteLater()
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for number, text in enumerate(
            (self.tr("Column"), self.tr("What stands there"), self.tr("What it holds"), "")
        ):
            grid.addWidget(DataLabel(text, "caption", "text2"), 0, number)
        self.targets, self._shown = [], []
        choices = self._choices()
        for number, column in enumerate(look.columns):
            if not column.samples and column.confidence == "sure":
                continue
            line = 2 * len(self._shown) + 1
            grid.addWidget(hairline(), line, 0, 1, 4)
            combo, sure = self._target(number, column, choices), self._sure(number, column)
            for place, widget in enumerate(
                (self._heading(column), self._samples(column), combo, sure)
            ):
                grid.addWidget(widget, line + 1, place)
            combo.activated.connect(sure.hide)
            self.targets.append(combo)
            self._shown.append(number)
        grid.setRowStretch(2 * len(self._shown) + 1, 1)
        empty = len(look.columns) - len(self._shown)
        if empty:
            words = i18n.plural(
                empty,
                self.tr("{n} column has nothing in it."),
                self.tr("{n} columns have nothing in them."),
            )
            note = DataLabel(words, "caption", "text2")
            grid.addWidget(note, 2 * len(self._shown) + 1, 0, 1, 4, Qt.AlignmentFlag.AlignTop)
        self.pane.layout_.addWidget(body)

    @staticmethod
    def _heading(column: TableColumn) -> DataLabel:
        return DataLabel(column.heading, weight=600)

    @staticmethod
    def _samples(column: TableColumn) -> DataLabel:
        text = " · ".join(" ".join(sample.split()) for sample in column.samples)
        return DataLabel(text, color="text2")

    def _sure(self, number: int, column: TableColumn) -> DataLabel:
        """How sure the proposal is, in a word; nothing where it is sure or was chosen."""
        words = {"likely": self.tr("A guess"), "open": self.tr("Not known")}
        text = words.get(column.confidence, "")
        label = DataLabel(text, "caption", "text2")
        label.setVisible(bool(text) and self._targets[self._path][number] == column.target)
        return label

    def _choices(self) -> list[tuple[str, str]]:
        keys = [NOTE_LINE, IGNORED, *TARGETS]
        keys += [f"{FIELD}{name}" for name in self._choosable.fields]
        keys += [f"{MEASURE}{name}@" for name in self._choosable.measures]
        return [(key, target_words(key)) for key in keys]

    def _target(
        self, number: int, column: TableColumn, choices: Sequence[tuple[str, str]]
    ) -> ComboBox:
        combo = ComboBox(object_name=f"import.columns.target.{number}")
        combo.setAccessibleName(self.tr("What {column} holds").format(column=column.heading))
        combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setFixedWidth(theme().scaled(_TARGET_WIDTH))
        chosen = self._targets[self._path][number]
        known = {key for key, _ in choices}
        for key in dict.fromkeys((column.target, chosen)):
            if key not in known:
                combo.addItem(target_words(key), key)
        for key, text in choices:
            combo.addItem(text, key)
        combo.select_data(chosen)
        combo.activated.connect(self._on_target_activated(number, combo))
        return combo

    def _on_target_activated(self, number: int, combo: ComboBox) -> Callable[[], None]:
        def settle(*_: object) -> None:
            self._targets[self._path][number] = combo.currentData()
            self._settle()

        return settle

    def _settle(self) -> None:
        """Say what is still missing."""
        look = self._looks[self._path]
        self.summary.setText(self.tr("Match the columns of {file}").format(file=look.file))
        nameless = [p for p, targets in self._targets.items() if not names_somebody(targets)]
        unclear = [p for p, seen in self._looks.items() if seen.date_orders and not self._orders[p]]
        unclear = [p for p in unclear if _has_dates(self._targets[p])]
        text = self.tr("Nothing has been imported yet.")
        if nameless:
            missing = self.tr(
                "Choose the column with the name, company, phone or e-mail of “{file}” first."
            )
            text = missing.format(file=self._looks[nameless[0]].file)
        elif unclear:
            missing = self.tr("Choose how the dates in “{file}” are written first.")
            text = missing.format(file=self._looks[unclear[0]].file)
        self.note.setText(text)
        self.go.setEnabled(not nameless and not unclear)
        self.go.setToolTip("" if self.go.isEnabled() else text)

    # reacting

    def _on_file_activated(self) -> None:
        self._show(self.file.currentData())

    def _on_shape_activated(self) -> None:
        reading = TableReading(self.encoding.currentData(), self.separator.currentData())
        self.lookRequested.emit(self._path, reading)

    def _on_order_activated(self) -> None:
        self._orders[self._path] = self.order.currentData()
        self._settle()


def _has_dates(targets: Sequence[str]) -> bool:
    """Whether any column could hold a date that is not simply kept as it is written."""
    kinds = {kind_of(target) for target in targets}
    return bool(kinds & {"birthday", "exemptuntil"}) or any(k.startswith(FIELD) for k in kinds)
