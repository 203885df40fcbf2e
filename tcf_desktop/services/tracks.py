"""Positions on their way into the database and out of it again."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, cast

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.tracks import COLUMNS, UNCOVERED_MS, Delivery, Stored
from tcf_desktop.ports import KnownPhone
from tcf_desktop.services.command import Command
from tcf_desktop.services.queries.phones import known_phones
from tcf_desktop.services.runner import Priority

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.uow import UnitOfWork

UNREADABLE_BYTES: Final = 20 * 1024 * 1024
UNREADABLE_MS: Final = 30 * 86_400_000
PURGE_ROWS: Final = 500

INSERT_POINTS: Final = (
    f"INSERT INTO track_points ({', '.join(COLUMNS)}) "
    f"VALUES ({', '.join('?' * len(COLUMNS))}) ON CONFLICT DO NOTHING"
)
_HEARD: Final = """
INSERT INTO phone_states
    (phone_id, last_heard_at, last_fix_at, battery_percent, points_received, app)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (phone_id) DO UPDATE SET
    last_heard_at = max(coalesce(last_heard_at, 0), excluded.last_heard_at),
    last_fix_at = max(coalesce(last_fix_at, excluded.last_fix_at),
                      coalesce(excluded.last_fix_at, last_fix_at)),
    battery_percent = coalesce(excluded.battery_percent, battery_percent),
    points_received = points_received + excluded.points_received,
    app = excluded.app
"""
# The times of a phone outside every shift of its person, as ranges of the table's key. Files that
# were taken back belong to nobody's shift.
_UNCOVERED: Final = """
WITH spans AS (
    SELECT p.id AS phone_id, s.clock_in_at AS starts_at,
           coalesce(s.clock_out_at, 9223372036854775806) AS ends_at
    FROM phones p JOIN shifts s ON s.worker_id = p.worker_id
    WHERE NOT (p.app = 'file' AND p.revoked_at IS NOT NULL)
), gaps AS (
    SELECT phone_id,
           max(ends_at) OVER (PARTITION BY phone_id ORDER BY starts_at) AS after_at,
           lead(starts_at, 1, 9223372036854775807)
               OVER (PARTITION BY phone_id ORDER BY starts_at) AS before_at
    FROM spans
    UNION ALL
    SELECT p.id, -1, coalesce((SELECT min(starts_at) FROM spans WHERE phone_id = p.id),
                              9223372036854775807)
    FROM phones p
)
SELECT t.phone_id, t.fix_at
FROM gaps g CROSS JOIN track_points t
WHERE t.phone_id = g.phone_id AND t.fix_at > g.after_at AND t.fix_at < g.before_at
  AND t.received_at < ?
LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class StoreDeliveries(Command[list[Stored]]):
    """Keep what phones sent: points once, the phone's state, unreadable bodies for the owner.

    Makes no entry in the undo list. Raises ``phones.unreadable_full`` when there is no room left
    for bodies that cannot be read; nothing of the group is stored then.
    """

    undoable: ClassVar[bool] = False
    journalled: ClassVar[bool] = False

    deliveries: Sequence[Delivery]

    def execute(self, uow: UnitOfWork) -> list[Stored]:
        result: list[Stored] = []
        states: list[tuple[object, ...]] = []
        for delivery in self.deliveries:
            reading = delivery.reading
            points = reading.points
            saved = uow.driver(INSERT_POINTS, points) if points else 0
            if delivery.reading.unreadable:
                _keep_unreadable(uow, delivery)
            newest = max((point[1] for point in points), default=None)
            states.append(
                (delivery.phone_id, delivery.received_at, newest, reading.battery, saved,
                 delivery.app)
            )  # fmt: skip
            repeated = len(points) - saved + reading.repeated
            result.append(Stored(saved, repeated, reading.ignored))
            if saved:
                uow.changed_many("track_points")
        uow.driver(_HEARD, states)
        uow.changed("phone_states", *(delivery.phone_id for delivery in self.deliveries))
        return result


@dataclass(frozen=True, slots=True)
class PurgeUncoveredPoints(Command[int]):
    """Delete some positions that were received a day ago and lie in no shift; returns how many.

    At most 500 at once; ask again while it returns as many. Also lets go of unreadable bodies
    after 30 days.
    """

    undoable: ClassVar[bool] = False
    journalled: ClassVar[bool] = False

    def execute(self, uow: UnitOfWork) -> int:
        rows = uow.rows(_UNCOVERED, (uow.now_at - UNCOVERED_MS, PURGE_ROWS))
        uow.driver(
            "DELETE FROM track_points WHERE phone_id = ? AND fix_at = ?",
            [(row[0], row[1]) for row in rows],
        )
        uow.driver(
            "DELETE FROM unreadable_posts WHERE received_at < ?", [(uow.now_at - UNREADABLE_MS,)]
        )
        if rows:
            uow.changed_many("track_points")
        return len(rows)


@dataclass(frozen=True, slots=True)
class EmptyLog(Command[None]):
    """The end of a purge: the deleted positions leave the write-ahead log too."""

    undoable: ClassVar[bool] = False
    journalled: ClassVar[bool] = False
    empties_log: ClassVar[bool] = True

    def execute(self, uow: UnitOfWork) -> None:
        """Nothing to write."""


@dataclass(frozen=True, slots=True)
class ForgetUnreadable(Command[int]):
    """The owner has seen the unreadable bodies of a phone: delete them; returns how many."""

    undoable: ClassVar[bool] = False
    journalled: ClassVar[bool] = False

    phone_id: int

    def execute(self, uow: UnitOfWork) -> int:
        gone = uow.driver("DELETE FROM unreadable_posts WHERE phone_id = ?", [(self.phone_id,)])
        uow.changed("phone_states", self.phone_id)
        return gone


class TrackSink:
    """The office's side of the endpoint: who is known, and where the points go."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._phones: dict[str, KnownPhone] | None = None
        self._lock = threading.Lock()

    def phone_of(self, token_hash: str) -> KnownPhone | None:
        """The paired phone with this secret, from memory after the first call."""
        phones = self._phones
        if phones is None:
            phones = self._begin()
        return phones.get(token_hash)

    def is_ready(self) -> bool:
        """An unknown secret is unknown: nothing replaces the data while the program runs."""
        return True

    def store(self, deliveries: Sequence[Delivery]) -> Future[Sequence[Stored]]:
        """Commit in one transaction, after what the user does and before bulk work."""
        submitted = self._office.runner.submit(StoreDeliveries(tuple(deliveries)), Priority.PHONE)
        return cast("Future[Sequence[Stored]]", submitted)

    def _begin(self) -> dict[str, KnownPhone]:
        # Listening first: a phone that is paired meanwhile is loaded twice rather than missed.
        with self._lock:
            if self._phones is None:
                self._office.runner.on_commit(self._on_committed)
                self._phones = self._load()
            return self._phones

    def _on_committed(self, changes: ChangeSet) -> None:
        if changes.touches("phones"):
            with self._lock:
                self._phones = self._load()

    def _load(self) -> dict[str, KnownPhone]:
        return {
            token_hash: KnownPhone(phone_id, token_hash)
            for phone_id, token_hash in self._office.read(known_phones)
        }


def purge_uncovered(office: Office) -> int:
    """Delete every position outside a shift that is due, in small steps behind all other work.

    Blocks: for an io thread or the command line. Returns how many were deleted.
    """
    total = 0
    while True:
        gone = office.runner.run(PurgeUncoveredPoints(), Priority.BULK)
        total += gone
        if gone < PURGE_ROWS:
            break
    if total:
        office.runner.run(EmptyLog(), Priority.BULK)
    return total


def _keep_unreadable(uow: UnitOfWork, delivery: Delivery) -> None:
    held = int(uow.value("SELECT coalesce(sum(length(body)), 0) FROM unreadable_posts"))
    if held + len(delivery.body) > UNREADABLE_BYTES:
        raise AppError("phones.unreadable_full", retryable=True)
    uow.driver(
        "INSERT INTO unreadable_posts (phone_id, received_at, reason, body) VALUES (?, ?, ?, ?)",
        [(delivery.phone_id, delivery.received_at, delivery.reading.unreadable, delivery.body)],
    )
