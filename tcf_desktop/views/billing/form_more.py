"""The rarer fields of a draft, folded away: prices with tax, certificate, language, own note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.views.common import ComboBox, DataLabel, FormField, LineEdit, Switch, TextArea
from tcf_desktop.views.common.fold import Fold


class MoreFields(Fold):
    """``edited`` after every change."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("More"), object_name="invoice.more")
        self._filling = False
        self.inclusive = Switch(self.tr("Prices include tax"), object_name="invoice.inclusive")
        self.tax_note = LineEdit(object_name="invoice.taxNote")
        self.tax_note.setPlaceholderText(self.tr("Exempt, certificate SD-77"))
        self.language = ComboBox(object_name="invoice.language")
        self.internal = TextArea(lines=2, object_name="invoice.internalNote")
        switch = QWidget()
        row = QHBoxLayout(switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.inclusive)
        row.addWidget(DataLabel(self.tr("Prices include tax"), "body"), 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        top = Qt.AlignmentFlag.AlignTop
        self._note_field = FormField(self.tr("Note about the tax"), self.tax_note)
        grid.addWidget(self._note_field, 0, 0, top)
        grid.addWidget(FormField(self.tr("Language of the document"), self.language), 0, 1, top)
        grid.addWidget(FormField(self.tr("Note for the office"), self.internal), 1, 0, 1, 2)
        grid.addWidget(switch, 2, 0, 1, 2)
        self._switch = switch
        self.body.addLayout(grid)
        self.inclusive.toggled.connect(self._on_changed)
        self.tax_note.textEdited.connect(self._on_changed)
        self.language.currentIndexChanged.connect(self._on_changed)
        self.internal.textChanged.connect(self._on_changed)

    def fill(self, detail: InvoiceDetail, *, has_taxes: bool) -> None:
        """Show what is stored."""
        self._filling = True
        self.inclusive.setChecked(detail.prices_include_tax)
        self.tax_note.setText(detail.tax_note)
        self.language.clear()
        own = "" if detail.language in {"en", "es"} else detail.language
        named = self.tr("As the customer's ({language})").format(language=own)
        choices = [
            (named if own else self.tr("As the customer's"), own),
            (self.tr("English"), "en"),
            (self.tr("Spanish"), "es"),
        ]
        for name, key in choices:
            self.language.addItem(name, key)
        self.language.select_data(detail.language)
        self.internal.setText(detail.internal_note)
        self._switch.setVisible(has_taxes or detail.prices_include_tax)
        self._filling = False
        self._show_summary()

    def _show_summary(self) -> None:
        parts = [
            self.tr("prices include tax") if self.inclusive.isChecked() else "",
            self.tax_note.text().strip(),
            self.language.currentText() if self.language.currentData() else "",
            self.tr("a note for the office") if self.internal.text().strip() else "",
        ]
        words = i18n.joined([part for part in parts if part])
        self.set_summary(words or self.tr("Prices with tax, note about tax, language, own note"))

    def _on_changed(self) -> None:
        if not self._filling:
            self._show_summary()
            self.edited.emit()
