"""Hours by weekday and days off, typed as one speaks: of the business, a person, a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.team_records import OffDraft, WeekRows
from tcf_desktop.domain.when_input import parse_time
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import DataLabel, IconButton, LineEdit, LinkButton
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.common.tab_order import chain_in_layout_order

_MONDAY = date(2024, 1, 1)
_DAY = 1440
_NOON = 720


def weekday_name(weekday: int) -> str:
    """``Monday`` of 0."""
    return i18n.day(_MONDAY.replace(day=1 + weekday), "dddd")


def minute_text(minute: int) -> str:
    """``8:00 AM`` of 480."""
    return i18n.clock_time(f"T{minute // 60 % 24:02d}:{minute % 60:02d}")


def week_text(week: WeekRows) -> str:
    """``Mon–Fri 9:00–4:00 PM, Sat 9:00–12:00 PM``: neighbours with the same hours together."""
    groups: list[tuple[int, int, tuple[int, int]]] = []
    for weekday, begin, end in sorted(week):
        if groups and groups[-1][1] == weekday - 1 and groups[-1][2] == (begin, end):
            groups[-1] = (groups[-1][0], weekday, (begin, end))
        else:
            groups.append((weekday, weekday, (begin, end)))
    parts = []
    for first, last, (begin, end) in groups:
        names = [i18n.day(_MONDAY.replace(day=1 + day), "ddd") for day in (first, last)]
        days = names[0] if first == last else "–".join(names)
        span = i18n.time_range(f"T{begin // 60:02d}:{begin % 60:02d}", end - begin)
        parts.append(f"{days} {span}")
    return ", ".join(parts)


def off_text(off: OffDraft) -> str:
    """``Jul 15–16, 2026`` or ``Dec 30, 2026 – Jan 2, 2027``."""
    if off.first_on == off.last_on:
        return i18n.full_day(off.first_on)
    if off.first_on[:7] == off.last_on[:7]:
        last = i18n.day(off.last_on, "d, yyyy")
        return f"{i18n.day(off.first_on)}–{last}"
    if off.first_on[:4] == off.last_on[:4]:
        return f"{i18n.day(off.first_on)} – {i18n.full_day(off.last_on)}"
    return f"{i18n.full_day(off.first_on)} – {i18n.full_day(off.last_on)}"


class WeekEditor(QWidget):
    """From and to of each weekday; empty means free. ``changed`` when something else is meant."""

    changed = Signal()

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._fields: dict[int, tuple[LineEdit, LineEdit]] = {}
        self._shown: WeekRows | None = ()
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        first = i18n.locale_of().firstDayOfWeek().value - 1
        for row, weekday in enumerate((first + n) % 7 for n in range(7)):
            self._add_row(grid, row, weekday)
        grid.setColumnStretch(4, 1)
        self.copy = LinkButton(
            self.tr("Same hours from Monday to Friday"), object_name=f"{object_name}.copy"
        )
        self.copy.clicked.connect(self._on_copy_clicked)
        self.note = DataLabel("", "caption", "bad", wrap=True, object_name=f"{object_name}.note")
        self.note.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(grid)
        column.addLayout(foot)
        column.addWidget(self.note)
        theme().changed.connect(self._fit)
        self._fit()

    def _add_row(self, grid: QGridLayout, row: int, weekday: int) -> None:
        name = weekday_name(weekday)
        label = DataLabel(name)
        begin, end = (
            LineEdit(object_name=f"{self.objectName()}.{weekday}.{part}") for part in ("from", "to")
        )
        begin.setPlaceholderText(self.tr("free"))
        begin.setAccessibleName(self.tr("{day} from").format(day=name))
        end.setAccessibleName(self.tr("{day} to").format(day=name))
        for field in (begin, end):
            field.setMaxLength(20)
            field.editingFinished.connect(self._on_edited)
        self._fields[weekday] = (begin, end)
        for column, widget in enumerate((label, begin, DataLabel("–", color="text2"), end)):
            grid.addWidget(widget, row, column)

    def set_week(self, week: WeekRows) -> None:
        """Show these hours, unless they are those that stand here."""
        if self.week() != tuple(sorted(week)):
            self._put(week)
        self._shown = self.week()

    def week(self) -> WeekRows | None:
        """What is meant; None when a field cannot be read."""
        found = []
        for weekday, (begin, end) in sorted(self._fields.items()):
            texts = begin.text().strip(), end.text().strip()
            if not any(texts):
                continue
            span = _span(*texts)
            if span is None:
                return None
            found.append((weekday, *span))
        return tuple(found)

    def first_field(self) -> LineEdit:
        """Where typing begins."""
        return self._fields[0][0]

    def say(self, text: str) -> None:
        """A remark below; empty hides it."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _put(self, week: WeekRows) -> None:
        hours = {weekday: (begin, end) for weekday, begin, end in week}
        for weekday, fields in self._fields.items():
            span = hours.get(weekday)
            for place, field in enumerate(fields):
                field.setText("" if span is None else minute_text(span[place]))
                field.setCursorPosition(0)

    def _on_edited(self) -> None:
        sender = self.sender()
        for weekday, fields in self._fields.items():
            texts = fields[0].text().strip(), fields[1].text().strip()
            if sender not in fields or not any(texts):
                continue
            if not all(texts) and fields[1].hasFocus():
                return  # the other half is being typed
            span = _span(*texts)
            if span is None:
                if all(texts):
                    words = self.tr("The hours of {day} cannot be read. Write them like 8:00 AM.")
                    self.say(words.format(day=weekday_name(weekday)))
                return
            for field, minute in zip(fields, span, strict=True):
                field.setText(minute_text(minute))
        self._tell()

    def _tell(self) -> None:
        week = self.week()
        if week is not None:
            self.say("")
            if week != self._shown:
                self._shown = week
                self.changed.emit()

    def _on_copy_clicked(self) -> None:
        for weekday in range(1, 5):
            for source, field in zip(self._fields[0], self._fields[weekday], strict=True):
                field.setText(source.text())
        self._tell()

    def _fit(self) -> None:
        for fields in self._fields.values():
            for field in fields:
                field.setFixedWidth(theme().metrics().horizontalAdvance("00:00 AM") + 22)


class OffEditor(QWidget):
    """Days off as rows: from, to, why. What is over stands behind a link.

    ``changed`` when something else is meant and every date can be read.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], str], object_name: str, add: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._today = today
        self._rows: list[OffRow] = []
        self._past: tuple[OffDraft, ...] = ()
        self._shown: tuple[OffDraft, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.add = LinkButton(add, "plus", object_name=f"{object_name}.add")
        self.add.clicked.connect(self._on_add_clicked)
        self.earlier = LinkButton("", object_name=f"{object_name}.earlier")
        self.earlier.clicked.connect(self._on_earlier_clicked)
        self.note = DataLabel("", "caption", "bad", wrap=True, object_name=f"{object_name}.note")
        self.note.hide()
        foot = FlowRow(spacing=16)
        foot.add(self.add)
        foot.add(self.earlier)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._list)
        column.addWidget(self.note)
        column.addWidget(foot)
        self.earlier.hide()

    def set_off(self, off: Sequence[OffDraft]) -> None:
        """Show these, unless they are those that stand here."""
        if tuple(off) == self._shown and self.off() == self._shown:
            return
        self._shown = tuple(off)
        today = self._today()
        self._past = tuple(one for one in off if one.last_on < today)
        self._lay_out([one for one in off if one.last_on >= today])

    def off(self) -> tuple[OffDraft, ...]:
        """All of them; an empty row counts for nothing."""
        found = [row.draft() for row in self._rows]
        return (*self._past, *(one for one in found if one is not None))

    def trouble(self) -> str:
        """What cannot be read, in words; empty when all is well."""
        for row in self._rows:
            words = row.trouble()
            if words:
                return words
        return ""

    def say(self, text: str) -> None:
        """A remark below the rows; empty hides it."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _lay_out(self, off: Sequence[OffDraft]) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for one in off:
            self._add(one)
        self._show_earlier()
        self.say("")

    def _show_earlier(self) -> None:
        self.earlier.setVisible(bool(self._past))
        self.earlier.setText(
            i18n.plural(len(self._past), self.tr("Show {n} earlier"), self.tr("Show {n} earlier"))
        )

    def _add(self, off: OffDraft | None) -> OffRow:
        row = OffRow(self._today, off, f"{self.objectName()}.{len(self._rows)}")
        row.edited.connect(self._on_row_edited)
        row.removeRequested.connect(self._on_row_remove_requested)
        self._rows.append(row)
        self._list.addWidget(row)
        chain_in_layout_order(self)
        return row

    def _on_add_clicked(self) -> None:
        self._add(None).first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_earlier_clicked(self) -> None:
        past, self._past = self._past, ()
        self._lay_out([*past, *(row for row in map(OffRow.draft, self._rows) if row is not None)])

    def _on_row_edited(self) -> None:
        words = self.trouble()
        self.say(words)
        if not words and self.off() != self._shown:
            self._shown = self.off()
            self.changed.emit()

    def _on_row_remove_requested(self, row: OffRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_row_edited()


class OffRow(QWidget):
    """One entry; ``edited`` when a field is left, ``removeRequested`` with itself."""

    edited = Signal()
    removeRequested = Signal(object)

    def __init__(self, today: Callable[[], str], off: OffDraft | None, object_name: str) -> None:
        super().__init__()
        self._id = None if off is None else off.id
        self.first = DayField(today, object_name=f"{object_name}.first")
        self.first.setAccessibleName(self.tr("First day off"))
        self.last = DayField(today, object_name=f"{object_name}.last")
        self.last.setAccessibleName(self.tr("Last day off"))
        self.first.setPlaceholderText(self.tr("First day"))
        self.last.setPlaceholderText(self.tr("Last day, or empty"))
        self.reason = LineEdit(
            placeholder=self.tr("Reason, like vacation"), object_name=f"{object_name}.reason"
        )
        self.reason.setAccessibleName(self.tr("Reason of the days off"))
        self.reason.setMaxLength(200)
        if off is not None:
            self.first.set_iso(off.first_on)
            self.last.set_iso(off.last_on if off.last_on != off.first_on else "")
            self.reason.setText(off.reason)
        for field in (self.first, self.last, self.reason):
            field.editingFinished.connect(self.edited)
        remove = IconButton(
            "trash", self.tr("Remove these days off"), framed=False,
            object_name=f"{object_name}.remove",
        )  # fmt: skip
        remove.clicked.connect(lambda *_: self.removeRequested.emit(self))
        self._fields = FlowRow(spacing=8)
        for field in (self.first, self.last, self.reason):
            self._fields.add(field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._fields, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        theme().changed.connect(self._fit)
        self._fit()

    def draft(self) -> OffDraft | None:
        """What is meant; None for an empty row."""
        first, last = self.first.iso(), self.last.iso()
        if not first and not last:
            return None
        return OffDraft(first or last, last or first, self.reason.text().strip(), self._id)

    def trouble(self) -> str:
        """What cannot be read, in words."""
        for field in (self.first, self.last):
            if not field.is_understood():
                words = self.tr("“{text}” is no date. Write it like 7/14/2027.")
                return words.format(text=field.text()[:40])
        found = self.draft()
        if found is not None and found.last_on < found.first_on:
            return self.tr("The last day comes before the first. Nothing was saved.")
        return ""

    def _fit(self) -> None:
        wide = theme().metrics().horizontalAdvance("Last day, or empty") + 30
        for field in (self.first, self.last):
            field.setFixedWidth(wide)
        self.reason.setFixedWidth(theme().scaled(200))


def _span(begin: str, end: str) -> tuple[int, int] | None:
    first, last = parse_time(begin), parse_time(end)
    if first is None or last is None:
        return None
    last = last or _DAY
    if first >= last and first >= _NOON and "p" not in begin.lower():
        first -= _NOON  # a day that begins at 6 begins in the morning
    return (first, last) if first < last else None
