"""Reading a picture for the logo, off the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from tcf_desktop.base.errors import AppError

MAX_BYTES = 10_000_000
MAX_PIXELS = 60_000_000  # four bytes each stay below what Qt allocates for a picture
LARGEST = QSize(900, 450)
_DRAWN = (b"svg", b"svgz")
_JPEG_END = b"\xff\xd9"


def read_logo(path: str) -> bytes:
    """The picture as PNG of at most 900 × 450 pixels, upright, of an animation the first frame.

    Raises ``company.logo_unreadable`` and ``company.logo_too_many_pixels``.
    """
    file = Path(path)
    try:
        if not 0 < file.stat().st_size <= MAX_BYTES:
            raise AppError("company.logo_unreadable", path=file.name)
        data = file.read_bytes()
    except OSError as error:
        raise AppError("company.logo_unreadable", path=file.name) from error
    if _torn(data):
        raise AppError("company.logo_unreadable", path=file.name)
    source = QByteArray(data)
    buffer = QBuffer(source)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    drawn = bytes(reader.format().data()) in _DRAWN
    if not drawn and size.width() * size.height() > MAX_PIXELS:
        raise AppError("company.logo_too_many_pixels", path=file.name)
    large = size.width() > LARGEST.width() or size.height() > LARGEST.height()
    if size.isValid() and (drawn or large):
        reader.setScaledSize(
            size.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        )
    image: QImage = reader.read()
    if image.isNull():
        raise AppError("company.logo_unreadable", path=file.name)
    if image.width() > LARGEST.width() or image.height() > LARGEST.height():  # was turned
        image = image.scaled(
            LARGEST,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    out = QByteArray()
    target = QBuffer(out)
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)
    plain.save(target, "PNG")  # type: ignore[call-overload]
    return bytes(out.data())


def _torn(data: bytes) -> bool:
    """Whether the end of a JPEG is missing: Qt would fill it with grey."""
    return data.startswith(b"\xff\xd8") and data.rfind(_JPEG_END) < len(data) // 2
