"""Settings > Contact fields: what the office wants to know besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.record_settings import (
    FieldRow,
    Removed,
    fields,
    removed_fields,
    values_in,
)
from tcf_desktop.views.common import ComboBox, LineEdit
from tcf_desktop.views.settings.rows import ListSection, SettingRow, put

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Stored = tuple[tuple[FieldRow, ...], tuple[Removed, ...]]


class ContactFieldsSection(ListSection):
    """Leaving a field of a row stores the row."""

    key = "contact_fields"
    tables = ("custom_fields",)

    def build(self) -> None:
        self.build_list(
            self.tr("Your own fields"),
            self.tr(
                "They stand in every contact, are found by the search, and go along in imports "
                "and exports. Removing a field keeps what contacts have in it until it comes back."
            ),
            self.tr("Add a field"),
        )
        self.empty.setText(
            self.tr("No field of your own yet. Add what you keep asking: a key tag, a birthday.")
        )

    def load(self) -> None:
        self.ctx.tasks.read(self, _stored, self._show)

    def add_new(self) -> None:
        from tcf_desktop.services.custom_fields import SaveField

        self.do_add(SaveField(None, self.free_name(self.tr("New field")), "text"))

    def make_row(self, stored: Any) -> SettingRow:
        row = FieldSettings(stored.id, self.tr("field"))
        row.edited.connect(self._on_row_edited)
        row.kind.activated.connect(lambda *_: self._on_kind_chosen(row))
        row.moveRequested.connect(self._on_row_move_requested)
        row.removeRequested.connect(self._on_row_remove_requested)
        return row

    def bring_back(self, row_id: int) -> None:
        from tcf_desktop.services.custom_fields import RestoreField

        self.do(RestoreField(row_id))

    def _show(self, found: Stored) -> None:
        self.show_rows(found[0])
        self.show_removed(found[1], self._removed_words)

    def _removed_words(self, entry: Removed) -> str:
        words = i18n.plural(
            entry.used,
            self.tr("{n} contact still has something in it."),
            self.tr("{n} contacts still have something in it."),
        )
        return self.tr("“{name}” was removed. {words}").format(name=entry.name, words=words)

    def _on_row_edited(self, row_id: int) -> None:
        from tcf_desktop.services.custom_fields import SaveField

        row = self.row(row_id)
        assert isinstance(row, FieldSettings)
        kind, choices = row.kind_key(), row.choice_words()
        if kind == "choice" and not choices:
            row.say(self.tr("Write the choices, with commas between them."))
            return
        self.do(SaveField(row_id, row.name.text(), kind, choices), row_id)

    def _on_kind_chosen(self, row: FieldSettings) -> None:
        """A list of choices begins with what contacts have there already."""
        row.show_choices()
        if row.kind_key() != "choice" or row.choice_words():
            row.announce()
            return

        def answer(found: tuple[str, ...]) -> None:
            row.choices.setText(", ".join(found))
            row.choices.setFocus(Qt.FocusReason.OtherFocusReason)
            row.announce()

        self.ctx.tasks.read(self, lambda r: values_in(r, row.row_id), answer)

    def _on_row_move_requested(self, row_id: int, by: int) -> None:
        from tcf_desktop.services.custom_fields import MoveField

        self.do(MoveField(row_id, by), row_id)

    def _on_row_remove_requested(self, row_id: int) -> None:
        from tcf_desktop.services.custom_fields import RemoveField

        stored = self.row(row_id).stored
        said = self.tr("Field {name} removed.").format(name=stored.name)
        if stored.used:
            said = self.tr("Field {name} removed. What contacts have in it is kept.").format(
                name=stored.name
            )
        self.do_remove(RemoveField(row_id), said)


class FieldSettings(SettingRow):
    """Name, kind, and the choices of a field."""

    def __init__(self, row_id: int, what: str) -> None:
        super().__init__(row_id, f"settings.contact_fields.{row_id}", what)
        self.kind = ComboBox(object_name=f"{self.object_name}.kind")
        self.kind.setAccessibleName(self.tr("Kind of the field"))
        for key, text in (
            ("text", self.tr("Text")),
            ("number", self.tr("Number")),
            ("date", self.tr("Date")),
            ("choice", self.tr("Choice")),
        ):
            self.kind.addItem(text, key)
        self.top.addWidget(self.kind, 1)
        self.choices = LineEdit(
            placeholder=self.tr("Choices, with commas between them"),
            object_name=f"{self.object_name}.choices",
        )
        self.choices.setAccessibleName(self.tr("Choices of the field"))
        self.choices.editingFinished.connect(self.announce)
        self.column.insertWidget(1, self.choices)

    def show_stored(self, stored: Any, *, first: bool, last: bool) -> None:
        super().show_stored(stored, first=first, last=last)
        self.kind.select_data(stored.kind)
        put(self.choices, ", ".join(stored.choices))
        self.show_choices()

    def show_choices(self) -> None:
        """Choices are written only for a field of choices."""
        self.choices.setVisible(self.kind_key() == "choice")

    def kind_key(self) -> str:
        return str(self.kind.currentData())

    def choice_words(self) -> tuple[str, ...]:
        words = (word.strip() for word in self.choices.text().split(","))
        return tuple(word for word in words if word)

    def differs(self) -> bool:
        choices = self.choice_words() if self.kind_key() == "choice" else ()
        stored = (self.stored.kind, self.stored.choices)
        return super().differs() or (self.kind_key(), choices) != stored


def _stored(r: Reader) -> Stored:
    return fields(r), removed_fields(r)
