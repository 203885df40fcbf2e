"""The look of standard controls: Fusion's behaviour, drawn from our tokens.

A proxy style instead of a stylesheet: a stylesheet replaces the drawing of a control and of its
children, and does not follow a change of theme. Only drawing is overridden; measures that Qt asks
for thousands of times stay in C++.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QTextEdit,
    QWidget,
)

from tcf_desktop.qtkit.style import RING, box, focus_ring, input_box
from tcf_desktop.qtkit.theme import Theme, theme


class OfficeStyle(QProxyStyle):
    """Fusion with our boxes, ticks, scroll bars and focus ring."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._primitives = {
            QStyle.PrimitiveElement.PE_PanelLineEdit: self._line_edit,
            QStyle.PrimitiveElement.PE_FrameLineEdit: self._nothing,
            QStyle.PrimitiveElement.PE_FrameFocusRect: self._focus,
            QStyle.PrimitiveElement.PE_IndicatorCheckBox: self._check,
            QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck: self._check,
            QStyle.PrimitiveElement.PE_IndicatorRadioButton: self._radio,
            QStyle.PrimitiveElement.PE_Frame: self._frame,
            QStyle.PrimitiveElement.PE_PanelButtonCommand: self._button,
            QStyle.PrimitiveElement.PE_FrameMenu: self._menu_frame,
        }

    # dispatch

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = self._primitives.get(element)
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            draw(option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == QStyle.ComplexControl.CC_ComboBox:
            self._combo(option, painter, widget)
        elif control == QStyle.ComplexControl.CC_ScrollBar and isinstance(
            option, QStyleOptionSlider
        ):
            self._scroll_bar(option, painter, widget)
        elif control == QStyle.ComplexControl.CC_SpinBox:
            self._spin_box(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        result = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        kinds = QStyle.ContentsType
        if kind in (kinds.CT_LineEdit, kinds.CT_ComboBox, kinds.CT_PushButton, kinds.CT_SpinBox):
            result.setHeight(theme().control_height())
        elif kind == kinds.CT_MenuItem:
            result.setHeight(max(result.height(), 26) if result.height() > 12 else result.height())
        return result

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        sub_control: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        rect = super().subControlRect(control, option, sub_control, widget)  # type: ignore[arg-type]
        if (
            control == QStyle.ComplexControl.CC_ComboBox
            and sub_control == QStyle.SubControl.SC_ComboBoxEditField
        ):
            rect.setLeft(rect.left() + 5)
        return rect

    # pieces

    def _nothing(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        """Drawn together with the panel."""

    def _line_edit(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if isinstance(widget, QLineEdit):
            inside = isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)
            if inside or not widget.hasFrame():
                return
        input_box(painter, option.rect, focused=_has_focus(option), enabled=_is_enabled(option))

    def _focus(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        focus_ring(painter, option.rect, radius=4)

    def _check(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        colors = theme()
        rect = _square(option.rect, 16)
        state = QStyle.StateFlag
        on = bool(option.state & state.State_On)
        part = bool(option.state & state.State_NoChange)
        if on or part:
            token = "accent" if _is_enabled(option) else "text3"
            box(painter, rect, colors.color(token), None, radius=4)
            glyph = colors.pixmap(
                "check" if on else "minus", "onAccent", 12, painter.device().devicePixelRatio()
            )
            painter.drawPixmap(rect.x() + 2, rect.y() + 2, glyph)
        else:
            box(painter, rect, colors.color("surface"), colors.color("control"), radius=4)

    def _radio(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        colors = theme()
        rect = _square(option.rect, 16)
        if option.state & QStyle.StateFlag.State_On:
            box(painter, rect, colors.color("accent"), None, radius=8)
            box(painter, rect.adjusted(5, 5, -5, -5), colors.color("onAccent"), None, radius=3)
        else:
            box(painter, rect, colors.color("surface"), colors.color("control"), radius=8)

    def _frame(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if isinstance(widget, QPlainTextEdit | QTextEdit):
            focused = widget.hasFocus()
            width = RING if focused else 1
            token = "accent" if focused else "control"
            fill = theme().color("surface" if widget.isEnabled() else "sunken")
            box(painter, option.rect, fill, theme().color(token), width=width)
        else:
            box(painter, option.rect, None, theme().color("line"), radius=4)

    def _menu_frame(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        painter.setPen(theme().color("buttonLine"))
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def _button(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        colors = theme()
        state = QStyle.StateFlag
        token = "surface"
        if option.state & (state.State_Sunken | state.State_On):
            token = "selected"
        elif option.state & state.State_MouseOver and _is_enabled(option):
            token = "hover"
        box(painter, option.rect, colors.color(token), colors.color("buttonLine"))

    def _combo(
        self, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None
    ) -> None:
        focused = _has_focus(option)
        proxy = widget.focusProxy() if widget is not None else None
        focused = focused or (proxy is not None and proxy.hasFocus())
        input_box(painter, option.rect, focused=focused, enabled=_is_enabled(option))
        _caret(painter, option.rect, theme(), down_only=True)

    def _spin_box(
        self, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None
    ) -> None:
        focused = _has_focus(option)
        input_box(painter, option.rect, focused=focused, enabled=_is_enabled(option))
        if (
            isinstance(widget, QAbstractSpinBox)
            and widget.buttonSymbols() != QAbstractSpinBox.ButtonSymbols.NoButtons
        ):
            _caret(painter, option.rect, theme(), down_only=False)

    def _scroll_bar(
        self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None
    ) -> None:
        slider = self.subControlRect(
            QStyle.ComplexControl.CC_ScrollBar,
            option,
            QStyle.SubControl.SC_ScrollBarSlider,
            widget,
        )
        if option.maximum <= option.minimum:
            return
        upright = option.orientation == Qt.Orientation.Vertical
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        trim = 3 if hot else 4
        rect = (
            slider.adjusted(trim, 2, -trim, -2) if upright else slider.adjusted(2, trim, -2, -trim)
        )
        radius = min(rect.width(), rect.height()) / 2
        box(painter, rect, theme().color("control" if hot else "buttonLine"), None, radius=radius)


def _has_focus(option: QStyleOption) -> bool:
    return bool(option.state & QStyle.StateFlag.State_HasFocus)


def _is_enabled(option: QStyleOption) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Enabled)


def _square(rect: QRect, edge: int) -> QRect:
    found = QRect(0, 0, edge, edge)
    found.moveCenter(rect.center())
    return found


def _caret(painter: QPainter, rect: QRect, colors: Theme, *, down_only: bool) -> None:
    ratio = painter.device().devicePixelRatio()
    right = rect.right() - 20
    if down_only:
        glyph = colors.pixmap("caret-down", "text3", 12, ratio)
        painter.drawPixmap(right, rect.center().y() - 5, glyph)
        return
    painter.drawPixmap(right, rect.center().y() - 10, colors.pixmap("caret-up", "text3", 10, ratio))
    painter.drawPixmap(
        right, rect.center().y() + 1, colors.pixmap("caret-down", "text3", 10, ratio)
    )
