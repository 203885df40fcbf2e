"""The way of the Tab key through rows that were added after the page was built."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def chain_in_layout_order(root: QWidget) -> None:
    """Let Tab go through everything inside ``root`` in the order of its layouts.

    Qt puts each widget that is added later at the end of the window's chain, behind the buttons of
    the page; a form whose rows come and go calls this after each change.
    """
    for first, second in pairwise(_fields(root)):
        QWidget.setTabOrder(first, second)


def _fields(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        if inside is not None:
            yield from _fields(inside)
        return
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield from _fields(widget)
        elif inner is not None:
            yield from _in_layout(inner)
