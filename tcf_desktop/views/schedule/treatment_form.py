"""Writing down what was put on a lawn: the records of one visit, one at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import parse_quantity
from tcf_desktop.domain.treatments import AMOUNT_UNITS, AREA_UNITS, TreatmentFacts
from tcf_desktop.domain.when_input import parse_time
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.appointment import detail
from tcf_desktop.services.queries.treatments import (
    Applicator,
    KnownProduct,
    TreatmentRow,
    applicators,
    of_visit,
    products,
)
from tcf_desktop.services.treatments import (
    AddTreatment,
    ChangeTreatment,
    DeleteTreatment,
    TreatmentDraft,
)
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    DateEdit,
    FilterChip,
    FormField,
    LineEdit,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    Surface,
    TextArea,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.common.suggest import EditableCombo, SuggestEdit

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.command import Command
    from tcf_desktop.views.context import ViewContext

_NEW: Final = 0


class TreatmentDialog(QDialog):
    """The records of a visit as chips, and the chosen one as a form. ``stored`` after each save."""

    stored = Signal()

    def __init__(self, ctx: ViewContext, ident: int, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("treatment")
        self.setWindowTitle(self.tr("Treatment record"))
        self._ctx, self._ident, self._name = ctx, ident, name
        self._rows: dict[int, TreatmentRow] = {}
        self._shown = _NEW
        self._products: dict[str, KnownProduct] = {}
        self._applicators: tuple[Applicator, ...] = ctx.tasks.read_now(applicators)
        self._visit = ctx.tasks.read_now(lambda r: detail(r, ident))
        self._build()
        ctx.tasks.read(self, self._read, partial(self._take, choose=None))
        room = parent.window().size()
        self.resize(min(640, room.width() - 40), min(600, room.height() - 40))

    # what stands where

    def _build(self) -> None:
        self.chips = FlowRow(spacing=8)
        self.product = SuggestEdit(object_name="treatment.product")
        self.product.textEdited.connect(self._on_product_edited)
        self.number = LineEdit(object_name="treatment.number", placeholder="100-1139")
        self.amount = LineEdit(object_name="treatment.amount", placeholder="2.5")
        self.amount_unit = EditableCombo(AMOUNT_UNITS, object_name="treatment.amount_unit")
        self.area = LineEdit(object_name="treatment.area", placeholder="5.5")
        self.area_unit = EditableCombo(AREA_UNITS, object_name="treatment.area_unit")
        self.target = LineEdit(object_name="treatment.target", placeholder=self.tr("Crabgrass"))
        self.weather = LineEdit(object_name="treatment.weather", placeholder=self.tr("Sunny"))
        self.temperature = LineEdit(object_name="treatment.temperature", placeholder="78 °F")
        self.wind = LineEdit(object_name="treatment.wind", placeholder="5 mph SW")
        self.applicator = ComboBox(object_name="treatment.applicator")
        self.applicator.addItem(self.tr("Not said"), None)
        for person in self._applicators:
            self.applicator.addItem(person.name, person.id)
        self.applicator.activated.connect(self._on_applicator_activated)
        self.licence = LineEdit(object_name="treatment.licence")
        self.day = DateEdit(object_name="treatment.day")
        self.time = LineEdit(object_name="treatment.time", placeholder=i18n.clock_time("T09:30"))
        self.note = TextArea(object_name="treatment.note", lines=2)
        self.amount_unit.setAccessibleName(self.tr("Unit of the amount"))
        self.area_unit.setAccessibleName(self.tr("Unit of the area"))
        pane = ScrollPane("surface")
        pane.layout_.setContentsMargins(20, 16, 20, 12)
        pane.layout_.setSpacing(12)
        title = self.tr("Treatment of {name}").format(name=self._name)
        pane.layout_.addWidget(DataLabel(title, "subtitle", wrap=True))
        pane.layout_.addWidget(self.chips)
        pane.layout_.addLayout(self._build_grid())
        pane.layout_.addWidget(FormField(self.tr("Note, stands on the record"), self.note))
        pane.layout_.addStretch(1)
        ground = Surface("surface", self)
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(pane, 1)
        inner.addLayout(self._build_buttons())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def _build_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        fields: list[tuple[int, int, int, str, QWidget]] = [
            (0, 0, 4, self.tr("Product"), self.product),
            (0, 4, 2, self.tr("EPA registration number"), self.number),
            (1, 0, 1, self.tr("Amount"), self.amount),
            (1, 1, 1, self.tr("Unit"), self.amount_unit),
            (1, 2, 1, self.tr("Area"), self.area),
            (1, 3, 1, self.tr("Unit"), self.area_unit),
            (1, 4, 2, self.tr("Target"), self.target),
            (2, 0, 2, self.tr("Weather"), self.weather),
            (2, 2, 2, self.tr("Temperature"), self.temperature),
            (2, 4, 2, self.tr("Wind"), self.wind),
            (3, 0, 2, self.tr("Applicator"), self.applicator),
            (3, 2, 2, self.tr("Licence"), self.licence),
            (4, 0, 2, self.tr("Date"), self.day),
            (4, 2, 1, self.tr("Time"), self.time),
        ]
        for row, column, span, label, field in fields:
            grid.addWidget(FormField(label, field), row, column, 1, span)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        return grid

    def _build_buttons(self) -> QHBoxLayout:
        self.delete_button = PlainButton(
            self.tr("Delete"), "trash", danger=True, object_name="treatment.delete"
        )
        self.delete_button.clicked.connect(self._on_delete_clicked)
        self.print_button = PlainButton(
            self.tr("Print record"),
            "printer",
            tooltip=self.tr("The record of this visit for the customer or an inspector"),
            object_name="treatment.print",
        )
        self.print_button.clicked.connect(self._on_print_clicked)
        close = PlainButton(self.tr("Close"), object_name="treatment.close")
        close.clicked.connect(self.close)
        self.save_button = PrimaryButton(
            self.tr("Save"), tooltip=self.tr("Save (Ctrl+Enter)"), object_name="treatment.save"
        )
        self.save_button.setShortcut("Ctrl+Return")
        self.save_button.clicked.connect(self.save)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 16)
        row.setSpacing(8)
        row.addWidget(self.delete_button)
        row.addWidget(self.print_button)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.save_button)
        return row

    # what is there

    def _read(self, r: Reader) -> tuple[tuple[TreatmentRow, ...], tuple[KnownProduct, ...]]:
        return of_visit(r, self._ident), products(r)

    def _take(
        self,
        found: tuple[tuple[TreatmentRow, ...], tuple[KnownProduct, ...]],
        choose: int | None,
    ) -> None:
        rows, known = found
        self._rows = {row.id: row for row in rows}
        self._products = {product.product.casefold(): product for product in known}
        self.product.set_proposals([product.product for product in known])
        if choose is None:
            choose = rows[-1].id if rows else _NEW
        self._show(choose if choose in self._rows else _NEW)

    def _fill_chips(self) -> None:
        while (item := self.chips.flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for ident, row in self._rows.items():
            self._chip(ident, row.facts.product, f"treatment.chip.{ident}")
        if self._rows:
            self._chip(_NEW, self.tr("Another product"), "treatment.chip.new")
        self.chips.setVisible(bool(self._rows))

    def _chip(self, ident: int, text: str, name: str) -> None:
        chip = FilterChip(text, object_name=name)
        chip.setChecked(ident == self._shown)
        chip.clicked.connect(lambda *_: self._show(ident))
        self.chips.add(chip)

    def _show(self, ident: int) -> None:
        """A stored record, or an empty form with what is known of the visit."""
        self._shown = ident
        row = self._rows.get(ident)
        facts = row.facts if row is not None else self._usual()
        self.product.setText(facts.product)
        self.number.setText(facts.registration_number)
        for field, milli in ((self.amount, facts.amount_milli), (self.area, facts.area_milli)):
            field.setText("" if milli is None else i18n.quantity(milli))
        self.amount_unit.set_words(facts.amount_unit)
        self.area_unit.set_words(facts.area_unit)
        self.target.setText(facts.target)
        self.weather.setText(facts.weather)
        self.temperature.setText(facts.temperature)
        self.wind.setText(facts.wind)
        self._show_applicator(row.worker_id if row is not None else self._usual_worker())
        self.licence.setText(facts.licence)
        self.day.set_iso(facts.treated_local[:10] or self._ctx.today())
        self.time.setText(i18n.clock_time(facts.treated_local) if facts.treated_local[10:] else "")
        self.note.setText(facts.note)
        self.delete_button.setVisible(row is not None)
        self.print_button.setVisible(bool(self._rows))
        self._fill_chips()
        self.product.setFocus(Qt.FocusReason.OtherFocusReason)

    def _usual(self) -> TreatmentFacts:
        """For a new record: weather and applicator of the one before, the time of the visit."""
        last = next(reversed(self._rows.values()), None)
        local = self._visit.starts_local if self._visit is not None else ""
        if last is None:
            licence = next(
                (p.licence for p in self._applicators if p.id == self._usual_worker()), ""
            )
            return TreatmentFacts("", licence=licence, treated_local=local)
        facts = last.facts
        return TreatmentFacts(
            "",
            area_milli=facts.area_milli,
            area_unit=facts.area_unit,
            weather=facts.weather,
            temperature=facts.temperature,
            wind=facts.wind,
            licence=facts.licence,
            treated_local=facts.treated_local,
        )

    def _usual_worker(self) -> int | None:
        """Who did the one before, else the only one of the crew with a licence."""
        last = next(reversed(self._rows.values()), None)
        if last is not None:
            return last.worker_id
        if self._visit is None:
            return None
        if self._visit.worker_id is not None:
            return self._visit.worker_id
        fit = [
            person.id
            for person in self._applicators
            if person.licence and person.crew_id == self._visit.crew_id
        ]
        return fit[0] if len(fit) == 1 else None

    def _show_applicator(self, worker_id: int | None) -> None:
        row = self._rows.get(self._shown)
        if worker_id is not None and self.applicator.findData(worker_id) < 0 and row is not None:
            self.applicator.addItem(row.facts.applicator, worker_id)  # no longer works here
        self.applicator.select_data(worker_id)

    # what is typed

    def _on_product_edited(self, text: str) -> None:
        """What stood beside the product the last time; what is typed already stays."""
        known = self._products.get(text.strip().casefold())
        if known is None or self._shown != _NEW:
            return
        self.number.setText(known.registration_number)
        if not self.amount_unit.words():
            self.amount_unit.set_words(known.amount_unit)
        if not self.area_unit.words():
            self.area_unit.set_words(known.area_unit)
        if not self.target.text().strip():
            self.target.setText(known.target)

    def _on_applicator_activated(self, _index: int) -> None:
        chosen = self.applicator.currentData()
        person = next((p for p in self._applicators if p.id == chosen), None)
        self.licence.setText(person.licence if person is not None else "")

    def draft(self) -> TreatmentDraft:
        """What the form says; AppError ``treatment.amount``, ``treatment.when``."""
        return TreatmentDraft(
            product=self.product.text(),
            registration_number=self.number.text(),
            amount_milli=_milli(self.amount.text()),
            amount_unit=self.amount_unit.words(),
            area_milli=_milli(self.area.text()),
            area_unit=self.area_unit.words(),
            target=self.target.text(),
            weather=self.weather.text(),
            temperature=self.temperature.text(),
            wind=self.wind.text(),
            worker_id=self.applicator.currentData(),
            licence=self.licence.text(),
            treated_local=self._when(),
            note=self.note.text(),
        )

    def _when(self) -> str:
        text = self.time.text().strip()
        minute = parse_time(text) if text else None
        if text and minute is None:
            raise AppError("treatment.when", text=text[:40])
        return self.day.iso() + (
            f"T{minute // 60:02d}:{minute % 60:02d}" if minute is not None else ""
        )

    def save(self) -> None:
        """Store the form."""
        try:
            draft = self.draft()
        except AppError as trouble:
            self._ctx.show_error(trouble)
            return
        command: Command[Any] = AddTreatment(self._ident, draft)
        if self._shown != _NEW:
            command = ChangeTreatment(self._shown, draft)
        said = self.tr("{product} recorded.").format(product=draft.product.strip())
        self._run(command, said)

    def _on_delete_clicked(self) -> None:
        row = self._rows.get(self._shown)
        if row is not None:
            said = self.tr("Record of {product} deleted.").format(product=row.facts.product)
            self._run(DeleteTreatment(row.id), said)

    def _run(self, command: Command[Any], said: str) -> None:
        shown = self._shown

        def done(made: int | None) -> None:
            self._ctx.notify(said, undo=True)
            self._ctx.tasks.read(self, self._read, lambda found: self._taken(found, made or shown))

        self._ctx.tasks.command(self, command, done)

    def _taken(
        self, found: tuple[tuple[TreatmentRow, ...], tuple[KnownProduct, ...]], choose: int
    ) -> None:
        self._take(found, choose)
        self.stored.emit()

    def _on_print_clicked(self) -> None:
        from tcf_desktop.services.treatment_papers import open_record

        office, ident = self._ctx.office, self._ident

        def opened(_path: object) -> None:
            self._ctx.notify(self.tr("It opens in your program for PDFs. Print it there."))

        self._ctx.tasks.run(self, lambda: open_record(office, ident), opened)


def _milli(text: str) -> int | None:
    """Thousandths; None for an empty field."""
    if not text.strip():
        return None
    try:
        return parse_quantity(text, i18n.number_style())
    except AppError as trouble:
        raise AppError("treatment.amount", text=text.strip()[:40]) from trouble
