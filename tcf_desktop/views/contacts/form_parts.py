"""Numbers and mail addresses in the contact form: rows with a label that come and go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.contacts import Email, Phone
from tcf_desktop.views.common import DataLabel, IconButton, LineEdit, LinkButton
from tcf_desktop.views.common.suggest import EditableCombo
from tcf_desktop.views.contacts.doubts import DoubtLine

Doubt = Callable[[str], str]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactForm", text)


def phone_labels() -> list[str]:
    """Labels offered for a number; any other may be typed."""
    return [_tr("Mobile"), _tr("Home"), _tr("Work"), _tr("Office"), _tr("Fax"), _tr("Other")]


def email_labels() -> list[str]:
    """Labels offered for a mail address; any other may be typed."""
    return [_tr("Home"), _tr("Work"), _tr("Office"), _tr("Billing"), _tr("Other")]


class EntryRow(QWidget):
    """A value with a label, a way to take it out, and a mark when it looks like a mistake."""

    changed = Signal()
    removeRequested = Signal(object)

    def __init__(
        self,
        kind: str,
        value: str,
        label: str,
        labels: Sequence[str],
        part_id: int | None,
        doubt: Doubt,
    ) -> None:
        super().__init__()
        self.part_id = part_id
        self._doubt = doubt
        name = _tr("Phone") if kind == "phone" else _tr("E-mail")
        self.value = LineEdit(value, object_name=f"contacts.form.{kind}")
        self.value.setAccessibleName(name)
        self.value.textEdited.connect(self._on_value_edited)
        self.value.editingFinished.connect(self.judge)
        self.label = EditableCombo(
            labels, placeholder=_tr("Label"), object_name=f"contacts.form.{kind}.label"
        )
        self.label.setAccessibleName(_tr("Label of {what}").format(what=name))
        self.label.setMinimumWidth(self.label.fontMetrics().horizontalAdvance("0" * 14) + 34)
        self.label.set_words(label)
        self._label = label, self.label.words()
        remove = IconButton("x", _tr("Take {what} out").format(what=name), framed=False)
        remove.clicked.connect(lambda *_: self.removeRequested.emit(self))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.value, 1)
        row.addWidget(self.label)
        row.addWidget(remove)
        self.doubt = DoubtLine(f"contacts.form.{kind}.doubt")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self.doubt)
        self.setFocusProxy(self.value)
        self.judge()

    def label_text(self) -> str:
        """The label; one that was not touched stays as it was written."""
        stored, shown = self._label
        words = self.label.words()
        return stored if words == shown else words

    def set_value(self, text: str) -> None:
        """Show another value that nobody typed here."""
        self.value.setText(text)
        self.judge()

    def judge(self) -> None:
        """Mark the value, or take the mark back."""
        words = self._doubt(self.value.text())
        self.doubt.say(words)
        self.value.setAccessibleDescription(words)

    def _on_value_edited(self) -> None:
        if not self.doubt.isHidden():
            self.judge()  # a mark goes as soon as it is wrong, and comes when the field is left
        self.changed.emit()


class EntryList(QWidget):
    """All numbers, or all mail addresses, with a link to add one."""

    changed = Signal()
    rowAdded = Signal()

    def __init__(self, kind: str, doubt: Doubt) -> None:
        super().__init__()
        self._kind = kind
        self._doubt = doubt
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
        row = EntryRow(self._kind, value, label, self._labels, part_id, self._doubt)
        row.changed.connect(self.changed)
        row.removeRequested.connect(self._drop)
        self._column.insertWidget(self._column.count() - 1, row)
        self.rows.append(row)
        self.rowAdded.emit()
        return row

    def propose(self, values: Sequence[str]) -> None:
        """Put values into rows that nobody typed into; rows are added where they are needed."""
        free = [row for row in self.rows if not row.value.isModified() and row.part_id is None]
        while len(free) < len(values):
            free.append(self.add())
        for number, row in enumerate(free):
            row.set_value(values[number] if number < len(values) else "")
        if values:
            self.changed.emit()

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
