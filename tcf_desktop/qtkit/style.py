"""Drawing that all painted widgets share: boxes, the focus ring, the field of an input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tcf_desktop.qtkit.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

RADIUS = 5
RING = 2


def box(
    painter: QPainter,
    rect: QRect | QRectF,
    fill: QColor | None,
    border: QColor | None,
    *,
    radius: float = RADIUS,
    width: float = 1.0,
) -> None:
    """A rounded box whose border lies crisp inside ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.setPen(QPen(border, width) if border is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner if border is not None else QRectF(rect), radius, radius)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRect | QRectF, *, radius: float = RADIUS) -> None:
    """The 2 px accent ring, inside ``rect``."""
    box(painter, rect, None, theme().color("accent"), radius=radius, width=RING)


def input_box(painter: QPainter, rect: QRect, *, focused: bool, enabled: bool = True) -> None:
    """Field of an input: surface, control border, accent ring with focus."""
    colors = theme()
    fill = colors.color("surface" if enabled else "sunken")
    if focused:
        box(painter, rect, fill, colors.color("accent"), width=RING)
    else:
        box(painter, rect, fill, colors.color("control" if enabled else "buttonLine"))


def install(app: QApplication) -> None:
    """Dress the application in our style for standard controls. Once is enough.

    The style is loaded here and not with this module: our own widgets paint themselves, so the
    first window does not wait for it.
    """
    from tcf_desktop.qtkit.office_style import OfficeStyle

    if not isinstance(app.style(), OfficeStyle):
        app.setStyle(OfficeStyle())
