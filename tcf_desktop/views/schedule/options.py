"""How the schedule is looked at: weekends, colours, zoom, the first day of the week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QLocale

VIEWS: Final = ("day", "week", "month", "list")
ZOOMS: Final = (50, 75, 100, 125, 150, 200, 300)
BY_CREW, BY_STATE = "crew", "state"
SYSTEM, MONDAY, SATURDAY, SUNDAY = -1, 0, 5, 6


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """``colors`` is "crew" or "state"; ``zoom`` is per cent of an hour's height; ``week_start``
    is a weekday (0 = Monday) or -1 for the system's."""

    weekends: bool = True
    colors: str = BY_CREW
    zoom: int = 100
    week_start: int = SYSTEM

    @property
    def first_weekday(self) -> int:
        """0 = Monday … 6 = Sunday."""
        if self.week_start != SYSTEM:
            return self.week_start
        return QLocale.system().firstDayOfWeek().value - 1

    def zoomed(self, by: int) -> ViewOptions:
        """The next larger (1) or smaller (-1) height of an hour; 0 for the usual one."""
        if by == 0:
            return replace(self, zoom=100)
        at = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - self.zoom))
        return replace(self, zoom=ZOOMS[max(0, min(len(ZOOMS) - 1, at + by))])

    def stored(self) -> dict[str, Any]:
        """As JSON types."""
        return asdict(self)


def options_of(stored: object) -> ViewOptions:
    """What was stored, as far as it can be used."""
    if not isinstance(stored, Mapping):
        return ViewOptions()
    zoom, start = stored.get("zoom"), stored.get("week_start")
    return ViewOptions(
        weekends=stored.get("weekends") is not False,
        colors=BY_STATE if stored.get("colors") == BY_STATE else BY_CREW,
        zoom=zoom if zoom in ZOOMS else 100,
        week_start=start if start in (MONDAY, SATURDAY, SUNDAY) else SYSTEM,
    )
