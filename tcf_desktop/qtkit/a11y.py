"""Words for screen readers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, assertive: bool = False) -> None:
    """Say ``text`` through the screen reader, politely unless it is a problem."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if assertive else politeness.Polite)
    QAccessible.updateAccessibility(event)


def unnamed_controls(root: QWidget) -> list[str]:
    """Controls below ``root`` that a screen reader could not name: class and object name."""
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit

    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, kinds) or not widget.isVisibleTo(root):
            continue
        inside = isinstance(widget.parentWidget(), QLineEdit)  # Qt's own icon and clear buttons
        if inside or widget.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name)
        if not (widget.accessibleName() or name):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found
