"""Further parts of the appointment form: notes by reader, checklist, colour and time zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout

from tcf_desktop.domain.contacts import VISIBILITIES, Visibility
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box as rounded
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.appointment_values import COLORS
from tcf_desktop.services.checklists import clean_items
from tcf_desktop.views.common import Chip, ComboBox, FormField, TextArea
from tcf_desktop.views.common.fold import Fold
from tcf_desktop.views.common.suggest import SuggestEdit
from tcf_desktop.views.contacts.visibility import FACES, visibility_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcf_desktop.services.appointment_values import AppointmentDraft
    from tcf_desktop.services.queries.appointment import AppointmentDetail

_SWATCH: Final = 14


class NotesFold(Fold):
    """One field for each reader; its chip says who that is."""

    def __init__(self) -> None:
        super().__init__("", object_name="schedule.editor.notes")
        self.head.setText(self.tr("Notes"))
        names = {"office": "schedule.editor.note", "crew": "schedule.editor.crew_note",
                 "document": "schedule.editor.document_note"}  # fmt: skip
        self._areas: dict[Visibility, TextArea] = {}
        for key in VISIBILITIES:
            area = TextArea(lines=2, object_name=names[key])
            area.setAccessibleName(self.tr("Note: {who}").format(who=visibility_word(key)))
            area.textChanged.connect(self._say)
            self._areas[key] = area
            row = QHBoxLayout()
            row.addWidget(Chip(visibility_word(key), *FACES[key]))
            row.addStretch(1)
            self.body.addLayout(row)
            self.body.addWidget(area)
        self.office = self._areas["office"]
        self.crew = self._areas["crew"]
        self.document = self._areas["document"]
        self._say()

    def show_notes(self, detail: AppointmentDetail) -> None:
        """What is stored; open when there is anything."""
        self.office.setText(detail.note)
        self.crew.setText(detail.crew_note)
        self.document.setText(detail.document_note)
        self.set_open(any(area.text() for area in self._areas.values()))

    def _say(self) -> None:
        first = [area.text().strip().split("\n")[0] for area in self._areas.values()]
        self.set_summary(i18n.joined([text for text in first if text]))


class ChecklistFold(Fold):
    """One thing a line; follows the services until somebody types."""

    def __init__(self) -> None:
        super().__init__("", object_name="schedule.editor.checklist")
        self.head.setText(self.tr("Checklist"))
        self.items = TextArea(
            lines=4,
            placeholder=self.tr("One thing on each line"),
            object_name="schedule.editor.checklist.items",
        )
        self.items.setAccessibleName(self.tr("Checklist, one thing on each line"))
        self.items.textChanged.connect(self._on_items_changed)
        self.body.addWidget(self.items)
        self._usual: Mapping[int, tuple[str, ...]] = {}
        self._typed = False
        self._filling = False
        self._say()

    def set_usual(self, usual: Mapping[int, tuple[str, ...]]) -> None:
        """What each service wants done."""
        self._usual = usual

    def follow(self, service_ids: Sequence[int]) -> None:
        """Other services: their lists, as long as nothing was typed here."""
        if self._typed:
            return
        found = dict.fromkeys(
            text for ident in dict.fromkeys(service_ids) for text in self._usual.get(ident, ())
        )
        self._fill(tuple(found))

    def show_items(self, items: Sequence[str]) -> None:
        """The stored list, which no service changes."""
        self._typed = True
        self._fill(tuple(items))

    def texts(self) -> tuple[str, ...]:
        """What stands in the field."""
        return clean_items(self.items.text().split("\n"))

    def _fill(self, items: tuple[str, ...]) -> None:
        self._filling = True
        self.items.setText("\n".join(items))
        self._filling = False

    def _on_items_changed(self) -> None:
        self._typed = self._typed or not self._filling
        self._say()

    def _say(self) -> None:
        count = len(self.texts())
        words = i18n.plural(count, self.tr("{n} thing"), self.tr("{n} things"))
        self.set_summary(words if count else self.tr("nothing"))


class LookFold(Fold):
    """Its own colour and its own time zone; both are rarely wanted."""

    zoneChanged = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__("", object_name="schedule.editor.look")
        self.head.setText(self.tr("Color and time zone"))
        self._business = zone
        self.color = ComboBox(object_name="schedule.editor.color")
        self.color.addItem(self.tr("As the crew"), None)
        for index, name in enumerate(color_words()):
            self.color.addItem(name, index)
        self.color.setIconSize(QSize(_SWATCH, _SWATCH))
        self.color.currentIndexChanged.connect(self._say)
        self.body.addWidget(FormField(self.tr("Color"), self.color))
        self.zone = SuggestEdit(object_name="schedule.editor.zone")
        self.zone.setText(zone)
        self.zone_field = FormField(self.tr("Time zone"), self.zone)
        self.zone.textChanged.connect(self._on_zone_changed)
        self.body.addWidget(self.zone_field)
        self.toggled.connect(self._on_toggled)
        theme().changed.connect(self._paint_swatches)
        self._paint_swatches()
        self._say()

    def show_look(self, color_index: int | None, zone: str) -> None:
        """What is stored; open when it is not as usual."""
        self.color.setCurrentIndex(self.color.findData(color_index))
        self.zone.setText(zone)
        self.set_open(color_index is not None or zone != self._business)

    def color_index(self) -> int | None:
        """Its own colour, None for the crew's."""
        found = self.color.currentData()
        return found if isinstance(found, int) else None

    def zone_name(self) -> str | None:
        """The chosen zone, the business's when nothing is typed; None when there is none of that
        name."""
        from tcf_desktop.base.errors import AppError
        from tcf_desktop.domain.appointments import zone_of

        typed = self.zone.text().strip() or self._business
        try:
            zone_of(typed)
        except AppError:
            return None
        return typed

    def complain(self) -> None:
        """Say that there is no such zone, and wait for another."""
        self.set_open(True)
        self.zone_field.set_hint(
            self.tr("There is no such time zone. Write it like America/Chicago."), "bad"
        )
        self.zone.setFocus()
        self.zone.selectAll()

    def _on_toggled(self, on: bool) -> None:
        if on and not self.zone.property("filled"):
            from zoneinfo import available_timezones

            self.zone.setProperty("filled", True)
            self.zone.set_proposals(sorted(name for name in available_timezones() if "/" in name))

    def _on_zone_changed(self) -> None:
        self.zone_field.set_hint("")
        self._say()
        self.zoneChanged.emit()

    def _say(self) -> None:
        zone = self.zone.text().strip()
        parts = [self.color.currentText() if self.color_index() is not None else "",
                 zone if zone != self._business else ""]  # fmt: skip
        self.set_summary(i18n.joined([part for part in parts if part]))

    def _paint_swatches(self) -> None:
        ratio = self.devicePixelRatioF()
        for index in range(COLORS):
            pixmap = QPixmap(round(_SWATCH * ratio), round(_SWATCH * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(theme().color("surface"))
            painter = QPainter(pixmap)
            square = pixmap.rect()
            square.setSize(QSize(_SWATCH, _SWATCH))
            rounded(painter, square, theme().crew(index).bar, None, radius=4)
            painter.end()
            self.color.setItemIcon(self.color.findData(index), QIcon(pixmap))


def color_words() -> tuple[str, ...]:
    """The names of the eight colours, in the order of their numbers."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("LookFold", text)

    return (
        tr("Blue"), tr("Orange"), tr("Green"), tr("Purple"), tr("Lilac"), tr("Umber"), tr("Slate"),
        tr("Brick"),
    )  # fmt: skip


def notes_of(fold: NotesFold) -> dict[str, str]:
    """The three notes by the names of the draft's fields."""
    return {
        "note": fold.office.text().strip(),
        "crew_note": fold.crew.text().strip(),
        "document_note": fold.document.text().strip(),
    }


def differing_zone(draft: AppointmentDraft, business: str) -> str:
    """The start in the zone of the business where the appointment has another: "3:00 PM"."""
    from tcf_desktop.base.errors import AppError
    from tcf_desktop.domain import appointments as rules

    if draft.zone == business or draft.all_day:
        return ""
    try:
        moment = rules.instants(draft.starts_local, draft.minutes, draft.zone)
    except AppError:
        return ""
    here = rules.wall_of(moment.starts_at, business)
    same_day = here.date().isoformat() == draft.starts_local[:10]
    text = i18n.clock_time(here)
    return text if same_day else f"{i18n.weekday_short(here.date())}, {text}"
