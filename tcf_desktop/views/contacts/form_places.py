"""Places in the contact form: address, how to get in, whom to ask for, tax and measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import Named, Place, fold
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_form import FormChoices
from tcf_desktop.views.common import (
    Card,
    ComboBox,
    DataLabel,
    FormField,
    LineEdit,
    LinkButton,
    Switch,
    TextArea,
)
from tcf_desktop.views.common.fold import Fold
from tcf_desktop.views.contacts.doubts import DoubtLine, phone_doubt
from tcf_desktop.views.contacts.form_fields import FieldEditor, NumberEditor

_ADDRESS = ("street", "street2", "city", "region", "postal_code")
_MOST_OPEN = 4  # of more locations, all but the first are folded
_MOVES = ("street", "city", "region", "postal_code")


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactForm", text)


class PlaceForm(Card):
    """The fields of one location; ``folded`` they are made when somebody opens it.

    ``built`` when the fields are there: somebody with fifty locations changes one or two.
    """

    built = Signal()
    removeRequested = Signal(object)
    billingChosen = Signal(object)
    addressEdited = Signal()

    def __init__(self, place: Place, choices: FormChoices, *, folded: bool = False) -> None:
        super().__init__(object_name="contacts.form.place")
        self._place = place
        self._choices = choices
        self.fields: dict[str, LineEdit] = {}
        self.measures: dict[str, FieldEditor] = {}
        if not folded:
            self._build(self.body)
            return
        self.fold = Fold(place.name or _tr("Location"), object_name="contacts.form.place.fold")
        street = ", ".join(filter(None, (place.street, place.street2, place.city)))
        bills = _tr("Bill to") if place.is_billing else ""
        self.fold.set_summary(i18n.joined([street, bills]))
        self.fold.toggled.connect(self._on_fold_toggled)
        self.body.setContentsMargins(8, 4, 16, 4)
        self.body.addWidget(self.fold)

    def _on_fold_toggled(self, on: bool) -> None:
        if on and not self.fields:
            self._build(self.fold.body)
            self.built.emit()

    def _build(self, column: QVBoxLayout) -> None:
        column.addLayout(self._address())
        column.addLayout(self._way_in())
        self.more = Fold(_tr("Person, tax and measures"), object_name="contacts.form.place.more")
        self._fill_more()
        column.addWidget(self.more)
        column.addLayout(self._foot())
        self.more.toggled.connect(self._summarise)
        self._summarise()

    def _address(self) -> QGridLayout:
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
            grid.addWidget(self._field(name, text, hint), row, column, 1, span)
            self.fields[name].textEdited.connect(self.addressEdited)
        return grid

    def _way_in(self) -> QHBoxLayout:
        self.access = TextArea(
            self._place.access_note,
            lines=2,
            placeholder=_tr("Dog in the yard, key under the planter"),
            object_name="contacts.form.place.access_note",
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        gate = QVBoxLayout()
        gate.addWidget(self._field("gate_code", _tr("Gate code"), ""))
        gate.addStretch(1)
        row.addLayout(gate, 1)
        row.addWidget(FormField(_tr("How to get in"), self.access), 2)
        return row

    def _fill_more(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(10)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._field("person", _tr("Person at this place"), ""), 0, 0, top)
        phone = QVBoxLayout()
        phone.setSpacing(3)
        phone.addWidget(self._field("person_phone", _tr("Phone of this person"), ""))
        self.doubt = DoubtLine("contacts.form.place.doubt")
        phone.addWidget(self.doubt)
        phone.addStretch(1)
        grid.addLayout(phone, 0, 1)
        self.fields["person_phone"].editingFinished.connect(self._judge)
        self._judge()
        self.tax = ComboBox(object_name="contacts.form.place.tax")
        self.tax.addItem(_tr("The usual tax"), None)
        for tax_id, name in self._choices.taxes:
            self.tax.addItem(name, tax_id)
        if self.tax.findData(self._place.tax_id) < 0:
            self.tax.addItem(_tr("A tax that was removed"), self._place.tax_id)
        self.tax.select_data(self._place.tax_id)
        grid.addWidget(FormField(_tr("Tax"), self.tax), 1, 0, 1, 2)
        known = {fold(entry.name): entry.value for entry in self._place.measures}
        for number, measure in enumerate(self._choices.measures):
            editor = NumberEditor(measure.name, f"contacts.form.place.measure{number}")
            editor.set_value(known.get(fold(measure.name), ""))
            self.measures[measure.name] = editor
            label = f"{measure.name} ({measure.unit})" if measure.unit else measure.name
            if fold(measure.unit) == fold(measure.name):
                label = measure.name
            grid.addWidget(FormField(label, editor.widget()), 2 + number // 2, number % 2)
        self.more.body.addLayout(grid)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        words = _tr("Bills go to this address")
        self.billing = Switch(words, object_name="contacts.form.place.billing")
        self.billing.setChecked(self._place.is_billing)
        self.billing.toggled.connect(self._on_billing_toggled)
        foot.addWidget(self.billing)
        foot.addWidget(DataLabel(words, "body", "text2"), 1)
        remove = LinkButton(_tr("Take this location out"))
        remove.clicked.connect(lambda *_: self.removeRequested.emit(self))
        foot.addWidget(remove)
        return foot

    def _field(self, name: str, label: str, hint: str) -> FormField:
        edit = LineEdit(
            getattr(self._place, name),
            placeholder=hint,
            object_name=f"contacts.form.place.{name}",
        )
        edit.setCursorPosition(0)
        self.fields[name] = edit
        return FormField(label, edit)

    # what is typed

    def focus_first(self) -> None:
        """Put the cursor where the typing begins."""
        self.fields["street"].setFocus(Qt.FocusReason.TabFocusReason)

    def propose(self, place: Place) -> None:
        """Put an address into the fields that nobody typed into."""
        for name in _ADDRESS:
            if not self.fields[name].isModified():
                self.fields[name].setText(getattr(place, name))

    def problem(self) -> tuple[AppError, QWidget] | None:
        """Why it cannot be stored, and the field to correct."""
        for editor in self.measures.values():
            if (error := editor.problem()) is not None:
                return error, editor.widget()
        return None

    def place(self) -> Place:
        """What was typed; what the form does not show stays as it was."""
        if not self.fields:
            return self._place
        moved = any(self.fields[name].text() != getattr(self._place, name) for name in _MOVES)
        measures = tuple(
            Named(name, value)
            for name, editor in self.measures.items()
            if (value := editor.value())
        )
        return Place(
            **{name: edit.text() for name, edit in self.fields.items()},
            country=self._place.country,
            access_note=self.access.text(),
            is_billing=self.billing.isChecked(),
            tax_id=self.tax.currentData(),
            lat=None if moved else self._place.lat,
            lon=None if moved else self._place.lon,
            id=self._place.id,
            measures=measures,
        )

    def lose_bills(self) -> None:
        """Bills go somewhere else from now on."""
        if self.fields:
            self.billing.setChecked(False)
        else:
            self._place = replace(self._place, is_billing=False)

    def _judge(self) -> None:
        number = self.fields["person_phone"].text()
        self.doubt.say(phone_doubt(number, self._choices.country))

    def _summarise(self) -> None:
        """What the folded part holds, in a line."""
        units = {measure.name: measure.unit for measure in self._choices.measures}
        measured = [
            f"{value} {units[name] or name}"
            for name, editor in self.measures.items()
            if (value := editor.value())
        ]
        tax = self.tax.currentText() if self.tax.currentData() is not None else ""
        person, phone = self.fields["person"].text(), self.fields["person_phone"].text()
        self.more.set_summary(i18n.joined([person, phone, tax, *measured]))

    def _on_billing_toggled(self, on: bool) -> None:
        if on:
            self.billingChosen.emit(self)


class PlaceList(QWidget):
    """All locations with a link to add one; bills go to one of them at most."""

    rowAdded = Signal()
    addressEdited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PlaceForm] = []
        self._choices: FormChoices | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(DataLabel(_tr("Locations"), "heading"))
        add = LinkButton(_tr("Add location"), "plus", object_name="contacts.form.place.add")
        add.clicked.connect(lambda *_: self.add().focus_first())
        self._column.addWidget(add)

    def fill(self, places: Sequence[Place], choices: FormChoices) -> None:
        """Show these places with what the office can choose for each."""
        self._choices = choices
        for form in list(self.forms):
            self._drop(form)
        for number, place in enumerate(places):
            self._append(place, folded=len(places) > _MOST_OPEN and number > 0)
        self.rowAdded.emit()

    def add(self) -> PlaceForm:
        """One more location."""
        form = self._append(Place())
        self.rowAdded.emit()
        return form

    def _append(self, place: Place, *, folded: bool = False) -> PlaceForm:
        assert self._choices is not None
        form = PlaceForm(place, self._choices, folded=folded)
        form.built.connect(self.rowAdded)
        form.removeRequested.connect(self._drop)
        form.billingChosen.connect(self._on_form_billing_chosen)
        form.addressEdited.connect(self.addressEdited)
        self._column.insertWidget(self._column.count() - 1, form)
        self.forms.append(form)
        return form

    def propose(self, place: Place | None) -> None:
        """An address from elsewhere goes into the first place, a new one when there is none."""
        if not self.forms and place is not None:
            self.add()
        if self.forms:
            self.forms[0].propose(place or Place())

    def places(self) -> tuple[Place, ...]:
        """What was typed."""
        return tuple(form.place() for form in self.forms)

    def problem(self) -> tuple[AppError, QWidget] | None:
        """The first thing that cannot be stored; its part is opened."""
        for form in self.forms:
            if (found := form.problem()) is not None:
                form.more.set_open(True)
                return found
        return None

    def _on_form_billing_chosen(self, chosen: PlaceForm) -> None:
        for form in self.forms:
            if form is not chosen:
                form.lose_bills()

    def _drop(self, form: PlaceForm) -> None:
        self.forms.remove(form)
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()
