"""Reading a picture for the logo, off the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from tcf_desktop.base.errors import AppError

MAX_BYTES = 10_000_000
LARGEST = QSize(900, 450)


def read_logo(path: str) -> bytes:
    """The picture as PNG of at most 900 × 450 pixels; raises ``company.logo_unreadable``."""
    file = Path(path)
    try:
        if not 0 < file.stat().st_size <= MAX_BYTES:
            raise AppError("company.logo_unreadable", path=file.name)
        data = file.read_bytes()
    except OSError as error:
        raise AppError("company.logo_unreadable", path=file.name) from error
    source = QByteArray(data)
    buffer = QBuffer(source)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > LARGEST.width() or size.height() > LARGEST.height()):
        reader.setScaledSize(size.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image: QImage = reader.read()
    if image.isNull():
        raise AppError("company.logo_unreadable", path=file.name)
    out = QByteArray()
    target = QBuffer(out)
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(target, "PNG")  # type: ignore[call-overload]
    return bytes(out.data())
