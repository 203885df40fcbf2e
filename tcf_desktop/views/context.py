"""What every page is given: the office, background work, the look and the way around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tcf_desktop.base.clock import Clock
from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.theme import Theme

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


@dataclass
class ViewContext:
    """Handed down from the window to pages and dialogs."""

    office: Office
    tasks: Tasks
    bus: ChangeBus
    theme: Theme
    device: DeviceSettings
    clock: Clock
    navigate: Callable[[Target], None]
    notify: Callable[..., None]  # (text, undo=False, action: NoticeAction | None = None)
    show_error: Callable[..., None]  # (AppError, context: str = "")
    actions: Any = None
    status: Any = None
    extras: dict[str, Any] = field(default_factory=dict)
    _business: dict[str, str] = field(default_factory=dict)

    def zone(self) -> str:
        """The IANA zone of the business."""
        return self._fact("zone", "UTC")

    def currency(self) -> str:
        """The ISO currency of the business."""
        return self._fact("currency", "USD")

    def business_name(self) -> str:
        """The name of the business."""
        return self._fact("name", "")

    def forget_business(self) -> None:
        """Read name, zone and currency again at the next question."""
        self._business.clear()

    def today(self) -> str:
        """The local date as YYYY-MM-DD."""
        from tcf_desktop.base.clock import today

        return today(self.clock, self.zone()).isoformat()

    def _fact(self, name: str, fallback: str) -> str:
        if not self._business:
            row = self.tasks.read_now(
                lambda r: r.one("SELECT name, zone, currency FROM business WHERE id = 1")
            )
            if row is None:
                return fallback
            self._business = dict(zip(("name", "zone", "currency"), row, strict=True))
        return self._business.get(name) or fallback


__all__ = ["AppError", "NoticeAction", "Target", "ViewContext"]
