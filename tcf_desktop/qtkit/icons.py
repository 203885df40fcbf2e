"""The icon set (Phosphor regular): recoloured, drawn at the screen's pixel ratio, cached."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from tcf_desktop.base.resources import resource, resource_bytes


@lru_cache(maxsize=1024)
def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon ``name`` in ``color`` (``#rrggbb``), ``size`` logical pixels at a pixel ratio.

    FileNotFoundError when the set has no such icon.
    """
    from PySide6.QtSvg import QSvgRenderer

    text = _source(name).replace(b"currentColor", color.encode())
    renderer = QSvgRenderer(QByteArray(text))
    edge = round(size * ratio)
    result = QPixmap(edge, edge)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def names() -> list[str]:
    """Every icon of the set, sorted."""
    return sorted(
        entry.name[:-4] for entry in resource("icons").iterdir() if entry.name.endswith(".svg")
    )


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return resource_bytes(f"icons/{name}.svg")
