"""The list that hangs below a field while one types."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QCompleter, QStyledItemDelegate, QStyleOptionViewItem

from tcf_desktop.qtkit.theme import theme


def give_room(completer: QCompleter) -> None:
    """Make the rows of the list as high as a control, so that a pointer meets the right one."""
    popup = completer.popup()
    if popup is not None:
        popup.setItemDelegate(_Row(completer))


class _Row(QStyledItemDelegate):
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(0, theme().control_height()))
