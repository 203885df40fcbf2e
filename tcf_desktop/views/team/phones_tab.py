"""The Phones tab: the switch with its address, and the paired phones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.id_list_model import SECOND_ROLE, IdListModel
from tcf_desktop.itemmodels.phones import phone_columns
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.phones import UnpairPhone
from tcf_desktop.services.queries.phones import PhoneRow, phone_rows
from tcf_desktop.services.tracks import ForgetUnreadable
from tcf_desktop.views.common import (
    Card,
    Cell,
    DataLabel,
    EmptyState,
    IconButton,
    ListTable,
    Notice,
    PlainButton,
    Surface,
    Switch,
    TwoLineDelegate,
)
from tcf_desktop.views.common.tables import Index
from tcf_desktop.views.context import Target
from tcf_desktop.views.team.receiver import PhoneReceiver, receiver

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_SETTLE_MS = 500


class PhonesTab(Surface):
    """``pairRequested`` to pair another one; ``counted`` with how many there are."""

    pairRequested = Signal()
    clockRequested = Signal()
    counted = Signal(int)

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("window")
        self.ctx = ctx
        self.switch_card = ReceiveCard(ctx)
        self.model: IdListModel[PhoneRow] = IdListModel(
            phone_columns(ctx.clock.now_ms), lambda _ids: {}
        )
        self.table = ListTable(object_name="team.phones")
        self.table.setAccessibleName(self.tr("Phones"))
        self.table.setModel(self.model)
        self.table.setItemDelegate(_PhoneDelegate(parent=self.table))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        for place, column in enumerate(self.model.columns):
            header.resizeSection(place, column.width)
            if column.stretch:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.table.setContextMenuPolicy(self.table.contextMenuPolicy().CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_table_menu_requested)
        self.table.selectionModel().selectionChanged.connect(self._show_buttons)
        self.trouble = Notice("", "warn", "warning", self.tr("Seen"))
        self.trouble.hide()
        self.trouble.actionRequested.connect(self._on_trouble_seen)
        self.unpair_button = PlainButton(self.tr("Unpair"), "x", object_name="team.phones.unpair")
        self.unpair_button.clicked.connect(self.unpair)
        self.import_button = PlainButton(
            self.tr("Import a GPX file…"), "download-simple", object_name="team.phones.import"
        )
        self.import_button.clicked.connect(lambda: ctx.navigate(Target("contacts", "import")))
        self._lay_out()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        ctx.bus.committed.connect(self._on_bus_committed)
        self.refresh()

    def _lay_out(self) -> None:
        self.empty = EmptyState(
            "device-mobile",
            self.tr(
                "No phone is paired. You can clock crews in by hand, or pair a phone in two "
                "minutes."
            ),
            button=(self.tr("Pair a phone"), self.pairRequested.emit),
            link=(self.tr("Clock in by hand"), self.clockRequested.emit),
            primary=False,
            object_name="team.phones.empty",
        )
        card = Card(self.tr("Paired phones"), margin=0)
        card.header.setContentsMargins(16, 0, 16, 0)
        card.header.addStretch(1)
        card.header.addWidget(self.unpair_button)
        card.header.addWidget(self.import_button)
        card.body.setContentsMargins(1, 12, 1, 8)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        card.body.addWidget(self.stack, 1)
        note = DataLabel(
            self.tr(
                "Positions are kept only while clocked in, on this computer. What lies outside a "
                "shift is deleted a day after it came."
            ),
            "caption",
            "text2",
            wrap=True,
            object_name="team.phones.privacy",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.switch_card)
        column.addWidget(self.trouble)
        column.addWidget(card, 1)
        column.addWidget(note)
        self._show_buttons()

    def refresh(self) -> None:
        """Read the phones off the GUI thread."""
        self.ctx.tasks.read(self, phone_rows, self._show)

    def unpair(self) -> None:
        """Refuse the chosen phone from now on; can be undone."""
        row = self._chosen()
        if row is None:
            return
        text = self.tr("{name} is unpaired. What it sent during shifts stays.").format(
            name=row.name
        )
        self.ctx.tasks.command(
            self, UnpairPhone(row.id), lambda _: self.ctx.notify(text, undo=True)
        )

    # inside

    def _show(self, rows: list[PhoneRow]) -> None:
        self.model.set_ids([row.id for row in rows], {row.id: row for row in rows})
        self.stack.setCurrentWidget(self.table if rows else self.empty)
        self.counted.emit(len(rows))
        self._show_buttons()
        bad = [row for row in rows if row.unreadable]
        self.trouble.setVisible(bool(bad))
        if bad:
            names = ", ".join(row.name for row in bad)
            if any(row.unreadable_reason == "encrypted" for row in bad):
                text = self.tr(
                    "{names}: encrypted messages cannot be read yet. They are kept for 30 days. "
                    "Switch the encryption off in the app."
                )
            else:
                text = self.tr(
                    "{names}: some messages cannot be read. They are kept for 30 days; newer "
                    "positions are not affected."
                )
            self.trouble.set_notice(text.format(names=names), "warn", "warning", self.tr("Seen"))

    def _show_buttons(self) -> None:
        self.unpair_button.setVisible(self.model.rowCount() > 0)
        chosen = self._chosen() is not None
        self.unpair_button.setEnabled(chosen)
        self.unpair_button.setToolTip("" if chosen else self.tr("Choose a phone first"))

    def _chosen(self) -> PhoneRow | None:
        rows = self.table.selected_rows()
        return self.model.row_at(rows[0]) if rows else None

    def _on_table_menu_requested(self, at: QPoint) -> None:
        if self._chosen() is None:
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Unpair"), self.unpair)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _on_trouble_seen(self) -> None:
        for place in range(self.model.rowCount()):
            row = self.model.row_at(place)
            if row is not None and row.unreadable:
                self.ctx.tasks.command(self, ForgetUnreadable(row.id))

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches("phones", "phone_states", "workers", "crews"):
            self._settle.start()


class _PhoneDelegate(TwoLineDelegate):
    def cell(self, index: Index) -> Cell:
        model = index.model()
        column = model.columns[index.column()] if isinstance(model, IdListModel) else None
        second = str(index.data(SECOND_ROLE) or "")
        return Cell(
            str(index.data() or ""),
            second,
            right=column is not None and column.align_right,
            weight=600 if index.column() == 0 else 400,
            sub_token="warn" if column is not None and column.key == "contact" else "text2",
        )


class ReceiveCard(Card):
    """The switch, what it means, and the address that other devices use."""

    def __init__(self, ctx: ViewContext, *, object_name: str = "team.receive") -> None:
        super().__init__(object_name=f"{object_name}.card")
        self.receiver: PhoneReceiver = receiver(ctx)
        self.switch = Switch(self.tr("Receive from phones"), object_name=object_name)
        self.switch.toggled.connect(self._on_switch_toggled)
        self.state = DataLabel("", "body", "text2", wrap=True, object_name=f"{object_name}.state")
        self.url = DataLabel("", "subtitle", "text", object_name=f"{object_name}.url")
        self.copy = IconButton("copy", self.tr("Copy the address"), framed=False)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.url.text()))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(DataLabel(self.tr("Receive from phones"), "heading"))
        words.addWidget(self.state)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(words, 1)
        self.where = QWidget()
        address = QHBoxLayout(self.where)
        address.setContentsMargins(0, 0, 0, 0)
        address.setSpacing(4)
        address.addWidget(self.url)
        address.addWidget(self.copy)
        top.addWidget(self.where)
        top.addWidget(self.switch)
        self.body.addLayout(top)
        self.receiver.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        state = self.receiver
        blocked = self.switch.blockSignals(True)
        self.switch.setChecked(state.is_on or (state.busy and state.is_wanted))
        self.switch.setEnabled(not state.busy)
        self.switch.blockSignals(blocked)
        self.where.setVisible(state.address is not None)
        if state.error is not None:
            self.state.setText(words_of(state.error).text())
            self.state.set_style(color="bad")
            return
        self.state.set_style(color="text2")
        if state.address is None:
            self.state.setText(
                self.tr(
                    "Off. Paired phones keep their positions until it is on and they are in the "
                    "office’s Wi-Fi again."
                )
            )
        else:
            self.url.setText(state.address.url)
            self.state.setText(
                self.tr(
                    "On. Phones in the same network send to this address; keep it the same. The "
                    "way is plain http: who can listen in on this network can read it."
                )
            )

    def _on_switch_toggled(self, on: bool) -> None:
        self.receiver.set_on(on)
