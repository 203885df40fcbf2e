"""The map without streets: ground, grid, tracks and marks, painted from the theme's tokens.

The still part is kept as a picture for the size, screen, theme and section in force; the marks of
people are drawn above it, so that the replay repaints little.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import IconButton
from tcf_desktop.views.team import map_paint
from tcf_desktop.views.team.map_math import Projection, fitted
from tcf_desktop.views.team.map_scene import MapScene

_PAN_STEP = 60
_ZOOM_STEP = 1.5


class MapView(QWidget):
    """``personClicked`` with a worker's id. Keys: arrows pan, + and − zoom, 0 shows everything."""

    personClicked = Signal(int)

    def __init__(self, *, miles: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("team.map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._miles = miles
        self._scene = MapScene()
        self._projection = Projection()
        self._follows = True  # fits by itself until the user moves the picture
        self._picture: QPixmap | None = None
        self._dragged_from: QPoint | None = None
        self._moved = False
        self._hits: list[tuple[QRect, int, str]] = []
        self._still_hits: list[tuple[QRect, int, str]] = []
        self._taken: list[QRect] = []
        self.closer = IconButton("plus", self.tr("Zoom in"), self, shortcut="+")
        self.farther = IconButton("minus", self.tr("Zoom out"), self, shortcut="−")
        self.whole = IconButton("crosshair-simple", self.tr("Show everything"), self, shortcut="0")
        for button, name in (
            (self.closer, "closer"), (self.farther, "farther"), (self.whole, "whole"),
        ):  # fmt: skip
            button.setObjectName(f"team.map.{name}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.closer.clicked.connect(lambda: self.zoom(_ZOOM_STEP))
        self.farther.clicked.connect(lambda: self.zoom(1 / _ZOOM_STEP))
        self.whole.clicked.connect(self.fit)
        theme().changed.connect(self._on_theme_changed)

    def set_scene(self, scene: MapScene, *, fit: bool = False) -> None:
        """Show another scene; ``fit`` brings all of it into the picture."""
        if not fit and scene == self._scene:
            return
        self._scene = scene
        self.setAccessibleName(scene.spoken)
        if fit:
            self._follows = True
        if self._follows:
            self._fit()
        self._forget()

    def set_people(self, scene: MapScene) -> None:
        """Only the marks of people moved."""
        self._scene = scene
        self.update()

    def projection(self) -> Projection:
        """The section that is shown."""
        return self._projection

    def fit(self) -> None:
        """Show everything, and keep showing everything as it grows."""
        self._follows = True
        self._fit()
        self._forget()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Closer (over 1) or farther, around a point of the widget or its middle."""
        middle = QPointF(self.rect().center())
        offset = (at if at is not None else middle) - middle
        self._move(self._projection.zoomed(factor, offset.x(), offset.y()))

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        edge = self.closer.sizeHint().width()
        left = self.width() - edge - 12
        for place, button in enumerate((self.closer, self.farther, self.whole)):
            button.setGeometry(left, 12 + place * (edge + 4), edge, edge)
        if self._follows:
            self._fit()
        self._forget()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = event.position().toPoint()
            self._moved = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        if self._dragged_from is not None:
            step = here - self._dragged_from
            if self._moved or step.manhattanLength() > 4:
                self._moved = True
                self._dragged_from = here
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self._move(self._projection.panned(step.x(), step.y()))
            return
        found = self._hit(here)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if found and found[0] else Qt.CursorShape.ArrowCursor
        )
        if found:
            QToolTip.showText(event.globalPosition().toPoint(), found[1], self)
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None and not self._moved:
            found = self._hit(event.position().toPoint())
            if found and found[0]:
                self.personClicked.emit(found[0])
        self._dragged_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.zoom(_ZOOM_STEP, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pans = {
            Qt.Key.Key_Left: (_PAN_STEP, 0),
            Qt.Key.Key_Right: (-_PAN_STEP, 0),
            Qt.Key.Key_Up: (0, _PAN_STEP),
            Qt.Key.Key_Down: (0, -_PAN_STEP),
        }
        key = Qt.Key(event.key())
        if key in pans:
            self._move(self._projection.panned(*pans[key]))
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(_ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._picture is None or self._picture.size() != size:
            self._picture = self._draw_still(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        labels = map_paint.Labels(self.rect(), self._taken)
        self._hits = map_paint.paint_people(
            painter, self._scene, self._projection, self.rect(), labels
        )
        self._hits += self._still_hits
        if self.hasFocus():
            focus_ring(painter, self.rect(), radius=0)
        painter.end()

    # inside

    def _draw_still(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme().color("sunken"))
        painter = QPainter(picture)
        rect = self.rect()
        map_paint.paint_grid(painter, self._projection, rect, miles=self._miles)
        map_paint.paint_places(painter, self._scene, self._projection, rect)
        map_paint.paint_tracks(painter, self._scene, self._projection, rect)
        self._taken, self._still_hits = map_paint.paint_marks(
            painter, self._scene, self._projection, rect
        )
        self._taken.append(
            map_paint.paint_scale(painter, self._projection, rect, miles=self._miles)
        )
        self._taken.append(QRect(self.width() - 60, 0, 60, 120))
        painter.end()
        return picture

    def _hit(self, point: QPoint) -> tuple[int, str] | None:
        for rect, worker_id, words in self._hits:
            if rect.contains(point):
                return worker_id, words
        return None

    def _fit(self) -> None:
        self._projection = fitted(self._scene.spots, self.width(), self.height(), 72)

    def _move(self, projection: Projection) -> None:
        self._follows = False
        self._projection = projection
        self._forget()

    def _forget(self) -> None:
        self._picture = None
        self.update()

    def _on_theme_changed(self) -> None:
        self._forget()


class MapNote(QWidget):
    """A quiet line over the map when there is nothing to draw."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_text(self, text: str) -> None:
        """Say this in the middle of the map; empty hides it."""
        self._text = text
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        painter.setFont(colors.font())
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        room = self.rect().adjusted(24, 12, -24, -12)
        text = colors.metrics().boundingRect(room, flags, self._text)
        frame = text.adjusted(-14, -9, 14, 9)
        box(painter, frame, colors.color("surface"), colors.color("line"), radius=6)
        painter.setPen(colors.color("text2"))
        painter.drawText(text, flags, self._text)
        painter.end()
