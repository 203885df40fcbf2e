"""Settings > Hours and days off: of the business, with the public holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.queries.working_hours import (
    HOLIDAYS_OFF,
    HoursSettings,
    hours_settings,
)
from tcf_desktop.views.common import ComboBox, DataLabel, FormField, Switch
from tcf_desktop.views.common.hours import OffEditor, WeekEditor
from tcf_desktop.views.settings.section import Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcf_desktop.services.command import Command


class HoursSection(Section):
    """Each change is stored as its field is left."""

    key = "hours"
    tables = ("business", "working_hours", "days_off", "settings")

    def build(self) -> None:
        hours = self.card(
            self.tr("Working hours"),
            self.tr(
                "They hold for everybody without own hours. The schedule marks what lies outside "
                "and forbids nothing."
            ),
        )
        self.week = WeekEditor("settings.hours.week")
        self.week.changed.connect(self._on_week_changed)
        hours.body.addWidget(self.week)
        closed = self.card(
            self.tr("Closed days"), self.tr("Days on which nobody works, like a company holiday.")
        )
        self.off = OffEditor(self.ctx.today, "settings.hours.off", self.tr("Add closed days"))
        self.off.changed.connect(self._on_off_changed)
        self.off.setMaximumWidth(760)
        closed.body.addWidget(self.off)
        self._build_holidays()

    def _build_holidays(self) -> None:
        card = self.card(
            self.tr("Public holidays"),
            self.tr("They are computed on this computer, without the internet."),
        )
        words = self.tr("Nobody works on public holidays")
        self.switch = Switch(words, object_name="settings.hours.holidays_off")
        self.switch.toggled.connect(self._on_switch_toggled)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.switch)
        row.addWidget(DataLabel(words), 1)
        self.region = ComboBox(object_name="settings.hours.region")
        self.region.activated.connect(self._on_region_activated)
        self.region_field = FormField(self.tr("Region"), self.region)
        self.region_field.setMaximumWidth(360)
        self.none = DataLabel(
            self.tr("No holidays are known for this country. Enter them as closed days."),
            color="text2",
            wrap=True,
        )
        self._coming = QGridLayout()
        self._coming.setHorizontalSpacing(16)
        self._coming.setVerticalSpacing(4)
        self._coming.setColumnStretch(1, 1)
        card.body.addLayout(row)
        card.body.addWidget(self.region_field)
        card.body.addWidget(self.none)
        card.body.addLayout(self._coming)

    def load(self) -> None:
        today = self.ctx.today()
        self.ctx.tasks.read(self, lambda r: hours_settings(r, today), self._show)

    # inside

    def _show(self, found: HoursSettings) -> None:
        self.week.set_week(found.week)
        self.off.set_off(found.off)
        blocked = self.switch.blockSignals(True)
        self.switch.setChecked(found.holidays_off)
        self.switch.blockSignals(blocked)
        self.switch.update()
        self.region.clear()
        self.region.addItem(
            self.tr("All of {country}").format(country=_country_name(found.country)), ""
        )
        for code, name in found.regions:
            self.region.addItem(name, code)
        self.region.select_data(found.region)
        self.region_field.setVisible(bool(found.regions))
        self.none.setVisible(not found.coming)
        while (item := self._coming.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (day, name) in enumerate(found.coming):
            self._coming.addWidget(
                DataLabel(i18n.day(day, "ddd, MMM d, yyyy"), color="text2"), row, 0
            )
            self._coming.addWidget(DataLabel(name, wrap=True), row, 1)

    def _on_week_changed(self) -> None:
        from tcf_desktop.services.working_hours import SaveBusinessHours

        week = self.week.week()
        if week is not None:
            self._do(SaveBusinessHours(week), self.week.say)

    def _on_off_changed(self) -> None:
        from tcf_desktop.services.working_hours import SaveClosedDays

        self._do(SaveClosedDays(self.off.off()), self.off.say)

    def _on_region_activated(self) -> None:
        from tcf_desktop.services.company import SaveBusiness

        code = self.region.currentData()
        self._do(SaveBusiness((("region", code),)), self.region_field.set_hint)

    def _on_switch_toggled(self, on: bool) -> None:
        from tcf_desktop.services.settings import SetSetting

        title = self.tr("Nobody works on public holidays")
        self._do(SetSetting(HOLIDAYS_OFF, on, title), self.region_field.set_hint)

    def _do(self, command: Command[None], say: Callable[[str], object]) -> None:
        def done(_: None) -> None:
            say("")
            self.saved.emit()

        def refused(error: AppError) -> None:
            say(words_of(error).text())

        self.ctx.tasks.command(self, command, done, refused)


def _country_name(code: str) -> str:
    return QLocale.territoryToString(QLocale.codeToTerritory(code)) or code
