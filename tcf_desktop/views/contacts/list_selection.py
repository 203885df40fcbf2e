"""What can be done with the selected contacts, and the panels that hang over the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_filter import EVERYBODY, ContactFilter
from tcf_desktop.views.contacts import bulk

if TYPE_CHECKING:
    from tcf_desktop.views.contacts.filter_panel import FilterPanel
    from tcf_desktop.views.contacts.list_pane import ContactListPane


class ListSelection(QObject):
    """Belongs to a list pane. ``further`` are more entries of its menus: a title for a number of
    contacts, or None where it does not fit, and what to do with their ids."""

    def __init__(self, pane: ContactListPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._shown = EVERYBODY
        self._filters: FilterPanel | None = None
        self._tags: bulk.TagSheet | None = None
        self.further: list[tuple[Callable[[int], str | None], Callable[[list[int]], object]]] = []
        table = pane.table
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_table_menu_requested)
        pane.top.actionRequested.connect(self.act)
        pane.installEventFilter(self)

    # filters

    def toggle_filters(self) -> None:
        """Open the filters below the search, or close them."""
        if self._filters is None:
            from tcf_desktop.views.contacts.filter_panel import FilterPanel

            self._filters = FilterPanel(self._pane.ctx, self._pane)
            self._filters.changed.connect(self._pane.show_filter)
        if self._filters.isVisible():
            self._filters.dismiss()
        else:
            self._filters.take(self._shown, self._pane.choices)
            self._filters.open_at(self._below_search(), self._filters.combos["city"])

    def close_filters(self) -> None:
        """Close the filters if they are open."""
        if self._filters is not None:
            self._filters.dismiss()

    def show_filter(self, shown: ContactFilter) -> None:
        """The filter changed, or what it can name."""
        self._shown = shown
        if self._filters is not None and self._filters.isVisible():
            self._filters.take(shown, self._pane.choices)

    def _below_search(self) -> int:
        search = self._pane.search
        return search.mapTo(self._pane, QPoint(0, search.height() + 6)).y()

    # doing

    def act(self, key: str, button: QWidget | None = None) -> None:
        """Do something with the selected contacts: tag, prices, export, delete, more."""
        ids = self._pane.selected_ids()
        if not ids:
            return
        where = bulk.below(button or self._pane.search)
        if key == "tag":
            self.open_tags(ids)
        elif key == "prices":
            menu = self._menu()
            self._fill_prices(menu, ids)
            menu.popup(where)
        elif key == "export":
            self._pane.exportRequested.emit(ids)
        elif key == "delete":
            self._pane.deleteRequested.emit(ids)
        else:
            self._more_menu(ids).popup(where)

    def open_tags(self, ids: list[int]) -> None:
        """Ask which tags to give and to take away."""
        if self._tags is None:
            self._tags = bulk.TagSheet(self._pane.ctx, self._pane)
            self._tags.applied.connect(self._on_tags_applied)
        self._tags.open_for(ids, self._pane.choices, self._below_search())

    def give_price_list(self, ids: list[int], list_id: int | None) -> None:
        """Let contacts pay the prices of a list, or the usual ones."""
        from tcf_desktop.services.contact_bulk import GivePriceList

        pane = self._pane
        pane.ctx.tasks.command(pane, GivePriceList(tuple(ids), list_id), self._say_changed)

    def clear(self) -> None:
        """Select the current contact only."""
        table = self._pane.table
        if table.selected_count() > 1:
            table.select_row(max(0, table.currentIndex().row()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc, where neither the list nor a button has a use for it, ends a selection."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        pressed = escape and event.type() == QEvent.Type.KeyPress
        if pressed and self._pane.table.selected_count() > 1:
            self.clear()
            return True
        return super().eventFilter(watched, event)

    # menus

    def _fill_prices(self, menu: QMenu, ids: list[int]) -> None:
        menu.setObjectName("contacts.prices")
        usual = self.tr("Usual prices")
        bulk.fill_price_lists(
            menu, self._pane.choices, usual, lambda wanted: self.give_price_list(ids, wanted)
        )

    def _more_menu(self, ids: list[int]) -> QMenu:
        menu = self._menu()
        self._add_further(menu, ids)
        menu.addAction(self.tr("Select all"), self._pane.table.selectAll)
        menu.addAction(self.tr("Select none but this"), self.clear)
        return menu

    def _menu(self) -> QMenu:
        menu = QMenu(self._pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_further(self, menu: QMenu, ids: list[int]) -> None:
        for title_of, run in self.further:
            title = title_of(len(ids))
            if title is not None:
                menu.addAction(title, partial(run, ids))

    def _on_table_menu_requested(self, where: QPoint) -> None:
        pane = self._pane
        ids = pane.selected_ids()
        if not ids:
            return
        menu = self._menu()
        menu.setObjectName("contacts.menu")
        if len(ids) == 1:
            menu.addAction(self.tr("Edit"), lambda: pane.editRequested.emit(ids[0]))
        menu.addAction(self.tr("Tag…"), lambda: self.open_tags(ids))
        self._fill_prices(menu.addMenu(self.tr("Price list")), ids)
        menu.addAction(self.tr("Export…"), lambda: pane.exportRequested.emit(ids))
        self._add_further(menu, ids)
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), lambda: pane.deleteRequested.emit(ids))
        menu.popup(pane.table.viewport().mapToGlobal(where))

    # answers

    def _on_tags_applied(
        self, ids: tuple[int, ...], given: tuple[str, ...], taken: tuple[str, ...]
    ) -> None:
        from tcf_desktop.services.contact_bulk import TagContacts

        def done(count: int) -> None:
            self._say_changed(count)
            self._pane.read_choices()  # there may be a new tag

        self._pane.ctx.tasks.command(self._pane, TagContacts(ids, given, taken), done)

    def _say_changed(self, count: int) -> None:
        number = i18n.locale_of().toString(count)
        if count == 0:
            self._pane.ctx.notify(self.tr("They are as you wanted them already."))
            return
        one, many = self.tr("{n} contact was changed."), self.tr("{n} contacts were changed.")
        self._pane.ctx.notify((one if count == 1 else many).format(n=number), undo=True)
