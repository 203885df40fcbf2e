"""Ctrl+K: one field over commands, places, contacts, visits, invoices and settings.

Commands are matched here (they are few); what lies in the database is asked on an io thread, and
an answer to an older text is dropped by its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.palette import Found, find
from tcf_desktop.views.common.inputs import LineEdit
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.menus import CommandEntry
from tcf_desktop.views.palette_list import LOOSE, WIDTH, Item, PaletteList, score
from tcf_desktop.views.registry import PAGES

MOST_ROWS = 30
RECENT = 5


class CommandPalette(QWidget):
    """Covers the window with a see-through ground; the panel hangs at 18 % of the height."""

    def __init__(self, ctx: ViewContext, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._ctx = ctx
        self._entries: Sequence[CommandEntry] = ()
        self._asked = self._answered = 0
        self._enter_waits = False
        self._found: list[Found] = []
        self._return_focus: QWidget | None = None
        # A picture of the page is shown below: painting the page anew for every key is too slow.
        self._behind = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._panel = _Panel(self)
        layout = QVBoxLayout(self._panel)
        layout.setContentsMargins(12, 12, 12, 8)
        layout.setSpacing(8)
        self.field = LineEdit(icon="magnifying-glass", object_name="palette.field")
        self.field.setPlaceholderText(self.tr("Search or jump to…"))
        self.field.setAccessibleName(self.tr("Search or jump to"))
        self.field.setMinimumHeight(38)
        self.list = PaletteList()
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        window.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_app_focus_changed)
        self.hide()

    def open_with(self, entries: Sequence[CommandEntry], text: str = "") -> None:
        """Show it over the window with the commands that hold now."""
        self._entries = entries
        window = self.window()
        self._return_focus = window.focusWidget()
        self._found = []
        self._behind = window.grab()
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.field.setText(text)
        self.field.selectAll()
        self._fill()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self._ask()

    def dismiss(self) -> None:
        """Close and give the focus back."""
        self._asked += 1
        self._answered = self._asked
        self._enter_waits = False
        back, self._return_focus = self._return_focus, None
        self.hide()
        if back is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_app_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A shortcut of the page behind took the focus: stay no longer, or Escape would be deaf."""
        if not self.isVisible() or now is None or self.isAncestorOf(now):
            return
        if now.window() is self.window():
            self._return_focus = None
            self.dismiss()

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window() and event.type() == QEvent.Type.Resize:
            self._behind = QPixmap()
            self.setGeometry(self.window().rect())
            self._place()
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and (watched is self.field or watched is self.list)
        ):
            return self._key(event)
        if watched is self.list and event.type() == QEvent.Type.MouseButtonRelease:
            self._run_current()
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        if self._behind.isNull():
            painter.fillRect(event.rect(), theme().color("window"))
        else:
            painter.drawPixmap(0, 0, self._behind)
        painter.fillRect(event.rect(), QColor(0, 0, 0, 70 if theme().is_dark else 36))
        shadow = QRectF(self._panel.geometry())
        for spread in range(18, 0, -3):
            soft = shadow.adjusted(-spread, 4 - spread, spread, spread + 4)
            box(painter, soft, QColor(0, 0, 0, 7), None, radius=8 + spread)
        painter.end()

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6,
                 Qt.Key.Key_PageUp: -6}  # fmt: skip
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run_current()
        elif key in steps:
            self.list.step(steps[key])
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.list.step(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _run_current(self) -> None:
        """Do what is chosen; Enter typed ahead of the answer waits for it."""
        self._enter_waits = self._answered != self._asked
        if self._enter_waits:
            return
        item = self.list.current()
        if item is None or item.run is None:
            return
        self.dismiss()
        if item.key:
            recent = [key for key in self._recent() if key != item.key]
            self._ctx.device.set("palette/recent", [item.key, *recent][:RECENT])
        item.run()

    # finding

    def _on_field_text_changed(self) -> None:
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self._asked += 1
        number = self._asked
        prefix, text = _split(self.field.text())
        if not text or prefix in (">", "/"):
            self._answered = number
            self._found = []
            self._fill()
            return
        # What stands there stays until the answer comes: nothing flickers.
        only = {"@": "contact", "#": "invoice"}.get(prefix, "")
        now_ms = self._ctx.clock.now_ms()
        self._ctx.tasks.read(
            self,
            lambda r: find(r, text, now_ms, only),
            lambda found: self._take(number, found),
        )

    def _take(self, number: int, found: list[Found]) -> None:
        if number != self._asked:
            return
        self._answered = number
        self._found = found
        self._fill()
        if self._enter_waits:
            self._run_current()

    def _fill(self) -> None:
        prefix, text = _split(self.field.text())
        items: list[Item] = []
        if not text and not prefix:
            items += self._idle()
        else:
            commands = self._commands(text, loose=prefix == ">")
            groups = [
                (self.tr("Visit with this code"), self._of_kind("visit")),
                (self.tr("Commands"), commands if prefix in ("", ">") else []),
                (self.tr("Contacts"), self._of_kind("contact")),
                (self.tr("Filters of the contacts"), self._of_kind("filter")),
                (self.tr("Appointments"), self._of_kind("appointment")),
                (self.tr("Treatments"), self._of_kind("treatment")),
                (
                    self.tr("Documents"),
                    [*self._of_kind("invoice"), *self._of_kind("proposal")],
                ),
                (self.tr("Settings"), self._settings(text) if prefix in ("", "/") else []),
            ]
            items += self._unknown_codes()
            for name, members in groups:
                if members:
                    items += [Item(name), *members]
        items = items[:MOST_ROWS]
        if not items:
            items = [Item(self.tr("Nothing matches “{text}”.").format(text=text[:60]))]
        self.list.show_items(items)
        self._place()

    def _idle(self) -> list[Item]:
        every = {item.key: item for item in self._all_commands()}
        recent = [every[key] for key in self._recent() if key in every]
        fitting = [item for item in every.values() if item not in recent][:RECENT]
        items = [Item(self.tr("Last used")), *recent] if recent else []
        return [*items, Item(self.tr("Here and now")), *fitting, Item(self.tr("Go to")),
                *self._places("")]  # fmt: skip

    def _commands(self, text: str, *, loose: bool) -> list[Item]:
        """What fits; scattered letters only where nothing else does."""
        ranked = []
        for item, words in self._worded():
            rank = score(text, item.title, words)
            if rank is not None:
                ranked.append((rank, item.title, item))
        exact = [entry for entry in ranked if entry[0] < LOOSE]
        ranked = exact if exact or (self._found and not loose) else ranked
        return [item for _, _, item in sorted(ranked, key=lambda entry: entry[:2])[:8]]

    def _worded(self) -> list[tuple[Item, str]]:
        commands = [
            (item, entry.words)
            for item, entry in zip(self._all_commands(), self._entries, strict=True)
        ]
        return [*((item, item.detail) for item in self._places("")), *commands]

    def _all_commands(self) -> list[Item]:
        return [
            Item(entry.text, entry.run, right=entry.keys, icon="caret-right", key=entry.text)
            for entry in self._entries
        ]

    def _places(self, _text: str) -> list[Item]:
        from PySide6.QtCore import QCoreApplication

        items = []
        for place in PAGES:
            title = QCoreApplication.translate("Rail", place.title)
            target = Target(place.key)
            items.append(
                Item(
                    title,
                    partial(self._ctx.navigate, target),
                    place.words,
                    place.shortcut,
                    place.icon,
                    f"go {place.key}",
                )
            )
        return items

    def _settings(self, text: str) -> list[Item]:
        from tcf_desktop.views.settings.catalog import found_settings

        return [
            Item(
                entry.title,
                partial(self._ctx.navigate, Target("settings", "setting", value=entry.key)),
                entry.section_title,
                icon="gear-six",
            )
            for entry in found_settings(text)[:5]
        ]

    def _of_kind(self, kind: str) -> list[Item]:
        pages = {"contact": "contacts", "invoice": "billing", "appointment": "schedule",
                 "visit": "schedule", "treatment": "schedule", "filter": "contacts",
                 "proposal": "billing"}  # fmt: skip
        icons = {"contact": "user", "invoice": "receipt", "appointment": "calendar-blank",
                 "visit": "calendar-blank", "treatment": "note", "filter": "funnel",
                 "proposal": "file-text"}  # fmt: skip
        visits = ("visit", "treatment")
        items = []
        for found in self._found:
            if found.kind != kind:
                continue
            target = Target(pages[kind], "appointment" if kind in visits else kind, found.id)
            items.append(
                Item(
                    found.title,
                    partial(self._ctx.navigate, target),
                    found.detail,
                    self._right(found),
                    icons[kind],
                )
            )
        return items

    def _right(self, found: Found) -> str:
        if found.kind in ("invoice", "proposal"):
            return i18n.money(found.cents, self._ctx.currency())
        if found.kind == "appointment":
            return f"{i18n.weekday_short(found.on)}, {i18n.clock_time(found.on)}"
        if found.kind in ("visit", "treatment"):
            return i18n.full_day(found.on[:10])
        return ""

    def _unknown_codes(self) -> list[Item]:
        """Why a typed or scanned code leads nowhere; nothing to run."""
        return [Item(found.title) for found in self._found if found.kind == "code"]

    def _recent(self) -> list[str]:
        stored = self._ctx.device.get("palette/recent", [])
        return [key for key in stored if isinstance(key, str)] if isinstance(stored, list) else []

    def _place(self) -> None:
        before = self._panel.geometry()
        wide = min(WIDTH, self.width() - 48)
        high = self.list.sizeHint().height() + self.field.sizeHint().height() + 46
        self._panel.setGeometry(
            (self.width() - wide) // 2,
            round(self.height() * 0.18),
            wide,
            min(high, round(self.height() * 0.78)),
        )
        if before != self._panel.geometry():
            self.update(before.united(self._panel.geometry()).adjusted(-24, -24, 24, 28))


class _Panel(QFrame):
    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        box(painter, self.rect(), colors.color("surface"), colors.color("buttonLine"), radius=8)
        painter.end()


def _split(text: str) -> tuple[str, str]:
    text = text.strip()
    if text[:1] in (">", "@", "#", "/"):
        return text[0], text[1:].strip()
    return "", text
