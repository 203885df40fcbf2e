"""A kept file as a tile: its small picture or icon, name, caption, date and place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.files import FileRow
from tcf_desktop.views.common.chips import chip_size, paint_chip

TILE_WIDTH: Final = 140  # the least, at normal text size
_PICTURE: Final = 92
_PAD: Final = 4
_STEPS: Final = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1,
}  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactFiles", text)


def kind_word(mime: str) -> str:
    """What a file is, in a word for people."""
    words = {
        "image": _tr("Picture"),
        "video": _tr("Video"),
        "application/pdf": _tr("PDF"),
        "text/csv": _tr("Table"),
        "text/plain": _tr("Text"),
    }
    found = words.get(mime) or words.get(mime.partition("/")[0])
    if found:
        return found
    return _tr("Spreadsheet") if "spreadsheet" in mime else _tr("Document")


def icon_of(mime: str) -> str:
    """The icon of a file that has no small picture."""
    if mime.startswith("image/"):
        return "image"
    if mime.startswith("video/"):
        return "play-circle"
    icons = {"application/pdf": "file-pdf", "text/csv": "file-csv"}
    return icons.get(mime, "file-csv" if "spreadsheet" in mime else "file-text")


class FileTile(QWidget):
    """Enter or a double click opens, F2 renames, Delete deletes, the arrows go on."""

    openRequested = Signal(int)
    renameRequested = Signal(int)
    deleteRequested = Signal(int)
    menuRequested = Signal(int, QPoint)
    stepRequested = Signal(int, int)  # this file, and where to

    def __init__(self, row: FileRow, day: str) -> None:
        super().__init__()
        self.row = row
        self._day = day
        self._image: QImage | None = None
        self._width = 0
        self.setObjectName(f"contacts.file.{row.id}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = [row.name, row.caption, kind_word(row.mime), row.place, day]
        self.setAccessibleName(i18n.joined(said, ", "))
        self.setAccessibleDescription(_tr("Enter opens, F2 renames, Delete deletes"))
        theme().changed.connect(self._on_theme_changed)

    def set_image(self, image: QImage) -> None:
        """The small picture, when it is there."""
        self._image = image
        self.update()

    def set_width(self, width: int) -> None:
        """As wide as its share of the row."""
        if width != self._width:
            self._width = width
            self.updateGeometry()

    @property
    def has_image(self) -> bool:
        return self._image is not None

    def sizeHint(self) -> QSize:
        colors = theme()
        lines = colors.line_height() + colors.line_height("caption")
        foot = max(colors.line_height("caption"), chip_size("x").height())
        height = _PAD + self._picture_height() + 6 + lines + 4 + foot + _PAD
        return QSize(max(self._width, colors.scaled(TILE_WIDTH)), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _picture_height(self) -> int:
        return theme().scaled(_PICTURE)

    # events

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.openRequested.emit(self.row.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        where = self.mapToGlobal(self.rect().center()) if by_key else event.globalPos()
        self.menuRequested.emit(self.row.id, where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.openRequested.emit(self.row.id)
        elif key == Qt.Key.Key_F2:
            self.renameRequested.emit(self.row.id)
        elif key == Qt.Key.Key_Delete:
            self.deleteRequested.emit(self.row.id)
        elif key in _STEPS:
            self.stepRequested.emit(self.row.id, _STEPS[key])
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        fill = colors.color("hover") if self.underMouse() else None
        box(painter, self.rect(), fill, None, radius=6)
        room = QRect(_PAD, _PAD, self.width() - 2 * _PAD, self._picture_height())
        box(painter, room, colors.color("sunken"), colors.color("line"), radius=5)
        self._paint_picture(painter, room.adjusted(1, 1, -1, -1))
        self._paint_words(painter, room.bottom() + 7)
        if self.hasFocus():
            focus_ring(painter, self.rect(), radius=6)
        painter.end()

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        if self._image is None or self._image.isNull():
            size = theme().scaled(30)
            glyph = theme().pixmap(icon_of(self.row.mime), "text3", size, self.devicePixelRatioF())
            painter.drawPixmap(
                room.x() + (room.width() - size) // 2, room.y() + (room.height() - size) // 2, glyph
            )
            return
        wanted = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if wanted.width() > self._image.width():  # a tiny picture stays sharp
            wanted = self._image.size()
        place = QRect(QPoint(0, 0), wanted)
        place.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)

    def _paint_words(self, painter: QPainter, top: int) -> None:
        colors = theme()
        room = self.width() - 2 * _PAD
        # The end of a name is its suffix; of a caption the beginning says most.
        for text, style, weight, token, cut in (
            (self.row.name, "body", 500, "text", Qt.TextElideMode.ElideMiddle),
            (
                self.row.caption or kind_word(self.row.mime),
                "caption", 400, "text2", Qt.TextElideMode.ElideRight,
            ),
        ):  # fmt: skip
            metrics = colors.metrics(style, weight)
            line = metrics.elidedText(text, cut, room)
            painter.setFont(colors.font(style, weight))
            painter.setPen(colors.color(token))
            painter.drawText(_PAD, top + metrics.ascent(), line)
            top += colors.line_height(style)
        top += 4
        day_wide = colors.metrics("caption").horizontalAdvance(self._day)
        chip = chip_size(self.row.place)
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("text3"))
        middle = QRect(_PAD, top, day_wide + 1, chip.height())
        painter.drawText(middle, int(Qt.AlignmentFlag.AlignVCenter), self._day)
        if self.row.place:
            left = _PAD + day_wide + 8
            wide = min(chip.width(), self.width() - _PAD - left)
            paint_chip(painter, QRect(left, top, wide, chip.height()), self.row.place, "neutral")
