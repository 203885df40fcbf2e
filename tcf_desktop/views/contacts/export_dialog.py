"""Which contacts to write to a file, and in which form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    PlainButton,
    PrimaryButton,
    SegmentedControl,
    Surface,
)

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.contacts.exporting import Wanted


class ExportDialog(QDialog):
    """Calls ``choose`` with the contacts (None for all) and "vcard" or "csv"."""

    def __init__(
        self,
        shown: Wanted | None,
        selected: Sequence[int],
        choose: Callable[[Wanted | None, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("export")
        self.setWindowTitle(self.tr("Export contacts"))
        self._choose = choose
        self._wanted: list[Wanted | None] = [None]
        self.which = ComboBox(object_name="export.which")
        self.which.setAccessibleName(self.tr("Which contacts"))
        self.which.addItem(self.tr("All contacts"))
        if shown is not None:
            self.which.addItem(self.tr("Those that the list shows now"))
            self._wanted.append(shown)
        if len(selected) > 1:
            words = i18n.plural(len(selected), "{n}", self.tr("The {n} selected ones"))
            self.which.addItem(words)
            self._wanted.append(partial(_these, tuple(selected)))
            self.which.setCurrentIndex(self.which.count() - 1)
        self.form = SegmentedControl(
            [("vcard", self.tr("vCard 4.0")), ("csv", self.tr("CSV for spreadsheets"))],
            object_name="export.form",
        )
        self._hint = DataLabel("", "caption", "text2", wrap=True)
        self.form.chosen.connect(self._explain)
        cancel = PlainButton(self.tr("Cancel"), object_name="export.cancel")
        cancel.clicked.connect(self.close)
        self.go = PrimaryButton(self.tr("Choose where…"), object_name="export.go")
        self.go.clicked.connect(self._on_go_clicked)
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(10)
        fields.setColumnStretch(1, 1)
        for row, (text, field) in enumerate(
            ((self.tr("Which contacts"), self.which), (self.tr("As"), self.form))
        ):
            fields.addWidget(DataLabel(text, color="text2"), row, 0)
            fields.addWidget(field, row, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        ground = Surface("surface", self)
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(12)
        inner.addWidget(DataLabel(self.tr("Export contacts"), "subtitle"))
        inner.addLayout(fields)
        inner.addWidget(self._hint)
        inner.addStretch(1)
        inner.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        self.resize(460, 250)
        self._explain(self.form.key())

    def _explain(self, form: str) -> None:
        self._hint.setText(
            self.tr(
                "With everything that is known, notes for the office too. For spreadsheets and "
                "other programs; nothing in it runs as a formula. It can be imported here again."
            )
            if form == "csv"
            else self.tr(
                "With everything that is known, notes for the office too. For phones and mail "
                "programs; it can be imported here again."
            )
        )

    def _on_go_clicked(self) -> None:
        wanted, form = self._wanted[self.which.currentIndex()], self.form.key()
        self.close()
        self._choose(wanted, form)


def _these(ids: tuple[int, ...], _reader: Reader) -> Sequence[int]:
    return ids
