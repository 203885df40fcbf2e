"""Settings > Appearance: light or dark, text size. These belong to this computer."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tcf_desktop.views.common import ComboBox, DataLabel, FormField, SegmentedControl
from tcf_desktop.views.settings.section import Section

SIZES = (90, 100, 110, 125, 150, 175, 200)


class AppearanceSection(Section):
    """Takes effect at once."""

    key = "appearance"
    tables = ()

    def build(self) -> None:
        card = self.card(self.tr("Light or dark"))
        self._mode = SegmentedControl(
            [
                ("follow", self.tr("Follow the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ],
            object_name="settings.appearance.mode",
        )
        self._mode.chosen.connect(self._on_mode_chosen)
        row = QHBoxLayout()
        row.addWidget(self._mode)
        row.addStretch(1)
        card.body.addLayout(row)
        size = self.card(self.tr("Text size"))
        self._size = ComboBox(object_name="settings.appearance.text_size")
        for percent in SIZES:
            self._size.addItem(f"{percent} %", percent)
        self._size.activated.connect(self._on_size_activated)
        column = QVBoxLayout()
        column.setSpacing(8)
        field = FormField(self.tr("Size of all text"), self._size)
        field.setMaximumWidth(220)
        column.addWidget(field)
        column.addWidget(
            DataLabel(
                self.tr("Ctrl and + or − change it from anywhere; Ctrl+0 goes back to 100 %."),
                "caption",
                "text2",
                wrap=True,
            )
        )
        size.body.addLayout(column)
        self.ctx.theme.changed.connect(self.load)

    def load(self) -> None:
        self._mode.set_key(self.ctx.theme.mode)
        self._size.select_data(self.ctx.theme.text_scale)

    def _on_mode_chosen(self, mode: str) -> None:
        self.ctx.device.set("appearance/mode", mode)
        self.ctx.theme.set_mode(mode)
        self.saved.emit()

    def _on_size_activated(self) -> None:
        percent = int(self._size.currentData())
        self.ctx.device.set("appearance/text_scale", percent)
        self.ctx.theme.set_text_scale(percent)
        self.saved.emit()
