"""Which columns the list shows, how wide and in which order: chosen by the office, kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QMenu

from tcf_desktop.itemmodels.contact_list import USUAL, ContactListModel
from tcf_desktop.views.common import ListTable, TwoLineDelegate
from tcf_desktop.views.contacts.cells import cell_of

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_STORED: Final = "contacts/columns"
_NAME_ROOM: Final = 170  # what names need before another column goes
_NARROWEST: Final = 48
_WIDEST: Final = 600


class ListColumns(QObject):
    """``changed`` when other columns are shown, so that their texts are read."""

    changed = Signal()

    def __init__(self, ctx: ViewContext, table: ListTable, model: ContactListModel) -> None:
        super().__init__(table)
        self._ctx = ctx
        self._table = table
        self._model = model
        self._header = table.horizontalHeader()
        self._shown: list[str] = list(USUAL)
        self._widths: dict[str, int] = {}
        self._laying = False
        self._restore()
        header = self._header
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu_requested)
        header.sectionMoved.connect(self._on_header_section_moved)
        header.sectionResized.connect(self._on_header_section_resized)
        table.viewport().installEventFilter(self)
        ctx.theme.changed.connect(self.lay_out)
        self.dress()

    # what is shown

    def shown(self) -> list[str]:
        """The keys of the shown columns in their order."""
        known = {column.key for column in self._model.columns}
        return [key for key in self._shown if key in known]

    def extras(self) -> frozenset[str]:
        """The keys of shown columns that are read apart."""
        return frozenset(self.shown()) - frozenset(USUAL)

    def show_column(self, key: str, *, visible: bool) -> None:
        """Show a column at the end, or hide it. The name always stays."""
        if visible == (key in self._shown) or key == "name":
            return
        if visible:
            self._shown.append(key)
        else:
            self._shown.remove(key)
        self._keep()
        self.lay_out()
        self.changed.emit()

    def reset(self) -> None:
        """The usual columns at their usual width."""
        self._shown, self._widths = list(USUAL), {}
        self._keep()
        self.lay_out()
        self.changed.emit()

    def fill_menu(self, menu: QMenu) -> None:
        """Every column with a tick where it is shown."""
        shown = self.shown()
        for column in self._model.columns:
            if column.key == "name":
                continue
            action = menu.addAction(column.title.replace("&", "&&"))
            action.setObjectName(f"contacts.column.{column.key}")
            action.setCheckable(True)
            action.setChecked(column.key in shown)
            action.toggled.connect(
                lambda on, key=column.key: self.show_column(key, visible=bool(on))
            )
        menu.addSeparator()
        menu.addAction(self.tr("Usual columns"), self.reset)

    def open_menu(self, where: QPoint | None = None) -> None:
        """The menu of the columns, at a point of the screen or below the header."""
        menu = QMenu(self._table)
        menu.setObjectName("contacts.columns")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(where or self._header.mapToGlobal(QPoint(16, self._header.height())))

    # laying out

    def dress(self) -> None:
        """Give every column its painter; after the model got others."""
        for number in range(len(self._model.columns)):
            delegate = TwoLineDelegate(cell_of(self._model.columns, number), self._table)
            self._table.setItemDelegateForColumn(number, delegate)
            self._header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
        self.lay_out()

    def lay_out(self) -> None:
        """Order, widths, and the room that is left for the name."""
        if self._laying:
            return
        self._laying = True
        try:
            self._lay_out()
        finally:
            self._laying = False
        self._table.refresh_edges()

    def _lay_out(self) -> None:
        scale = self._ctx.theme.text_scale
        shown = self.shown()
        number_of = {column.key: n for n, column in enumerate(self._model.columns)}
        for place, key in enumerate(shown):
            self._header.moveSection(self._header.visualIndex(number_of[key]), place)
        widths = {
            key: self._widths.get(key, self._model.columns[number_of[key]].width) * scale // 100
            for key in shown
            if key != "name"
        }
        room = self._table.viewport().width()
        least = _NAME_ROOM * scale // 100
        usual = shown == list(USUAL) and not self._widths
        fitting = [key for key in shown if key != "name"]
        # Nobody asked for the usual columns one by one: the last gives way in a narrow pane.
        while usual and len(fitting) > 2 and sum(widths[key] for key in fitting) + least > room:
            fitting.pop()
        for key, number in number_of.items():
            self._table.setColumnHidden(number, key != "name" and key not in fitting)
        for key in fitting:
            self._header.resizeSection(number_of[key], widths[key])
        wide = sum(widths[key] for key in fitting)
        self._header.resizeSection(number_of["name"], max(least, room - wide))
        policy = Qt.ScrollBarPolicy
        self._table.setHorizontalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if usual or room >= wide + least else policy.ScrollBarAsNeeded
        )

    # keeping

    def _keep(self) -> None:
        self._ctx.device.set(_STORED, {"shown": self._shown, "widths": self._widths})

    def _restore(self) -> None:
        stored: Any = self._ctx.device.get(_STORED)
        if not isinstance(stored, dict):
            return
        shown, widths = stored.get("shown"), stored.get("widths")
        if isinstance(shown, list) and all(isinstance(key, str) for key in shown):
            self._shown = ["name", *dict.fromkeys(key for key in shown if key != "name")]
        if isinstance(widths, dict):
            self._widths = {
                str(key): width
                for key, width in widths.items()
                if isinstance(width, int) and _NARROWEST <= width <= _WIDEST
            }

    # reacting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.lay_out()
        return super().eventFilter(watched, event)

    def _on_header_menu_requested(self, where: QPoint) -> None:
        self.open_menu(self._header.mapToGlobal(where))

    def _on_header_section_moved(self, _logical: int, _old: int, _new: int) -> None:
        if self._laying:
            return
        keys = [
            self._model.columns[self._header.logicalIndex(place)].key
            for place in range(self._header.count())
        ]
        known = self.shown()
        strangers = [key for key in self._shown if key not in known]  # of fields that are away
        self._shown = [key for key in keys if key in known] + strangers
        self._keep()
        self.lay_out()

    def _on_header_section_resized(self, logical: int, _old: int, new: int) -> None:
        if self._laying or new <= 0:
            return
        key = self._model.columns[logical].key
        if key != "name":  # the name takes what is left
            width = new * 100 // self._ctx.theme.text_scale
            self._widths[key] = max(_NARROWEST, min(_WIDEST, width))
            self._keep()
        self.lay_out()
