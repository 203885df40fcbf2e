"""The Duplicates page: groups and the two that are compared, or two that somebody chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from tcf_desktop.views.context import Target
from tcf_desktop.views.duplicates.group_list import GroupList
from tcf_desktop.views.duplicates.merge_pane import MergePane
from tcf_desktop.views.duplicates.pick_contact import PickContact
from tcf_desktop.views.page import HeaderButton, Page, PageCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcf_desktop.views.context import ViewContext

_LIST_WIDTH: Final = 420
_LIST_MINIMUM: Final = 340
_SIDE_MINIMUM: Final = 560


class DuplicatesPage(Page):
    """Address: ``merge`` with the id of the contact that stays and the other's as value; what is
    missing is asked for."""

    key = "duplicates"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._folded = False
        self._keep: int | None = None  # of a merge that somebody asked for
        self._by_hand = False
        self.list = GroupList(ctx)
        self.merge = MergePane(ctx)
        self.pick = PickContact(ctx)
        self.side = QStackedWidget()
        self.side.addWidget(self.merge)
        self.side.addWidget(self.pick)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("duplicates.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_LIST_WIDTH, 840])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self.list.chosen.connect(self._on_list_chosen)
        self.list.searched.connect(self.merge.reload)
        self.list.opened.connect(self._on_list_opened)
        self.list.table.clicked.connect(self._on_list_opened)
        self.merge.merged.connect(self._on_merge_merged)
        self.merge.toldApart.connect(self._on_merge_told_apart)
        self.merge.finished.connect(self._on_merge_finished)
        self.pick.picked.connect(self._on_pick_picked)
        ctx.theme.changed.connect(self._fold)

    # the page

    def title(self) -> str:
        return self.tr("Merge") if self._by_hand else self.tr("Duplicates")

    def header_actions(self) -> list[HeaderButton]:
        if self._by_hand:
            return []
        return [
            HeaderButton(
                self.tr("Merge two by hand"),
                lambda: self.ctx.navigate(Target("duplicates", "merge")),
                object_name="duplicates.by_hand",
            )
        ]

    def back_action(self) -> Callable[[], object] | None:
        if self._by_hand or (self._folded and not self.side.isHidden()):
            return self._show_list
        return None

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(self.tr("Look for duplicates again"), self.list.search, words="find"),
            PageCommand(
                self.tr("Not the same"), self.merge.tell_apart, "Ctrl+D", words="different apart"
            ),
            PageCommand(self.tr("Swap the two sides"), self.merge.swap_sides),
        ]

    def shown(self) -> None:
        if self.list.contacts is None and not self._by_hand:
            self.list.search()

    def open_target(self, target: Target) -> None:
        if target.kind != "merge":
            self._show_list()
            return
        self._by_hand = True
        self._keep = target.id
        if target.id is not None and target.value:
            self._compare(target.id, int(target.value))
        else:
            self._ask()
        self._arrange()

    def regions(self) -> list[QWidget]:
        if self._by_hand:
            return [self.side]
        return [self.list.table, self.side]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.merge.submit()
        elif event.key() == Qt.Key.Key_Escape and self.back_action() is not None:
            self._show_list()
        else:
            super().keyPressEvent(event)

    # one pane or two

    def _fold(self) -> None:
        scale = self.ctx.theme.text_scale
        folded = self.width() * 100 < (_LIST_MINIMUM + _SIDE_MINIMUM) * scale
        self.list.setMinimumWidth(0 if folded else _LIST_MINIMUM * scale // 100)
        self.side.setMinimumWidth(0 if folded else _SIDE_MINIMUM * scale // 100)
        if folded != self._folded:
            self._folded = folded
            self._arrange()

    def _arrange(self, *, side: bool = False) -> None:
        """Both, or in a narrow window one of the two; alone where two were asked for."""
        alone = self._by_hand
        self.list.setVisible(not alone and not (self._folded and side))
        self.side.setVisible(alone or side or not self._folded)
        self.headerChanged.emit()

    def _show_list(self) -> None:
        self._by_hand = False
        self._keep = None
        self.side.setCurrentWidget(self.merge)
        self._arrange()
        if self.list.contacts is None:
            self.list.search()
        self.merge.show_group(self.list.current())
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # two that somebody chose

    def _ask(self) -> None:
        name = ""
        if self._keep is not None:
            name = self.ctx.tasks.read_now(
                lambda r: r.value("SELECT display_name FROM contacts WHERE id = ?", (self._keep,))
            ) or ""  # fmt: skip
        self.side.setCurrentWidget(self.pick)
        self.pick.begin(name, self._keep)

    def _compare(self, keep: int, other: int) -> None:
        self.side.setCurrentWidget(self.merge)
        self.merge.show_group([keep, other])
        self.merge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pick_picked(self, contact_id: int) -> None:
        if self._keep is None:
            self._keep = contact_id
            self._ask()
        else:
            self._compare(self._keep, contact_id)

    # reacting

    def _on_list_chosen(self, ids: list[int]) -> None:
        # While a group is worked through its order stays: who stays was chosen.
        if not self._by_hand and set(ids) != set(self.merge.ids()):
            self.merge.show_group(ids)

    def _on_list_opened(self) -> None:
        if self._folded:
            self._arrange(side=True)
        self.merge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_merge_merged(self, _keep: int, other: int) -> None:
        self.list.forget(other)

    def _on_merge_told_apart(self, keep: int, other: int) -> None:
        self.list.forget(other, keep)

    def _on_merge_finished(self) -> None:
        if self._by_hand and self._keep is not None:
            keep = self._keep
            self._show_list()
            self.ctx.navigate(Target("contacts", "contact", keep))
        elif self._folded:
            self._show_list()
