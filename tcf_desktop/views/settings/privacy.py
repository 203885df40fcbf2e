"""Settings > Privacy: one person's data, and for how long documents keep a name."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tcf_desktop.domain.privacy import RETENTION_KEY
from tcf_desktop.services.queries.privacy import retention_years
from tcf_desktop.services.settings import SetSetting
from tcf_desktop.views.common import ComboBox, DataLabel, FormField, PlainButton
from tcf_desktop.views.context import Target
from tcf_desktop.views.settings.section import Section

YEARS = (3, 5, 6, 7, 8, 10, 15, 30)


class PrivacySection(Section):
    """The choice of years is saved at once."""

    key = "privacy"
    tables = ("settings",)

    def build(self) -> None:
        person = self.card(
            self.tr("One person"),
            self.tr(
                "When somebody asks what you know about them, hand it out as one file. When "
                "somebody asks to be forgotten, erase them: this shows first what goes and what "
                "must stay."
            ),
        )
        button = PlainButton(
            self.tr("Export or erase one person…"), "user", object_name="settings.privacy.person"
        )
        button.clicked.connect(lambda *_: self.ctx.navigate(Target("privacy")))
        person.body.addWidget(button)
        person.body.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        kept = self.card(
            self.tr("Invoices and payments of erased persons"),
            self.tr(
                "Tax laws ask for 3 to 10 years; ask your accountant. Afterwards the name is "
                "removed by itself, and numbers, dates and amounts stay."
            ),
        )
        self.years = ComboBox(object_name="settings.privacy.years")
        for years in YEARS:
            self.years.addItem(self.tr("{n} years").format(n=years), years)
        self.years.activated.connect(self._on_years_activated)
        field = FormField(self.tr("Keep the name on them for"), self.years)
        field.setMaximumWidth(320)
        kept.body.addWidget(field)
        leaves = self.card(self.tr("What leaves this computer"))
        leaves.body.addWidget(
            DataLabel(
                self.tr(
                    "Nothing by itself. Files go where you save them when you export; phones send "
                    "positions to this computer only while you let them."
                ),
                "body",
                "text2",
                wrap=True,
            )
        )

    def load(self) -> None:
        years = self.ctx.tasks.read_now(retention_years)
        index = self.years.findData(years)
        if index < 0:
            self.years.addItem(self.tr("{n} years").format(n=years), years)
            index = self.years.count() - 1
        self.years.setCurrentIndex(index)

    def _on_years_activated(self, _index: int) -> None:
        title = self.tr("Years that documents keep a name")
        command = SetSetting(RETENTION_KEY, self.years.currentData(), title)
        self.ctx.tasks.command(self, command, lambda _none: self.saved.emit())
