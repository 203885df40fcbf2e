"""What every page is given: the office, background work, the look and the way around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from tcf_desktop.base.clock import Clock, today
from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.theme import Theme, theme
from tcf_desktop.views.status import StatusBoard

if TYPE_CHECKING:
    from tcf_desktop.qtkit.changebus import ChangeBus
    from tcf_desktop.qtkit.settings_store import DeviceSettings
    from tcf_desktop.qtkit.tasks import Tasks
    from tcf_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class Target:
    """An address inside the program: a page, and what to show on it.

    ``Target("contacts", "contact", 12)``, ``Target("schedule", "date", value="2026-07-14")``,
    ``Target("settings", "section", value="taxes")``.
    """

    page: str
    kind: str = ""
    id: int | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """A word in the snackbar and what it does."""

    text: str
    run: Callable[[], object]


class Shell(Protocol):
    """What pages may ask of the window."""

    def navigate(self, target: Target) -> None: ...

    def notify(self, text: str, *, undo: bool, actions: list[NoticeAction]) -> None: ...

    def show_error(self, error: AppError, context: str) -> None: ...


class NoShell:
    """Before there is a window, and in tests of single pages: remembers what was asked."""

    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.notices: list[str] = []
        self.errors: list[AppError] = []

    def navigate(self, target: Target) -> None:
        self.targets.append(target)

    def notify(self, text: str, *, undo: bool, actions: list[NoticeAction]) -> None:
        self.notices.append(text)

    def show_error(self, error: AppError, context: str) -> None:
        self.errors.append(error)


@dataclass
class ViewContext:
    """Handed down from the window to pages and dialogs. Close it before the office."""

    office: Office
    tasks: Tasks
    bus: ChangeBus
    device: DeviceSettings
    theme: Theme = field(default_factory=theme)
    shell: Shell = field(default_factory=NoShell)
    status: StatusBoard = field(default_factory=StatusBoard)
    services: dict[str, Any] = field(default_factory=dict)  # what the bootstrap adds, by name
    _business: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tasks.failed.connect(self.show_error)

    @property
    def clock(self) -> Clock:
        """The office's clock."""
        return self.office.clock

    def navigate(self, target: Target) -> None:
        """Go to an address."""
        self.shell.navigate(target)

    def notify(self, text: str, undo: bool = False, action: NoticeAction | None = None) -> None:
        """Say what was done in the snackbar; ``undo`` offers Ctrl+Z there."""
        self.shell.notify(text, undo=undo, actions=[] if action is None else [action])

    def show_error(self, error: AppError, context: str = "") -> None:
        """Say what could not be done; ``context`` is what was tried, in words."""
        self.shell.show_error(error, context)

    def zone(self) -> str:
        """The IANA zone of the business."""
        return self._fact("zone") or "UTC"

    def currency(self) -> str:
        """The ISO currency of the business."""
        return self._fact("currency") or "USD"

    def country(self) -> str:
        """The ISO country of the business, whose numbers are written without a prefix."""
        return self._fact("country") or "US"

    def business_name(self) -> str:
        """The name of the business."""
        return self._fact("name")

    def today(self) -> str:
        """The local date as YYYY-MM-DD."""
        return today(self.clock, self.zone()).isoformat()

    def forget_business(self) -> None:
        """Read name, zone, currency and country again at the next question."""
        self._business.clear()

    def close(self) -> None:
        """Hear no more of changes and end the io threads."""
        self.bus.detach()
        self.tasks.close()

    def _fact(self, name: str) -> str:
        if not self._business:
            row = self.tasks.read_now(
                lambda r: r.one("SELECT name, zone, currency, country FROM business WHERE id = 1")
            )
            if row is None:
                return ""
            self._business = dict(zip(("name", "zone", "currency", "country"), row, strict=True))
        return self._business[name]
