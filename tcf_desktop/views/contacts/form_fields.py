"""Editors for the office's own fields and for measures; what cannot be read stays as typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold
from tcf_desktop.domain.custom_fields import decimal_text
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_form import FieldChoice
from tcf_desktop.views.common import ComboBox, LineEdit
from tcf_desktop.views.common.dates import DayField


class FieldEditor(Protocol):
    """What the form needs of an editor."""

    def value(self) -> str:
        """As it is stored; the text itself where it cannot be read."""

    def set_value(self, value: str) -> None:
        """Show a stored value, or a text that could not be read."""

    def problem(self) -> AppError | None:
        """Why it cannot be stored."""

    def widget(self) -> QWidget:
        """What stands in the form."""


class TextEditor:
    """Any text."""

    def __init__(self, name: str, object_name: str) -> None:
        self._edit = LineEdit(object_name=object_name)
        self._edit.setAccessibleName(name)

    def value(self) -> str:
        return self._edit.text().strip()

    def set_value(self, value: str) -> None:
        self._edit.setText(value)
        self._edit.setCursorPosition(0)

    def problem(self) -> AppError | None:
        return None

    def widget(self) -> QWidget:
        return self._edit


class NumberEditor:
    """A decimal number in the reader's own writing; stored with a point."""

    def __init__(self, name: str, object_name: str) -> None:
        self._name = name
        self._edit = LineEdit(object_name=object_name)
        self._edit.setAccessibleName(name)

    def value(self) -> str:
        text = self._edit.text().strip()
        plain = self._plain(text)
        return text if plain is None else plain

    def set_value(self, value: str) -> None:
        try:
            shown = decimal_text(self._name, value) if value else ""
        except AppError:
            shown = value
        else:
            shown = shown.replace(".", i18n.number_style().decimal)
        self._edit.setText(shown)

    def problem(self) -> AppError | None:
        text = self._edit.text().strip()
        if self._plain(text) is not None:
            return None
        return AppError("contacts.unreadable_number", text=text[:40], field=self._name)

    def widget(self) -> QWidget:
        return self._edit

    def _plain(self, text: str) -> str | None:
        style = i18n.number_style()
        plain = text.replace(style.group, "").replace(style.decimal, ".")
        try:
            return decimal_text(self._name, plain) if text else ""
        except AppError:
            return None


class DateEditor:
    """A day, typed as one speaks."""

    def __init__(self, name: str, object_name: str, today: Callable[[], str]) -> None:
        self._name = name
        self._edit = DayField(today, object_name=object_name)
        self._edit.setAccessibleName(name)

    def value(self) -> str:
        return self._edit.iso()

    def set_value(self, value: str) -> None:
        self._edit.set_iso(value)

    def problem(self) -> AppError | None:
        if self._edit.is_understood():
            return None
        text = self._edit.text().strip()
        return AppError("contacts.unreadable_date", text=text[:40], field=self._name)

    def widget(self) -> QWidget:
        return self._edit


class ChoiceEditor:
    """One of the choices, or none."""

    def __init__(self, name: str, object_name: str, choices: tuple[str, ...]) -> None:
        self._combo = ComboBox(object_name=object_name)
        self._combo.setAccessibleName(name)
        self._combo.addItem(self._combo.tr("Not said"), "")
        for choice in choices:
            self._combo.addItem(choice, choice)

    def value(self) -> str:
        return str(self._combo.currentData() or "")

    def set_value(self, value: str) -> None:
        known = [fold(self._combo.itemText(n)) for n in range(1, self._combo.count())]
        self._combo.setCurrentIndex(known.index(fold(value)) + 1 if fold(value) in known else 0)

    def problem(self) -> AppError | None:
        return None

    def widget(self) -> QWidget:
        return self._combo


def editor_of(field: FieldChoice, object_name: str, today: Callable[[], str]) -> FieldEditor:
    """The editor that fits the kind of a field."""
    if field.kind == "number":
        return NumberEditor(field.name, object_name)
    if field.kind == "date":
        return DateEditor(field.name, object_name, today)
    if field.kind == "choice":
        return ChoiceEditor(field.name, object_name, field.choices)
    return TextEditor(field.name, object_name)
