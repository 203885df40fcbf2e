"""A QR code: black on white in both themes, whole modules, quiet zone kept."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET = 4  # modules around the code, ISO/IEC 18004


class QrCode(QWidget):
    """Shows ``text``; 336 px wide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("team.pair.qr")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._rows: tuple[bytearray, ...] = ()
        self._faded = False

    def set_text(self, text: str) -> None:
        """Show another text; empty shows a blank field."""
        import segno

        self._rows = tuple(segno.make_qr(text, error="m").matrix) if text else ()
        self.setAccessibleName(self.tr("QR code for {text}").format(text=text) if text else "")
        self.update()

    def set_faded(self, faded: bool) -> None:
        """A code that has ended is shown grey."""
        self._faded = faded
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(336, 336)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._rows:
            count = len(self._rows) + 2 * QUIET
            # Modules are whole device pixels, so that edges stay sharp at every scale.
            ratio = self.devicePixelRatioF()
            module = int(self.width() * ratio / count) / ratio
            start = (self.width() - module * len(self._rows)) / 2
            ink = QColor(190, 190, 190) if self._faded else QColor(Qt.GlobalColor.black)
            for down, row in enumerate(self._rows):
                for across, dark in enumerate(row):
                    if dark:
                        left, top = start + across * module, start + down * module
                        right, bottom = left + module, top + module
                        painter.fillRect(
                            QRect(
                                round(left), round(top),
                                round(right) - round(left), round(bottom) - round(top),
                            ),
                            ink,
                        )  # fmt: skip
        painter.end()
