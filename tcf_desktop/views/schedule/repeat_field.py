"""How an appointment comes again: the choices, the rule in words and the next dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain import when_input
from tcf_desktop.domain.public_holidays import holiday_name, kept_date
from tcf_desktop.domain.recurrence import (
    MAX_COUNT,
    MAX_INTERVAL,
    Rule,
    first_date,
    next_dates,
    parse_rule,
    rule_text,
)
from tcf_desktop.domain.repeat_choice import (
    UNITS,
    Choice,
    choice_of_rule,
    places_in_month,
    rule_of_choice,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.series_values import SeriesDraft
from tcf_desktop.views.common import ComboBox, DataLabel, FilterChip, FormField
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.schedule.editor_fields import ForgivingEdit
from tcf_desktop.views.schedule.repeat_words import holiday_words, place_words, rule_words

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext

_SHOWN: Final = 5
_WAIT_MS: Final = 120
_KEPT: Final = "kept"  # a rule that the fields cannot show


class RepeatField(QWidget):
    """``changed`` when something else is chosen; :meth:`series` is None for "never"."""

    changed = Signal()

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule.editor.repeat")
        self._ctx = ctx
        self._first = date.fromisoformat(ctx.today())
        self._kept: Rule | None = None
        self._generation = 0
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._follow()

    # what is chosen

    def series(self) -> SeriesDraft | None:
        """How it comes again; None when it does not."""
        rule = self.rule()
        if rule is None:
            return None
        return SeriesDraft(rule_text(rule), str(self.holidays.currentData()))

    def rule(self) -> Rule | None:
        """The rule as it is chosen."""
        unit = self.unit.currentData()
        if unit == _KEPT and self._kept is not None:
            return self._ended(self._kept.without_end())
        if unit not in UNITS:
            return None
        days = tuple(day for day, chip in enumerate(self.days) if chip.isChecked())
        on = str(self.place.currentData() or "date")
        choice = Choice(unit, _number(self.every), days if unit == "week" else (), on)
        return self._ended(rule_of_choice(choice, self._first))

    def is_clear(self) -> bool:
        """Whether every number and date that counts is understood."""
        return all(field.is_understood() for field in self._used())

    def complain(self) -> None:
        """Go to what is not understood."""
        for field in self._used():
            if not field.is_understood():
                field.setFocus()
                field.selectAll()
                return

    def set_first(self, first: date) -> None:
        """The day of the appointment, from which the choices speak."""
        if first == self._first:
            return
        old, self._first = self._first, first
        checked = [day for day, chip in enumerate(self.days) if chip.isChecked()]
        if checked == [old.weekday()]:  # it goes along while it is the day of the start
            self._check_days((first.weekday(),))
        self._follow()

    def set_series(self, series: SeriesDraft | None, first: date) -> None:
        """Show a stored rule; None is "never"."""
        self._first = first
        self._kept = None
        rule = None if series is None else parse_rule(series.rule)
        choice = None if rule is None else choice_of_rule(rule, first)
        kept = self.unit.findData(_KEPT)
        if kept >= 0:
            self.unit.removeItem(kept)
        if rule is not None and choice is None:
            self._kept = rule
            self.unit.addItem(self.tr("as it was given"), _KEPT)
        self.unit.select_data("" if rule is None else _KEPT if choice is None else choice.unit)
        if choice is not None:
            self.every.set_value(choice.every)
            self._check_days(choice.days or (first.weekday(),))
        self._fill_places(choice.on if choice is not None else "date")
        if rule is not None:
            self.end.select_data("until" if rule.until else "count" if rule.count else "")
            if rule.until is not None:
                self.until.set_value(rule.until)
            if rule.count is not None:
                self.count.set_value(rule.count)
        if series is not None:
            self.holidays.select_data(series.holidays)
        self._follow()

    # how it looks

    def _build(self) -> None:
        self.unit = ComboBox(object_name="schedule.editor.repeat.unit")
        for key, text in (
            ("", self.tr("Never")),
            ("day", self.tr("Days")),
            ("week", self.tr("Weeks")),
            ("month", self.tr("Months")),
            ("year", self.tr("Years")),
        ):
            self.unit.addItem(text, key)
        self.every = _number_edit(
            1, MAX_INTERVAL, "schedule.editor.repeat.every", self.tr("Every how many")
        )
        self.unit_field = FormField(self.tr("Repeat"), self.unit)
        self.every_field = FormField(self.tr("Every"), self.every)
        self.place = ComboBox(object_name="schedule.editor.repeat.place")
        self.place.setSizeAdjustPolicy(
            ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.place_field = FormField(self.tr("On which day"), self.place)
        self.week = FlowRow(spacing=4)
        self.days = [self._day_chip(day) for day in range(7)]
        self.end = ComboBox(object_name="schedule.editor.repeat.end")
        for key, text in (
            ("", self.tr("Without end")),
            ("until", self.tr("Until a day")),
            ("count", self.tr("So many times")),
        ):
            self.end.addItem(text, key)
        self.until = self._until_edit()
        self.count = _number_edit(
            10, MAX_COUNT, "schedule.editor.repeat.count", self.tr("How many times")
        )
        self.end_field = FormField(self.tr("Ends"), self.end)
        self.until_field = FormField(self.tr("Last day"), self.until)
        self.count_field = FormField(self.tr("Times"), self.count)
        self.holidays = ComboBox(object_name="schedule.editor.repeat.holidays")
        self.holidays.setSizeAdjustPolicy(
            ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for key, text in holiday_words().items():
            self.holidays.addItem(text, key)
        self.holidays_field = FormField(self.tr("Public holidays"), self.holidays)
        self.words = DataLabel(
            "", "caption", "text2", weight=600, wrap=True,
            object_name="schedule.editor.repeat.words",
        )  # fmt: skip
        self.dates = DataLabel(
            "", "caption", "text2", wrap=True, object_name="schedule.editor.repeat.dates"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_row((self.every_field, 2), (self.unit_field, 4)))
        column.addWidget(self.week)
        column.addWidget(self.place_field)
        column.addLayout(_row((self.end_field, 4), (self.until_field, 3), (self.count_field, 3)))
        column.addWidget(self.holidays_field)
        column.addWidget(self.words)
        column.addWidget(self.dates)
        for combo in (self.unit, self.place, self.end, self.holidays):
            combo.activated.connect(self._on_combo_activated)
        for field in (self.every, self.until, self.count):
            field.valueChanged.connect(self._on_typed)

    def _day_chip(self, day: int) -> FilterChip:
        monday = date(2024, 1, 1)
        chip = FilterChip(
            i18n.day(monday + timedelta(days=day), "ddd"),
            object_name=f"schedule.editor.repeat.day.{day}",
        )
        chip.setAccessibleName(i18n.day(monday + timedelta(days=day), "dddd"))
        chip.clicked.connect(lambda *_: self._on_day_clicked(day))
        self.week.add(chip)
        return chip

    def _until_edit(self) -> ForgivingEdit:
        def read(text: str) -> date | None:
            try:
                return date.fromisoformat(text.strip())
            except ValueError:
                return when_input.parse_date(text, self._first)

        return ForgivingEdit(
            read,
            i18n.full_day,
            self._first + timedelta(days=365),
            object_name="schedule.editor.repeat.until",
            name=self.tr("Last day"),
        )

    # what happens

    def _on_combo_activated(self) -> None:
        if self.unit.currentData() == "week" and not any(c.isChecked() for c in self.days):
            self._check_days((self._first.weekday(),))
        self._on_typed()

    def _on_day_clicked(self, day: int) -> None:
        if not any(chip.isChecked() for chip in self.days):
            self.days[day].setChecked(True)  # a week without a day is none
        self._on_typed()

    def _on_typed(self) -> None:
        self._follow()
        self.changed.emit()

    def _check_days(self, days: tuple[int, ...]) -> None:
        for day, chip in enumerate(self.days):
            chip.setChecked(day in days)

    def _fill_places(self, chosen: str) -> None:
        unit = str(self.unit.currentData() or "month")
        offered = places_in_month(self._first, unit)
        words = place_words(self._first)
        keys = [self.place.itemData(index) for index in range(self.place.count())]
        texts = [self.place.itemText(index) for index in range(self.place.count())]
        wanted = [_upper(words[key]) for key in offered]
        if keys != list(offered) or texts != wanted:
            self.place.clear()
            for key, text in zip(offered, wanted, strict=True):
                self.place.addItem(text, key)
        self.place.select_data(chosen if chosen in offered else "date")

    def _follow(self) -> None:
        """Show what belongs to the choice, and say it in words."""
        unit = self.unit.currentData()
        on, end = bool(unit), self.end.currentData()
        self.every_field.setVisible(unit in UNITS)
        self.week.setVisible(unit == "week")
        self.place_field.setVisible(unit in ("month", "year"))
        self.end_field.setVisible(on)
        self.until_field.setVisible(on and end == "until")
        self.count_field.setVisible(on and end == "count")
        self.holidays_field.setVisible(on)
        self._fill_places(str(self.place.currentData() or "date"))
        rule = self.rule()
        self.words.setVisible(rule is not None)
        self.dates.setVisible(rule is not None)
        self._generation += 1
        if rule is None:
            return
        self.words.setText(rule_words(rule, self._first, str(self.holidays.currentData())))
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        rule = self.rule()
        if rule is None:
            return
        generation, first, choice = self._generation, self._first, self.holidays.currentData()
        self._ctx.tasks.read(
            self,
            lambda r: coming_dates(r, rule, first, str(choice)),
            lambda found: self._on_dates(generation, found),
        )

    def _on_dates(self, generation: int, found: list[date]) -> None:
        if generation != self._generation:
            return
        if not found:
            self.dates.setText(self.tr("It never comes by that rule."))
            return
        unbroken = "\N{NO-BREAK SPACE}"
        said = " · ".join(i18n.day(day, "ddd MMM d, yyyy").replace(" ", unbroken) for day in found)
        self.dates.setText(self.tr("Next: {dates}").format(dates=said))

    def _ended(self, rule: Rule) -> Rule:
        end = self.end.currentData()
        if end == "until":
            until = self.until.value()
            assert isinstance(until, date)
            return replace(rule, until=until)
        return replace(rule, count=_number(self.count)) if end == "count" else rule

    def _used(self) -> list[ForgivingEdit]:
        """The fields that count for what is chosen."""
        if not self.unit.currentData():
            return []
        used = [self.every] if self.unit.currentData() in UNITS else []
        end = self.end.currentData()
        return [*used, *([self.until] if end == "until" else []),
                *([self.count] if end == "count" else [])]  # fmt: skip


def coming_dates(r: Reader, rule: Rule, first: date, holidays: str) -> list[date]:
    """The first dates on which it takes place, holidays minded."""
    start = first_date(rule.without_end(), first)
    if start is None or (rule.until is not None and rule.until < start):
        return []
    row = r.one("SELECT country, region FROM business WHERE id = 1")
    where: tuple[str, str] = (row[0], row[1]) if row else ("", "")
    closed: Callable[[date], bool] = lambda day: bool(holiday_name(*where, day))  # noqa: E731
    given = next_dates(rule, start, start - timedelta(days=1), 3 * _SHOWN)
    kept = (kept_date(day, holidays, closed) for day in given)
    return [day for day in kept if day is not None][:_SHOWN]


def _number_edit(value: int, most: int, object_name: str, name: str) -> ForgivingEdit:
    def read(text: str) -> int | None:
        cleaned = text.strip()
        found = int(cleaned) if cleaned.isdecimal() and len(cleaned) < 6 else 0
        return found if 1 <= found <= most else None

    return ForgivingEdit(read, str, value, object_name=object_name, name=name)


def _number(field: ForgivingEdit) -> int:
    value = field.value()
    assert isinstance(value, int)
    return value


def _row(*fields: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for widget, stretch in fields:
        row.addWidget(widget, stretch)
    return row


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
