"""What the window asks of a page, and what a page gives the window's header."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from tcf_desktop.qtkit.theme import theme

if TYPE_CHECKING:
    from tcf_desktop.views.context import Target, ViewContext


@dataclass(frozen=True, slots=True)
class HeaderButton:
    """One button of the header: at most two plain ones and one primary, far right."""

    text: str
    run: Callable[[], object]
    icon: str = ""
    primary: bool = False
    enabled: bool = True
    tooltip: str = ""
    object_name: str = ""
    danger: bool = False
    menu: Callable[[QMenu], None] | None = None  # fills a menu; then ``run`` is not called


@dataclass(frozen=True, slots=True)
class PageCommand:
    """A command of a page: it stands in the menu bar and in the palette while the page is shown.

    ``shortcut`` is a portable key text ("Ctrl+E"); single letters do not belong here, they are
    scoped to their own widget. ``words`` are further words that the palette finds it by.
    """

    text: str
    run: Callable[[], object]
    shortcut: str = ""
    menu: str = "actions"
    words: str = ""
    object_name: str = ""


@dataclass(frozen=True, slots=True)
class PageHeader:
    """Everything the header shows of a page."""

    title: str
    subtitle: str = ""
    chip: tuple[str, str] | None = None
    back: Callable[[], object] | None = None
    buttons: list[HeaderButton] = field(default_factory=list)


class Page(QWidget):
    """A place of the rail. It is made at the first visit and kept.

    ``key`` is its name in addresses; ``headerChanged`` asks the window to read title, subtitle and
    buttons again.
    """

    key = ""
    ground = "window"
    headerChanged = Signal()

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setObjectName(f"page.{self.key}")
        theme().changed.connect(self.update)

    # what the header shows

    def title(self) -> str:
        """The page's name."""
        return ""

    def subtitle(self) -> str:
        """One line of context beside the name."""
        return ""

    def chip(self) -> tuple[str, str] | None:
        """A state beside the name: (word, tone)."""
        return None

    def header_actions(self) -> list[HeaderButton]:
        """Buttons of the header, the primary one last."""
        return []

    def back_action(self) -> Callable[[], object] | None:
        """What the back arrow of a full-page editor does; None shows no arrow."""
        return None

    def commands(self) -> list[PageCommand]:
        """Commands that stand in the menu bar and in the palette."""
        return []

    def header(self) -> PageHeader:
        """All of it at once."""
        return PageHeader(
            self.title(),
            self.subtitle(),
            self.chip(),
            self.back_action(),
            self.header_actions(),
        )

    # life

    def shown(self) -> None:
        """Called each time the page comes to the front."""

    def to_front(self) -> None:
        """Called when its place is chosen while it is shown: leave what stands over it."""

    def open_target(self, target: Target) -> None:
        """Show the thing that an address names (a contact, an invoice, a date)."""

    def focus_search(self) -> bool:
        """Ctrl+F: focus the page's own search; False when it has none."""
        return False

    def new_here(self) -> bool:
        """Ctrl+N: make a new thing of this page; False when there is none."""
        return False

    def payment_target(self) -> Target:
        """Ctrl+Shift+P: where money is taken in, for what is on the screen."""
        from tcf_desktop.views.context import Target

        return Target("billing", "payment")

    def step_tab(self, by: int) -> bool:
        """Ctrl+Tab: the next or previous tab; False without tabs."""
        return False

    def toggle_side_panel(self) -> bool:
        """F9: show or hide the side panel; False without one."""
        return False

    def foot_height(self) -> int:
        """The height of a bar at the page's foot that notices must not cover."""
        return 0

    def regions(self) -> list[QWidget]:
        """Where F6 goes inside the page, in reading order."""
        return []

    def home(self) -> QWidget:
        """What has the focus when the page comes to the front."""
        panes = self.regions()
        return panes[0] if panes else self

    def page_state(self) -> dict[str, Any]:
        """What to remember of the page: tab, filter, sizes. JSON types only."""
        return {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up what :meth:`page_state` gave, also from an older version."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().color(self.ground))
        painter.end()
