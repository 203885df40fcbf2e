"""Fields of the billing settings that save themselves as one leaves."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcf_desktop.domain.billing_settings import BillingSettings
from tcf_desktop.services.billing_settings import SaveBillingSettings
from tcf_desktop.services.queries.billing_settings import billing_settings
from tcf_desktop.views.common import ComboBox, DataLabel, FormField, LineEdit, Switch, TextArea
from tcf_desktop.views.settings.section import Section


class BillingFields(Section):
    """A section with fields of :class:`BillingSettings` beside those of the business."""

    tables: tuple[str, ...] = ("business", "settings")

    def build(self) -> None:
        """Make the cards; called once."""
        self._billing: dict[str, QWidget] = {}

    def billing_text(self, label: str, name: str, *, hint: str = "") -> FormField:
        """A one-line setting."""
        edit = LineEdit(object_name=f"settings.{self.key}.{name}")
        edit.setMaxLength(1_000)
        edit.editingFinished.connect(partial(self._save_words, name, edit))
        return self._field(label, name, edit, hint)

    def billing_area(self, label: str, name: str, lines: int, *, hint: str = "") -> FormField:
        """A setting of several lines."""
        edit = TextArea(lines=lines, object_name=f"settings.{self.key}.{name}")
        edit.editingFinished.connect(partial(self._save_words, name, edit))
        return self._field(label, name, edit, hint)

    def billing_choice(
        self, label: str, name: str, choices: list[tuple[str, Any]], *, hint: str = ""
    ) -> FormField:
        """A drop-down; choices are (text, value)."""
        combo = ComboBox(object_name=f"settings.{self.key}.{name}")
        for text, value in choices:
            combo.addItem(text, value)
        combo.activated.connect(lambda *_: self.save_billing(name, combo.currentData()))
        return self._field(label, name, combo, hint)

    def billing_switch(self, label: str, name: str) -> QWidget:
        """On or off, with its words beside it."""
        switch = Switch(label, object_name=f"settings.{self.key}.{name}")
        switch.clicked.connect(lambda on: self.save_billing(name, bool(on)))
        self._billing[name] = switch
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(switch)
        row.addWidget(DataLabel(label, "body", wrap=True), 1)
        return box

    def stored_billing(self) -> BillingSettings:
        """The settings as they stand."""
        return self.ctx.tasks.read_now(billing_settings)

    def show_billing(self) -> BillingSettings:
        """Fill the fields; the one with the focus is left alone."""
        stored = self.stored_billing()
        for name, widget in self._billing.items():
            value = getattr(stored, name)
            if isinstance(widget, ComboBox):
                if widget.findData(value) < 0:
                    widget.addItem(str(value), value)
                widget.select_data(value)
            elif isinstance(widget, Switch):
                widget.setChecked(bool(value))
            elif isinstance(widget, LineEdit | TextArea) and not (
                widget.hasFocus() and widget.text() != widget.property("stored")
            ):
                widget.setText(value)
                widget.setProperty("stored", value)
        return stored

    def save_billing(self, name: str, value: Any) -> None:
        """Store one setting."""
        stored = self.stored_billing()
        if getattr(stored, name) != value:
            command = SaveBillingSettings(replace(stored, **{name: value}))
            self.ctx.tasks.command(self, command, lambda _nothing: self.saved.emit())

    def _field(self, label: str, name: str, widget: QWidget, hint: str) -> FormField:
        self._billing[name] = widget
        return FormField(label, widget, hint=hint)

    def _save_words(self, name: str, edit: LineEdit | TextArea) -> None:
        self.save_billing(name, edit.text().strip())
