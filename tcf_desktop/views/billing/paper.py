"""Pages of a PDF on screen: always white paper, and no flash when a new version arrives.

A new version is loaded and drawn beside the one that is shown and takes its place when every page
in sight is ready; zoom and scroll position stay.
"""

from __future__ import annotations

from typing import Any, Final, cast

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QObject, QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from tcf_desktop.qtkit.theme import theme

_GAP: Final = 16
_SIDE: Final = 20
_ZOOMS: Final = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class _Version(QObject):
    """One loaded PDF and the images of its pages; ``ready`` when the wanted pages are drawn."""

    ready = Signal()
    drawn = Signal()

    def __init__(self, content: bytes, parent: QObject) -> None:
        super().__init__(parent)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.images: dict[int, QImage] = {}
        self._asked: dict[int, tuple[int, QSize]] = {}
        self._wanted: set[int] = set()
        self._sizes: dict[int, QSize] = {}
        self.renderer = QPdfPageRenderer(self)
        self.renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self.renderer.setDocument(self.document)
        self.renderer.pageRendered.connect(self._on_renderer_page_rendered)
        self.document.load(self._buffer)

    def is_loaded(self) -> bool:
        return self.document.status() == QPdfDocument.Status.Ready

    def page_sizes(self) -> list[QSizeF]:
        """Sizes in points."""
        return [self.document.pagePointSize(page) for page in range(self.document.pageCount())]

    def ask(self, sizes: dict[int, QSize]) -> None:
        """Draw these pages in these sizes (device pixels); ``ready`` when all are there."""
        self._wanted = set(sizes)
        for page, size in sizes.items():
            if self._sizes.get(page) == size:
                continue
            self._sizes[page] = size
            number = self.renderer.requestPage(page, size, QPdfDocumentRenderOptions())
            self._asked[number] = (page, size)
        self._check()

    def _on_renderer_page_rendered(
        self, page: int, size: QSize, image: QImage, _options: object, number: int
    ) -> None:
        self._asked.pop(number, None)
        if self._sizes.get(page) == size:
            self.images[page] = image
            self.drawn.emit()
            self._check()

    def _check(self) -> None:
        if self._wanted <= self.images.keys():
            self.ready.emit()

    def close(self) -> None:
        """Stop drawing and let go."""
        cast("Any", self.renderer).setDocument(None)
        self.deleteLater()


class PaperView(QAbstractScrollArea):
    """``shownChanged`` with the page in sight and the number of pages."""

    shownChanged = Signal(int, int)
    settled = Signal()  # a new version is on the screen

    def __init__(self, parent: QWidget | None = None, *, object_name: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Preview of the invoice"))
        self._shown: _Version | None = None
        self._next: _Version | None = None
        self._content = b""
        self._zoom = 0.0
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        theme().changed.connect(self.viewport().update)

    # what is shown

    def show_pdf(self, content: bytes) -> None:
        """Show another version of the document at the same place."""
        if content == self._content:
            return
        self._content = content
        if self._next is not None:
            self._next.close()
        version = _Version(content, self)
        if not version.is_loaded():
            version.close()
            return
        self._next = version
        version.ready.connect(self._on_next_ready)
        version.ask(self._wanted(version))

    def clear(self) -> None:
        """Show nothing."""
        self._content = b""
        for version in (self._shown, self._next):
            if version is not None:
                version.close()
        self._shown = self._next = None
        self.viewport().update()

    @property
    def page_count(self) -> int:
        return 0 if self._shown is None else self._shown.document.pageCount()

    @property
    def current_page(self) -> int:
        """The page whose middle is in sight, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        places = self._places(self._shown)
        for page, rect in enumerate(places):
            if middle < rect.bottom() + _GAP:
                return page
        return max(0, len(places) - 1)

    def plain_text(self, page: int) -> str:
        """The text of a page, for tests and screen readers."""
        if self._shown is None:
            return ""
        return self._shown.document.getAllText(page).text()

    # zoom

    def zoom(self) -> float:
        """The scale, 1.0 for 100 %; 0 fits the width."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Another scale; 0 fits the width."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, self._height(self._shown))
        self._zoom = zoom
        self._refit()
        bar.setValue(round(share * self._height(self._shown)))

    def step_zoom(self, by: int) -> None:
        """The next larger or smaller scale."""
        now = self._scale(self._shown) / _points()
        steps = [z for z in _ZOOMS if (z > now + 0.01 if by > 0 else z < now - 0.01)]
        if steps:
            self.set_zoom(steps[0] if by > 0 else steps[-1])

    # geometry: pixels of the content

    def _scale(self, version: _Version | None) -> float:
        """Pixels for each point."""
        if self._zoom:
            return self._zoom * _points()
        sizes = version.page_sizes() if version is not None else []
        widest = max((size.width() for size in sizes), default=612.0)
        return max(0.2, (self.viewport().width() - 2 * _SIDE) / widest)

    def _places(self, version: _Version | None) -> list[QRect]:
        if version is None:
            return []
        scale, top, places = self._scale(version), _GAP + 2, []
        sizes = version.page_sizes()
        wide = max((round(size.width() * scale) for size in sizes), default=0)
        room = max(self.viewport().width(), wide + 2 * _SIDE)
        for size in sizes:
            width, height = round(size.width() * scale), round(size.height() * scale)
            places.append(QRect((room - width) // 2, top, width, height))
            top += height + _GAP
        return places

    def _height(self, version: _Version | None) -> int:
        places = self._places(version)
        return places[-1].bottom() + _GAP if places else 0

    def _wanted(self, version: _Version) -> dict[int, QSize]:
        """Pages in sight, with the size of their image."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        ratio = self.devicePixelRatioF()
        return {
            page: QSize(round(rect.width() * ratio), round(rect.height() * ratio))
            for page, rect in enumerate(self._places(version))
            if rect.bottom() >= top - 200 and rect.top() <= bottom + 200
        }

    def _refit(self) -> None:
        places = self._places(self._shown)
        room = self.viewport().size()
        wide = max((rect.width() for rect in places), default=0) + 2 * _SIDE
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setPageStep(room.height())
        vertical.setSingleStep(40)
        vertical.setRange(0, max(0, self._height(self._shown) - room.height()))
        horizontal.setPageStep(room.width())
        horizontal.setRange(0, max(0, wide - room.width()) if self._zoom else 0)
        if self._shown is not None:
            self._shown.ask(self._wanted(self._shown))
        self._announce()
        self.viewport().update()

    def _announce(self) -> None:
        self.shownChanged.emit(self.current_page, self.page_count)

    # events

    def _on_next_ready(self) -> None:
        if self._next is None or self.sender() is not self._next:
            return
        old, self._shown, self._next = self._shown, self._next, None
        self._shown.ready.disconnect(self._on_next_ready)
        self._shown.drawn.connect(self.viewport().update)
        if old is not None:
            old.close()
        self._refit()
        self.settled.emit()

    def _on_scrolled(self) -> None:
        if self._shown is not None:
            self._shown.ask(self._wanted(self._shown))
        self._announce()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colors.color("desk"))
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        if self._shown is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for page, rect in enumerate(self._places(self._shown)):
                painter.fillRect(rect.adjusted(-1, -1, 1, 2), colors.color("line"))
                painter.fillRect(rect, colors.color("paper"))
                image = self._shown.images.get(page)
                if image is not None:
                    painter.drawImage(rect, image)
        painter.end()


def _points() -> float:
    """Logical pixels for each point at 100 %."""
    return 96 / 72
