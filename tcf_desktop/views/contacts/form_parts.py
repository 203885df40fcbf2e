"""Rows of the contact form that can be added and taken away: numbers, addresses, places."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.contacts import Email, Phone, Place
from tcf_desktop.views.common import (
    Card,
    ComboBox,
    DataLabel,
    FormField,
    IconButton,
    LineEdit,
    LinkButton,
    TextArea,
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactForm", text)


def phone_labels() -> list[str]:
    """Labels offered for a number; another one of the contact stays as it is."""
    return ["", _tr("Mobile"), _tr("Home"), _tr("Work"), _tr("Fax")]


def email_labels() -> list[str]:
    """Labels offered for a mail address."""
    return ["", _tr("Home"), _tr("Work"), _tr("Billing")]


class EntryRow(QWidget):
    """A value with a label and a way to take it out."""

    changed = Signal()
    removeRequested = Signal(object)

    def __init__(
        self, kind: str, value: str, label: str, labels: Sequence[str], part_id: int | None
    ) -> None:
        super().__init__()
        self.part_id = part_id
        name = _tr("Phone") if kind == "phone" else _tr("E-mail")
        self.value = LineEdit(value, object_name=f"contacts.form.{kind}")
        self.value.setAccessibleName(name)
        self.value.textEdited.connect(self.changed)
        self.label = ComboBox(object_name=f"contacts.form.{kind}.label")
        self.label.setAccessibleName(_tr("Label of {what}").format(what=name))
        for text in dict.fromkeys([*labels, label]):
            self.label.addItem(text[:60] or _tr("No label"), text)
        self.label.select_data(label)
        remove = IconButton("x", _tr("Take {what} out").format(what=name), framed=False)
        remove.clicked.connect(lambda *_: self.removeRequested.emit(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.value, 1)
        row.addWidget(self.label)
        row.addWidget(remove)
        self.setFocusProxy(self.value)

    def label_text(self) -> str:
        return str(self.label.currentData() or "")


class EntryList(QWidget):
    """All numbers, or all mail addresses, with a link to add one."""

    changed = Signal()
    rowAdded = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self._labels = phone_labels() if kind == "phone" else email_labels()
        self.rows: list[EntryRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        text = _tr("Phone") if kind == "phone" else _tr("E-mail")
        self._column.addWidget(DataLabel(text, "caption", "text2", weight=500))
        self._add = LinkButton(
            _tr("Add phone") if kind == "phone" else _tr("Add e-mail"),
            "plus",
            object_name=f"contacts.form.{kind}.add",
        )
        self._add.clicked.connect(lambda *_: self.add().setFocus(Qt.FocusReason.TabFocusReason))
        self._column.addWidget(self._add)

    def fill(self, entries: Sequence[tuple[str, str, int | None]]) -> None:
        """Show (value, label, id) of each entry; one empty row when there are none."""
        for row in list(self.rows):
            self._drop(row)
        for value, label, part_id in entries or [("", "", None)]:
            self.add(value, label, part_id)

    def add(self, value: str = "", label: str = "", part_id: int | None = None) -> EntryRow:
        """One more row."""
        row = EntryRow(self._kind, value, label, self._labels, part_id)
        row.changed.connect(self.changed)
        row.removeRequested.connect(self._drop)
        self._column.insertWidget(self._column.count() - 1, row)
        self.rows.append(row)
        self.rowAdded.emit()
        return row

    def phones(self) -> tuple[Phone, ...]:
        """What was typed, as numbers."""
        return tuple(Phone(r.value.text(), r.label_text(), r.part_id) for r in self.rows)

    def emails(self) -> tuple[Email, ...]:
        """What was typed, as mail addresses."""
        return tuple(Email(r.value.text(), r.label_text(), r.part_id) for r in self.rows)

    def _drop(self, row: EntryRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.changed.emit()


class PlaceForm(Card):
    """The fields of one location."""

    removeRequested = Signal(object)

    def __init__(self, place: Place) -> None:
        super().__init__(object_name="contacts.form.place")
        self._place = place
        self.fields: dict[str, LineEdit] = {}
        grid = QGridLayout()
        grid.setSpacing(10)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        for name, text, row, column, span, hint in (
            ("name", _tr("Name of the place"), 0, 0, 6, _tr("Home, Shop, Lake cabin…")),
            ("street", _tr("Street"), 1, 0, 4, ""),
            ("street2", _tr("Apartment, suite"), 1, 4, 2, ""),
            ("city", _tr("City"), 2, 0, 3, ""),
            ("region", _tr("State"), 2, 3, 1, ""),
            ("postal_code", _tr("ZIP"), 2, 4, 2, ""),
        ):
            edit = LineEdit(
                getattr(place, name), placeholder=hint, object_name=f"contacts.form.place.{name}"
            )
            self.fields[name] = edit
            grid.addWidget(FormField(text, edit), row, column, 1, span)
        self.body.addLayout(grid)
        self.access = TextArea(
            place.access_note,
            lines=2,
            placeholder=_tr("Gate code, dog, where the key is"),
            object_name="contacts.form.place.access_note",
        )
        self.body.addWidget(FormField(_tr("How to get in"), self.access))
        foot = QHBoxLayout()
        self.billing = QCheckBox(_tr("Bills go to this address"))
        self.billing.setChecked(place.is_billing)
        foot.addWidget(self.billing)
        foot.addStretch(1)
        remove = LinkButton(_tr("Take this location out"))
        remove.clicked.connect(lambda *_: self.removeRequested.emit(self))
        foot.addWidget(remove)
        self.body.addLayout(foot)

    def focus_first(self) -> None:
        """Put the cursor where the typing begins."""
        self.fields["street"].setFocus(Qt.FocusReason.TabFocusReason)

    def place(self) -> Place:
        """What was typed; what the form does not show stays as it was."""
        moved = any(
            self.fields[name].text() != getattr(self._place, name)
            for name in ("street", "city", "region", "postal_code")
        )
        return Place(
            name=self.fields["name"].text(),
            street=self.fields["street"].text(),
            street2=self.fields["street2"].text(),
            city=self.fields["city"].text(),
            region=self.fields["region"].text(),
            postal_code=self.fields["postal_code"].text(),
            country=self._place.country,
            access_note=self.access.text(),
            is_billing=self.billing.isChecked(),
            tax_id=self._place.tax_id,
            lat=None if moved else self._place.lat,
            lon=None if moved else self._place.lon,
            id=self._place.id,
        )


class PlaceList(QWidget):
    """All locations with a link to add one."""

    rowAdded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PlaceForm] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(DataLabel(_tr("Locations"), "heading"))
        add = LinkButton(_tr("Add location"), "plus", object_name="contacts.form.place.add")
        add.clicked.connect(lambda *_: self.add().focus_first())
        self._column.addWidget(add)

    def fill(self, places: Sequence[Place]) -> None:
        """Show these places."""
        for form in list(self.forms):
            self._drop(form)
        for place in places:
            self.add(place)

    def add(self, place: Place | None = None) -> PlaceForm:
        """One more location."""
        form = PlaceForm(place or Place())
        form.removeRequested.connect(self._drop)
        self._column.insertWidget(self._column.count() - 1, form)
        self.forms.append(form)
        self.rowAdded.emit()
        return form

    def places(self) -> tuple[Place, ...]:
        """What was typed."""
        return tuple(form.place() for form in self.forms)

    def _drop(self, form: PlaceForm) -> None:
        self.forms.remove(form)
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()
