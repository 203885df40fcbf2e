"""``workers.crew_id``: the crew of today, which follows from the memberships by date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.clock import from_ms
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.base.clock import Clock
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.uow import UnitOfWork

# Who is in two crews on a day counts for the one that was joined last.
_CREW: Final = """
(SELECT m.crew_id FROM crew_members m WHERE m.worker_id = workers.id
    AND (m.from_on IS NULL OR m.from_on <= ?1) AND (m.to_on IS NULL OR m.to_on >= ?1)
 ORDER BY m.from_on DESC, m.id DESC LIMIT 1)
"""
_WRONG: Final = f"SELECT id FROM workers WHERE crew_id IS NOT {_CREW}"
_RIGHT: Final = f"UPDATE workers SET crew_id = {_CREW} WHERE crew_id IS NOT {_CREW}"


def refresh(driver: Any, now_at: int) -> Sequence[int]:
    """Put ``crew_id`` right where it is not that of today; the workers that were changed.

    Not journalled: undoing a membership brings the crew back by itself.
    """
    (zone,) = driver.execute("SELECT zone FROM business WHERE id = 1").fetchone()
    today = from_ms(now_at, str(zone)).date().isoformat()
    wrong = [row[0] for row in driver.execute(_WRONG, (today,)).fetchall()]
    if wrong:
        driver.execute(_RIGHT, (today,))
    return wrong


def is_stale(r: Reader, clock: Clock) -> bool:
    """Whether a day began on which somebody is in another crew; cheap."""
    zone = str(r.value("SELECT zone FROM business WHERE id = 1"))
    today = from_ms(clock.now_ms(), zone).date().isoformat()
    return r.one(_WRONG, (today,)) is not None


@dataclass(frozen=True, slots=True)
class RefreshCrews(Command[None]):
    """Put everybody into the crew of today."""

    undoable = False
    journalled = False

    def execute(self, uow: UnitOfWork) -> None:
        uow.changed("crew_members")  # the unit of work does the rest before it commits


def keep_right(office: Office) -> None:
    """Refresh when a new day needs it; not for the GUI thread."""
    if office.read(lambda r: is_stale(r, office.clock)):
        office.runner.run(RefreshCrews())
