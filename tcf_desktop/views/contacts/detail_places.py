"""The locations of a contact in the detail pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from tcf_desktop.domain.contacts import Place
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.contact_detail import ContactDetail, PlaceTax, learned_visits
from tcf_desktop.services.queries.working_hours import place_hours
from tcf_desktop.views.common import Card, Chip, DataLabel, IconLabel, LinkButton
from tcf_desktop.views.contacts.about_card import place_facts
from tcf_desktop.views.contacts.detail_card import DetailCard, clear
from tcf_desktop.views.contacts.detail_note_parts import face_of
from tcf_desktop.views.contacts.detail_place_hours import PlaceHoursPart

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class PlacesCard(DetailCard):
    """A card for each location, two in a row where there is room."""

    framed = False
    tables: ClassVar[tuple[str, ...]] = ("working_hours", "days_off")

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("Locations"), object_name="contacts.places")
        self.header.addStretch(1)
        add = LinkButton(_tr("Add location"), object_name="contacts.detail.add_location")
        add.clicked.connect(lambda *_: self.editRequested.emit("location"))
        self.header.addWidget(add)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self.body.addLayout(self._grid)
        self._cards: list[PlaceCard] = []
        self._columns = 0
        theme().changed.connect(self._fit)

    @staticmethod
    def load(r: Reader, contact_id: int, _now_ms: int, _today: str, /) -> Any:
        return learned_visits(r, contact_id), place_hours(r, contact_id)

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        learned, hours = facts
        clear(self._grid)
        commercial = detail.draft.segment == "commercial"
        self._cards = [
            PlaceCard(
                place,
                detail.taxes.get(place.tax_id or 0),
                commercial=commercial,
                tax_free=detail.tax_free,
                home=detail.home_country,
                learned=learned.get(place.id, 0),
            )
            for place in detail.draft.places
        ]
        for place, card in zip(detail.draft.places, self._cards, strict=True):
            if place.id is not None:
                name = f"contacts.place.{place.id}.hours"
                card.add_part(PlaceHoursPart(self.ctx, place.id, hours.get(place.id), name))
        self._columns = 0
        if not self._cards:
            self._grid.addWidget(DataLabel(_tr("No location yet."), color="text2"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = 2 if self.width() * 100 >= 480 * theme().text_scale else 1
        columns = min(columns, max(1, len(self._cards)))
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))
        for number, card in enumerate(self._cards):
            self._grid.addWidget(card, number // columns, number % columns)


class PlaceCard(Card):
    """A location: its name, address, how to get in, its tax."""

    def __init__(
        self,
        place: Place,
        tax: PlaceTax | None,
        *,
        commercial: bool,
        tax_free: bool = False,
        home: str = "",
        learned: int = 0,
    ) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("buildings" if commercial else "house", "text2", 16))
        name = capital(place.name) or _tr("Location")
        head.addWidget(DataLabel(name, "body", weight=600), 1)
        if place.is_billing:
            head.addWidget(Chip(_tr("Bill to"), "neutral"))
        elif tax_free:
            head.addWidget(DataLabel(_tr("No tax"), "caption", "text2"))
        elif tax is not None and tax.rate_ppm:
            text = _tr("Tax {rate}").format(rate=i18n.rate(tax.rate_ppm))
            head.addWidget(DataLabel(text, "caption", "text2"))
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(DataLabel(address_line(place, home), "body", "text2", wrap=True))
        if place.access_note:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconLabel("lock-key", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(DataLabel(place.access_note[:600], wrap=True), 1)
            self.body.addLayout(row)
        for line in place_facts(place, home):
            self.body.addLayout(line)
        if learned:
            self.body.addLayout(_seen(learned))
        self.body.addStretch(1)
        if place.access_note or place.gate_code:
            face = face_of("crew")
            self.body.addWidget(Chip(face.text, face.tone, face.icon))

    def add_part(self, part: QWidget) -> None:
        """Put something at the end of the card."""
        self.body.addWidget(part)


def _seen(visits: int) -> QHBoxLayout:
    """That crews stood there, and at how many visits."""
    count = i18n.plural(visits, _tr("{n} visit"), _tr("{n} visits"))
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(IconLabel("map-pin", "text2", 16), 0, Qt.AlignmentFlag.AlignTop)
    text = _tr("Seen by crews at this spot ({visits})").format(visits=count)
    row.addWidget(DataLabel(text, "caption", "text2", wrap=True), 1)
    return row


def address_line(place: Place, home: str = "") -> str:
    """``2416 S Prairie Ave, Sioux Falls, SD 57105``, with the country when it is another one."""
    town = " ".join(part for part in (place.region, place.postal_code) if part)
    parts = (
        place.street,
        place.street2,
        place.city,
        town,
        "" if place.country == home else place.country,
    )
    return ", ".join(part for part in parts if part)[:600]


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]
