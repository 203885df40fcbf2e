"""The filters of the contact list: kept ones, and everything that it can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from tcf_desktop.services.queries.contact_choices import FilterChoices, SavedFilterRow
from tcf_desktop.services.queries.contact_filter import (
    BUILT_IN,
    EVERYBODY,
    LONGEST_NAME,
    ContactFilter,
)
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    FilterChip,
    FormField,
    LineEdit,
    LinkButton,
    PlainButton,
    PrimaryButton,
    QuietButton,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.contacts import filter_words as words
from tcf_desktop.views.contacts.sheet import PaneSheet
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_SPANS: Final[dict[str, tuple[int, ...]]] = {
    "unseen_days": (90, 180, 365, 730),
    "unanswered_days": (7, 14, 30, 60),
    "new_days": (7, 30, 90, 365),
}


class FilterPanel(PaneSheet):
    """``changed`` tells of another filter at once; keeping and removing go to the office."""

    changed = Signal(object)

    def __init__(self, ctx: ViewContext, parent: QWidget) -> None:
        super().__init__("", parent, object_name="contacts.filters")
        self.title.setText(self.tr("Filters"))
        self.setAccessibleName(self.tr("Filters"))
        self.ctx = ctx
        self._shown = EVERYBODY
        self._choices = FilterChoices()
        self._renaming: int | None = None
        self.kept = FlowRow()
        self.combos: dict[str, ComboBox] = {}
        self._rows: dict[str, FormField] = {}
        self.switches: dict[str, FilterChip] = {}
        self._build()
        self.take(EVERYBODY, self._choices)

    def _build(self) -> None:
        self.body.setSpacing(10)
        self.body.addWidget(self.kept)
        self._own = QHBoxLayout()
        self._own_label = DataLabel("", "caption", "text2")
        self.rename = LinkButton(
            self.tr("Rename"), object_name="contacts.filters.rename", style="caption"
        )
        self.remove = LinkButton(
            self.tr("Delete"), object_name="contacts.filters.remove", style="caption"
        )
        self.rename.clicked.connect(self._on_rename_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        for widget in (self._own_label, self.rename, self.remove):
            self._own.addWidget(widget)
        self._own.setSpacing(12)
        self._own.addStretch(1)
        self.body.addLayout(self._own)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        titles = (
            ("city", self.tr("City")),
            ("tag", self.tr("Tag")),
            ("crew_id", self.tr("Usual crew")),
            ("price_list_id", self.tr("Price list")),
            ("language", self.tr("Language")),
            ("new_days", self.tr("Added within")),
            ("unseen_days", self.tr("Not seen for")),
            ("unanswered_days", self.tr("Prospect, no answer for")),
            ("field_id", self.tr("Own field")),
        )
        for number, (name, title) in enumerate(titles):
            combo = ComboBox(object_name=f"contacts.filters.{name}")
            combo.setMinimumContentsLength(8)
            combo.setSizeAdjustPolicy(
                ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.currentIndexChanged.connect(self._on_combo_changed)
            self.combos[name] = combo
            self._rows[name] = FormField(title, combo)
            grid.addWidget(self._rows[name], number // 2, number % 2)
        self.field_value = LineEdit(object_name="contacts.filters.field_value")
        self.field_value.textChanged.connect(self._on_combo_changed)
        self._field_row = FormField(self.tr("contains"), self.field_value)
        grid.addWidget(self._field_row, len(titles) // 2, len(titles) % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        row = FlowRow()
        for name, text in words.switches().items():
            chip = FilterChip(text, object_name=f"contacts.filters.{name}")
            chip.clicked.connect(self._on_combo_changed)
            self.switches[name] = chip
            row.add(chip)
        self.body.addWidget(row)
        self._build_foot()

    def _build_foot(self) -> None:
        self.name = LineEdit(object_name="contacts.filters.name")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("Name of the filter"))
        self.name.setAccessibleName(self.tr("Name of the filter"))
        self.name.returnPressed.connect(self._on_keep_clicked)
        self.keep = PrimaryButton(self.tr("Save"), object_name="contacts.filters.keep")
        self.keep.clicked.connect(self._on_keep_clicked)
        self.save = PlainButton(self.tr("Save filter…"), object_name="contacts.filters.save")
        self.save.clicked.connect(self._on_save_clicked)
        self.clear = QuietButton(self.tr("Show everybody"), object_name="contacts.filters.clear")
        self.clear.clicked.connect(self._on_clear_clicked)
        naming = QHBoxLayout()
        naming.addWidget(self.name, 1)
        naming.addWidget(self.keep)
        self.body.addLayout(naming)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addStretch(1)
        foot.addWidget(self.clear)
        self.body.addLayout(foot)
        others = FlowRow(spacing=12)
        for page, text in (
            ("due", self.tr("Due again")),
            ("duplicates", self.tr("Duplicates")),
            ("trash", self.tr("Trash")),
        ):
            link = LinkButton(text, object_name=f"contacts.filters.{page}", style="caption")
            link.clicked.connect(lambda *_, key=page: self.ctx.navigate(Target(key)))
            others.add(link)
        self.body.addWidget(others)
        self._show_naming(visible=False)

    # showing

    def take(self, shown: ContactFilter, choices: FilterChoices) -> None:
        """Show a filter and what can be chosen."""
        if choices != self._choices or not self.combos["city"].count():
            self._choices = choices
            self._fill()
        if shown != self._shown:
            self._show_naming(visible=False)
        self._shown = shown
        for name, combo in self.combos.items():
            value = getattr(shown, name)
            blocked = combo.blockSignals(True)
            at = combo.findData(value) if value not in ("", None, 0) else 0
            if at < 0:  # stored, and not among the usual ones
                spoken = words.span(value) if name in _SPANS else str(value)
                combo.addItem(spoken if isinstance(value, str) or name in _SPANS else "?", value)
                at = combo.count() - 1
            combo.setCurrentIndex(at)
            combo.blockSignals(blocked)
        for name, chip in self.switches.items():
            chip.setChecked(bool(getattr(shown, name)))
        if self.field_value.text() != shown.field_value:
            blocked = self.field_value.blockSignals(True)
            self.field_value.setText(shown.field_value)
            self.field_value.blockSignals(blocked)
        self._field_row.setVisible(self.combos["field_id"].currentIndex() > 0)
        self._rows["field_id"].setVisible(bool(choices.fields))
        self._rows["price_list_id"].setVisible(bool(choices.price_lists))
        self._rows["language"].setVisible(bool(choices.languages))
        self.save.setEnabled(bool(shown.active()))
        self.clear.setEnabled(bool(shown.active()))
        self._show_kept()
        if self.isVisible():
            self.refit()

    def _fill(self) -> None:
        spans = {
            name: [(days, words.span(days)) for days in days_of] for name, days_of in _SPANS.items()
        }
        entries: dict[str, Iterable[tuple[Any, str]]] = {
            "city": [(city, city) for city in self._choices.cities],
            "tag": [(tag, tag) for tag in self._choices.tags],
            "crew_id": self._choices.crews,
            "price_list_id": self._choices.price_lists,
            "language": [(language, language) for language in self._choices.languages],
            "field_id": [(field.id, field.name) for field in self._choices.fields],
            **spans,
        }
        for name, combo in self.combos.items():
            blocked = combo.blockSignals(True)
            combo.clear()
            combo.addItem(self.tr("Any"), None)
            for value, text in entries[name]:
                combo.addItem(text, value)
            combo.blockSignals(blocked)
        self._fill_kept()

    def _fill_kept(self) -> None:
        flow = self.kept.flow
        while (item := flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._chips: list[tuple[FilterChip, ContactFilter]] = []
        names = words.built_in_names()
        own = {entry.shown for entry in self._choices.saved}  # one's own name for it is enough
        known = [
            (f"contacts.filters.built_in.{key}", names[key], BUILT_IN[key])
            for key in names
            if BUILT_IN[key] not in own
        ]
        known += [
            (f"contacts.filters.kept.{entry.id}", entry.name, entry.shown)
            for entry in self._choices.saved
        ]
        for object_name, text, shown in known:
            chip = FilterChip(text[:60], object_name=object_name)
            chip.setToolTip(text)
            chip.clicked.connect(lambda *_, wanted=shown: self._change(wanted))
            self.kept.add(chip)
            self._chips.append((chip, shown))
        self.kept.updateGeometry()

    def _show_kept(self) -> None:
        for chip, shown in self._chips:
            chip.setChecked(shown == self._shown)
        own = self._own_row()
        for widget in (self._own_label, self.rename, self.remove):
            widget.setVisible(own is not None)
        if own is not None:
            self._own_label.setText(own.name)

    def _own_row(self) -> SavedFilterRow | None:
        """The kept filter that is shown now."""
        return next((entry for entry in self._choices.saved if entry.shown == self._shown), None)

    def _show_naming(self, *, visible: bool) -> None:
        self.name.setVisible(visible)
        self.keep.setVisible(visible)
        if not visible:
            self._renaming = None
        if self.isVisible():
            self.refit()

    # reacting

    def _change(self, shown: ContactFilter) -> None:
        self.take(shown, self._choices)
        self.changed.emit(shown)

    def _on_combo_changed(self) -> None:
        values: dict[str, Any] = {}
        for name, combo in self.combos.items():
            value = combo.currentData()
            values[name] = value if value is not None else getattr(EVERYBODY, name)
        for name, chip in self.switches.items():
            values[name] = chip.isChecked()
        values["field_value"] = self.field_value.text() if values["field_id"] is not None else ""
        self._change(replace(self._shown, field_exact=False, **values))

    def _on_clear_clicked(self) -> None:
        self._change(EVERYBODY)

    def _on_save_clicked(self) -> None:
        self._renaming = None
        self.name.clear()
        self._show_naming(visible=True)
        self.name.setFocus()

    def _on_rename_clicked(self) -> None:
        own = self._own_row()
        if own is not None:
            self._show_naming(visible=True)
            self._renaming = own.id
            self.name.setText(own.name)
            self.name.selectAll()
            self.name.setFocus()

    def _on_keep_clicked(self) -> None:
        from tcf_desktop.services.saved_filters import RenameFilter, SaveFilter

        name = self.name.text()
        if self._renaming is not None:
            self.ctx.tasks.command(
                self, RenameFilter(self._renaming, name), lambda _: self._kept(self.tr("Renamed"))
            )
        else:
            self.ctx.tasks.command(
                self, SaveFilter(name, self._shown), lambda _: self._kept(self.tr("Filter saved"))
            )

    def _kept(self, said: str) -> None:
        self._show_naming(visible=False)
        self.save.setFocus()
        self.ctx.notify(said, undo=True)

    def _on_remove_clicked(self) -> None:
        from tcf_desktop.services.saved_filters import DeleteFilter

        own = self._own_row()
        if own is not None:
            said = self.tr("The filter {name} was deleted.").format(name=own.name)
            self.save.setFocus()
            self.ctx.tasks.command(
                self, DeleteFilter(own.id), lambda _: self.ctx.notify(said, undo=True)
            )
