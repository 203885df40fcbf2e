"""The commands of the contact list: they stand in the menu bar and in the palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tcf_desktop.services.queries.contact_filter import BUILT_IN
from tcf_desktop.views.contacts.filter_words import built_in_names
from tcf_desktop.views.page import PageCommand

if TYPE_CHECKING:
    from tcf_desktop.views.contacts.exporting import ContactExport
    from tcf_desktop.views.contacts.list_pane import ContactListPane


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactList", text)


def list_commands(pane: ContactListPane, export: ContactExport) -> list[PageCommand]:
    """Filters, columns, and what can be done with the selection."""

    def selected(key: str) -> partial[None]:
        return partial(pane.selection.act, key)

    filters = [
        PageCommand(name, partial(pane.show_filter, BUILT_IN[key]), menu="view", words="filter")
        for key, name in built_in_names().items()
    ]
    return [
        PageCommand(
            _tr("Filter contacts"),
            lambda: pane.open_filters() if pane.isVisible() else None,
            "Ctrl+Shift+F",
            menu="view",
            words="city tag crew narrow search saved",
        ),
        *filters,
        PageCommand(_tr("Columns"), pane.columns.open_menu, menu="view", words="list table show"),
        PageCommand(_tr("Tag selected contacts"), selected("tag"), words="label mark group"),
        PageCommand(_tr("Give a price list"), selected("prices"), words="prices rates selected"),
        PageCommand(
            _tr("Export selected contacts"), selected("export"), words="vcard csv save file"
        ),
        PageCommand(
            _tr("Export the contacts shown"),
            lambda: export.ask(pane.ids_shown(), _tr("Export the contacts shown")),
            words="vcard csv save file filtered",
        ),
    ]
