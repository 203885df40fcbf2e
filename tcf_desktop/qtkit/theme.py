"""Colours, type and sizes of the whole program, in one table each.

Widgets name a token and never hold a literal colour. Every token pair is checked for contrast in
``tests/qtkit/test_theme.py``. The dark palette is ours, because ``setColorScheme`` has no effect on
plain X11 and on the offscreen platform.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from tcf_desktop.base.resources import resource_bytes
from tcf_desktop.qtkit import icons

TOKENS: dict[str, tuple[str, str]] = {
    # each token in light, in dark
    "window": ("#F5F6F8", "#16191E"),
    "rail": ("#ECEEF2", "#101317"),
    "surface": ("#FFFFFF", "#1D2128"),
    "sunken": ("#F0F2F5", "#14171C"),
    "hover": ("#E9ECF1", "#282E37"),
    "selected": ("#DFEAFB", "#1F3553"),
    "line": ("#E1E4EA", "#2E343E"),
    "buttonLine": ("#C2C8D2", "#4A525F"),
    "control": ("#7F8896", "#7B8594"),
    "paper": ("#FFFFFF", "#FFFFFF"),
    "desk": ("#DADEE6", "#0E1014"),
    "text": ("#1A1E25", "#ECEFF4"),
    "text2": ("#454D5A", "#BAC2CE"),
    "text3": ("#5E6775", "#98A1AF"),
    "link": ("#1A5FB4", "#8AB4F8"),
    "accent": ("#1A5FB4", "#8AB4F8"),
    "onAccent": ("#FFFFFF", "#0C1B33"),
    "accentHover": ("#164F97", "#A6C6FA"),
    "accentPressed": ("#113F79", "#C2D8FC"),
    "ok": ("#0F6A3F", "#7FD8A6"),
    "okTint": ("#DFF3E7", "#163323"),
    "warn": ("#7A4A00", "#F3C26B"),
    "warnTint": ("#FDEFD3", "#3A2A0E"),
    "bad": ("#A61B16", "#FF9C94"),
    "badTint": ("#FCE6E4", "#43201E"),
    "info": ("#1B4F9C", "#9CC2FB"),
    "infoTint": ("#E3EDFB", "#1C304D"),
    "neutral": ("#454D5A", "#BAC2CE"),
    "neutralTint": ("#E9ECF1", "#2A303A"),
    "now": ("#C62420", "#FF7B72"),
    "onNow": ("#FFFFFF", "#16191E"),
    "todayTint": ("#F2F6FD", "#262C37"),
    "snack": ("#20242C", "#E7EAEF"),
    "snackText": ("#FFFFFF", "#1A1E25"),
    "snackLink": ("#8AB4F8", "#1A5FB4"),
    "aging0": ("#6F93C4", "#5E76A3"),
    "aging1": ("#1A5FB4", "#8AB4F8"),
    "aging2": ("#B57C05", "#E5B13C"),
    "aging3": ("#CC5803", "#F0913A"),
    "aging4": ("#A61B16", "#FF9C94"),
}

TONES = ("ok", "warn", "bad", "info", "neutral")
SURFACES = ("surface", "window", "rail", "sunken", "hover", "selected")

# name, light bar, light fill, dark bar, dark fill
CREWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("Blue", "#2661D2", "#DEE7F8", "#6C98F0", "#303E58"),
    ("Orange", "#D37E02", "#F8ECD9", "#F0A94A", "#504230"),
    ("Green", "#2BA760", "#DFF2E7", "#5CC98C", "#2C4940"),
    ("Purple", "#7D0375", "#ECD9EA", "#CF5FC6", "#48304E"),
    ("Lilac", "#B77CCC", "#F4EBF7", "#D6AEE4", "#494355"),
    ("Umber", "#533537", "#E5E1E1", "#A98486", "#3F393F"),
    ("Slate", "#8A9498", "#EDEFF0", "#AEB6BA", "#40454B"),
    ("Brick", "#AF0B04", "#F3DAD9", "#F0645C", "#503134"),
)

# style: (factor of the base size, weight)
STYLES: dict[str, tuple[float, int]] = {
    "display": (2.0, 600),
    "title": (1.55, 600),
    "subtitle": (1.15, 600),
    "heading": (1.08, 600),
    "body": (1.0, 400),
    "caption": (0.92, 400),
}

MODES = ("follow", "light", "dark")
BUNDLED_FONTS = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
BUNDLED_FONT_PX = 13


class CrewColors(NamedTuple):
    """The three colours of a crew: the strong bar, the block behind text, the text on it."""

    bar: QColor
    fill: QColor
    text: QColor

    @property
    def faded(self) -> QColor:
        """The bar at half strength, for what is over."""
        color = QColor(self.bar)
        color.setAlphaF(0.55)
        return color


class Theme(QObject):
    """The colours and fonts in force; ``changed`` when any of them is another one."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._mode = "follow"
        self._scale = 100
        self._base_font = _base_font(app)
        self._hints = QGuiApplication.styleHints()
        self._dark = self._wants_dark()
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int | None], QFont] = {}
        self._metrics: dict[tuple[str, int | None], QFontMetrics] = {}
        self._hints.colorSchemeChanged.connect(self._on_hints_color_scheme_changed)
        self._apply()

    # what is in force

    @property
    def mode(self) -> str:
        """One of ``follow``, ``light``, ``dark``."""
        return self._mode

    @property
    def is_dark(self) -> bool:
        return self._dark

    @property
    def text_scale(self) -> int:
        """Text size in percent of the system's, 90 to 200."""
        return self._scale

    def color(self, token: str) -> QColor:
        """The colour of a token; KeyError when the token does not exist."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = QColor(TOKENS[token][self._dark])
        return found

    def crew(self, index: int) -> CrewColors:
        """The colours of crew ``index``; they repeat after eight."""
        return _crew_colors(index % len(CREWS), self._dark)

    def font(self, style: str = "body", weight: int | None = None) -> QFont:
        """A font of the type scale with tabular figures; copy it before changing it."""
        key = (style, weight)
        found = self._fonts.get(key)
        if found is None:
            factor, default_weight = STYLES[style]
            found = _scaled(self._base_font, factor * self._scale / 100)
            found.setWeight(QFont.Weight(weight or default_weight))
            self._fonts[key] = found
        return found

    def metrics(self, style: str = "body", weight: int | None = None) -> QFontMetrics:
        """Measures of :meth:`font`."""
        key = (style, weight)
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetrics(self.font(style, weight))
        return found

    def line_height(self, style: str = "body") -> int:
        """Height of one line of text in logical pixels."""
        return self.metrics(style).height()

    def row_height(self, lines: int = 1) -> int:
        """Height of a table row with one line (30 at 100 %) or two lines (46)."""
        if lines == 1:
            return max(30, self.line_height() + 14)
        return max(46, self.line_height() + self.line_height("caption") + 14)

    def control_height(self) -> int:
        """Height of buttons and inputs: 30 at 100 %."""
        return max(30, self.line_height() + 14)

    def scaled(self, pixels: int) -> int:
        """A length that grows with the text size: icons, fixed widths of text."""
        return round(pixels * max(100, self._scale) / 100)

    def pixmap(self, name: str, token: str, size: int, ratio: float = 1.0) -> QPixmap:
        """An icon of the set in a token's colour; cached."""
        return icons.pixmap(name, self.color(token).name(), size, ratio)

    def icon(self, name: str, token: str = "text2", size: int = 18) -> QIcon:
        """The same as a QIcon for 100 and 200 % screens. Ask again after ``changed``."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, token, size, ratio))
        icon.actualSize(QSize(size, size))
        return icon

    # changing it

    def set_mode(self, mode: str) -> None:
        """``follow`` the system, ``light`` or ``dark``."""
        if mode not in MODES:
            raise ValueError(mode)
        self._mode = mode
        self._refresh()

    def set_text_scale(self, percent: int) -> None:
        """Text size from 90 to 200 percent of the system's."""
        self._scale = min(200, max(90, percent))
        self._refresh(fonts_too=True)

    def _wants_dark(self) -> bool:
        if self._mode == "follow":
            return self._hints.colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    def _on_hints_color_scheme_changed(self) -> None:
        self._refresh()

    def _refresh(self, *, fonts_too: bool = False) -> None:
        dark = self._wants_dark()
        if dark == self._dark and not fonts_too:
            return
        self._dark = dark
        self._colors.clear()
        if fonts_too:
            self._fonts.clear()
            self._metrics.clear()
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        self._app.setPalette(palette(dark=self._dark))
        self._app.setFont(self.font("body"))


def palette(*, dark: bool) -> QPalette:
    """The QPalette that standard widgets paint from."""

    def color(token: str) -> QColor:
        return QColor(TOKENS[token][dark])

    role = QPalette.ColorRole
    result = QPalette()
    for target, token in (
        (role.Window, "surface"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.PlaceholderText, "text3"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "onAccent"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "onAccent"),
        (role.Accent, "accent"),
        (role.Link, "link"),
        (role.LinkVisited, "link"),
        (role.ToolTipBase, "snack"),
        (role.ToolTipText, "snackText"),
        (role.Light, "surface"),
        (role.Midlight, "hover"),
        (role.Mid, "line"),
        (role.Dark, "control"),
        (role.Shadow, "buttonLine"),
    ):
        result.setColor(target, color(token))
    disabled = QPalette.ColorGroup.Disabled
    for target in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(disabled, target, color("text3"))
    result.setColor(disabled, role.Highlight, color("line"))
    return result


def theme() -> Theme:
    """The theme of the running application, made at the first call."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the theme needs a QApplication")
    if not _made or _made[0].parent() is not app:
        _made[:] = [Theme(app)]
    return _made[0]


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two ``#RRGGBB`` colours, 1 to 21."""
    a, b = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (a + 0.05) / (b + 0.05)


_made: list[Theme] = []  # one application per process, one theme


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=32)
def _crew_colors(index: int, dark: bool) -> CrewColors:
    _, light_bar, light_fill, dark_bar, dark_fill = CREWS[index]
    bar, fill = (dark_bar, dark_fill) if dark else (light_bar, light_fill)
    return CrewColors(QColor(bar), QColor(fill), QColor(TOKENS["text"][dark]))


def _base_font(app: QApplication) -> QFont:
    """The system font; the bundled one where the platform has none."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        family = ""
        for name in BUNDLED_FONTS:
            number = QFontDatabase.addApplicationFontFromData(resource_bytes(f"fonts/{name}"))
            families = QFontDatabase.applicationFontFamilies(number)
            family = family or (families[0] if families else "")
        if family:
            font = QFont(family)
            font.setPixelSize(BUNDLED_FONT_PX)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            return font
    return QFont(app.font())


def _scaled(base: QFont, factor: float) -> QFont:
    font = QFont(base)
    if base.pixelSize() > 0:
        font.setPixelSize(max(1, round(base.pixelSize() * factor)))
    else:
        font.setPointSizeF(base.pointSizeF() * factor)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
