"""Geometry of the week view: columns, lanes and blocks as whole pixels. Pure, no Qt.

Inside a day every shown crew has a fixed lane in crew order, so that a crew is always on the same
side. A visit takes the whole width of the day while no other shown crew works at the same time.
Two visits of one crew at the same time share its lane side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

MIN_BLOCK_HEIGHT: Final = 22
MIN_LANE_WIDTH: Final = 72
MIN_TRACK_WIDTH: Final = 56
DAY_MINUTES: Final = 1440


@dataclass(frozen=True, slots=True)
class Slot:
    """The part of an appointment that lies on one day, in minutes after that midnight."""

    id: int
    day: int
    start: int
    end: int
    lane: int


@dataclass(frozen=True, slots=True)
class Box:
    """A block in pixels."""

    id: int
    day: int
    lane: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Column:
    """A day's column: left edge and width in pixels."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """An entry of the all-day row: first and last column (inclusive) and its line from the top."""

    id: int
    first: int
    last: int
    line: int


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` pixels in whole parts by weight (largest remainder), adding up exactly."""
    whole = sum(weights)
    if total <= 0 or whole <= 0:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    rest = total - sum(parts)
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[:rest]:
        parts[i] += 1
    return parts


def day_weights(days: Sequence[date], busiest: Sequence[int]) -> list[int]:
    """Width of each day in tenths; ``busiest`` is the largest number of visits side by side.

    Weekend days without parallel work shrink: Saturday to 0.6, an empty Sunday to 0.3 of a day.
    """
    weights = []
    for day, parallel in zip(days, busiest, strict=True):
        if day.weekday() < 5 or parallel > 1:
            weights.append(10)
        elif day.weekday() == 5 or parallel == 1:
            weights.append(6)
        else:
            weights.append(3)
    return weights


def columns(left: int, width: int, weights: Sequence[int]) -> list[Column]:
    """Columns that fill ``width`` from ``left`` without a gap."""
    found, x = [], left
    for part in share_out(width, weights):
        found.append(Column(x, part))
        x += part
    return found


def slots_of(
    appointment_id: int, starts_local: str, minutes: int, lane: int, days: Sequence[date]
) -> list[Slot]:
    """The parts of an appointment on the shown days; one over midnight gives two."""
    start = datetime.fromisoformat(starts_local)
    end = start + timedelta(minutes=minutes)
    found = []
    for index, day in enumerate(days):
        midnight = datetime.combine(day, time())
        first = max(0, _minutes(start - midnight))
        last = min(DAY_MINUTES, _minutes(end - midnight))
        if first < last:
            found.append(Slot(appointment_id, index, first, last, lane))
    return found


def most_parallel(slots: Iterable[Slot], day: int) -> int:
    """How many visits of a day run at the same time at most."""
    edges = sorted(
        edge for slot in slots if slot.day == day for edge in ((slot.start, 1), (slot.end, -1))
    )
    most = now = 0
    for _, step in edges:
        now += step
        most = max(most, now)
    return most


def gaps_between(slots: Iterable[Slot]) -> list[tuple[int, int, int]]:
    """(lane, from, to) of the free minutes between visits of a lane, for the slots of one day."""
    found = []
    until: dict[int, int] = {}
    for slot in sorted(slots, key=lambda s: (s.start, s.id)):
        end = until.get(slot.lane)
        if end is not None and end < slot.start:
            found.append((slot.lane, end, slot.start))
        until[slot.lane] = max(slot.end, end or 0)
    return found


def lanes_fit(cols: Sequence[Column], lanes: int) -> bool:
    """Whether every crew's lane of the widest days is at least 72 pixels wide."""
    widest = max((column.width for column in cols), default=0)
    return lanes <= 1 or widest // lanes >= MIN_LANE_WIDTH


def place(
    slots: Sequence[Slot],
    cols: Sequence[Column],
    *,
    lanes: int,
    minute_height: float,
    first_minute: int = 0,
    gap: int = 3,
    spread: bool = True,
) -> list[Box]:
    """Boxes of the slots; y = 0 is ``first_minute``. A block is at least 22 pixels high.

    A slot whose lane is not below ``lanes`` belongs to nobody: it gets a lane of its own beside
    the crews', but only among the visits that it overlaps. Without ``spread`` a visit stays in
    its lane also when nobody else works at that time.
    """
    least = MIN_BLOCK_HEIGHT / minute_height
    boxes: list[Box] = []
    for day, column in enumerate(cols):
        todays = sorted((s for s in slots if s.day == day), key=lambda s: (s.start, s.lane, s.id))
        for cluster in _clusters(todays, least):
            extra = any(slot.lane >= lanes for slot in cluster)
            chains = _chains(cluster, least)
            parts = columns(
                column.x,
                column.width,
                _lane_weights(chains, max(1, lanes + extra), column.width, least),
            )
            for chain in chains:
                lane = min(chain[0].lane, len(parts) - 1)
                crowded = not spread or any(
                    other.lane != chain[0].lane and _touch(slot, other, least)
                    for slot in chain
                    for other in cluster
                )
                room = parts[lane] if crowded else column
                boxes.extend(_side_by_side(chain, room, least, minute_height, first_minute, gap))
    return boxes


def all_day_bars(spans: Sequence[tuple[int, int, int]]) -> list[Bar]:
    """Lines for (id, first day, last day) so that no two bars of a line touch."""
    taken: list[int] = []
    bars = []
    for ident, first, last in sorted(spans, key=lambda s: (s[1], s[1] - s[2], s[0])):
        line = next((i for i, until in enumerate(taken) if until < first), len(taken))
        if line == len(taken):
            taken.append(last)
        else:
            taken[line] = last
        bars.append(Bar(ident, first, last, line))
    return bars


def snapped(minute: float, step: int) -> int:
    """The nearest multiple of ``step`` minutes."""
    return int((minute + step / 2) // step) * step


def _minutes(span: timedelta) -> int:
    return span.days * DAY_MINUTES + span.seconds // 60


def _touch(one: Slot, other: Slot, least: float) -> bool:
    """Whether the drawn blocks overlap, short ones counted with their least height."""
    return one.start < max(other.end, other.start + least) and other.start < max(
        one.end, one.start + least
    )


def _clusters(todays: Sequence[Slot], least: float) -> list[list[Slot]]:
    """Slots in order of start, cut where nothing runs on: what never overlaps stands apart."""
    clusters: list[list[Slot]] = []
    until = -1.0
    for slot in todays:
        if slot.start >= until:
            clusters.append([])
        clusters[-1].append(slot)
        until = max(until, slot.end, slot.start + least)
    return clusters


def _chains(todays: Sequence[Slot], least: float) -> list[list[Slot]]:
    """Runs of one lane in which each block touches an earlier one of the run."""
    chains: list[list[Slot]] = []
    open_chain: dict[int, tuple[list[Slot], float]] = {}
    for slot in todays:
        end = max(slot.end, slot.start + least)
        chain, until = open_chain.get(slot.lane, ([], -1.0))
        if chain and slot.start < until:
            chain.append(slot)
            open_chain[slot.lane] = (chain, max(until, end))
            continue
        chain = [slot]
        chains.append(chain)
        open_chain[slot.lane] = (chain, end)
    return chains


def _lane_weights(
    chains: Sequence[Sequence[Slot]], lanes: int, width: int, least: float
) -> list[int]:
    """Equal lanes, unless visits side by side in one of them would be too narrow to read."""
    tracks = [1] * lanes
    for chain in chains:
        lane = min(chain[0].lane, lanes - 1)
        tracks[lane] = max(tracks[lane], len(set(_tracks(chain, least))))
    if width // lanes // max(tracks) >= MIN_TRACK_WIDTH:
        return [1] * lanes
    return tracks


def _tracks(chain: Sequence[Slot], least: float) -> list[int]:
    """The place from the left of each slot of a chain."""
    ends: list[float] = []
    where = []
    for slot in chain:
        track = next((i for i, until in enumerate(ends) if until <= slot.start), len(ends))
        if track == len(ends):
            ends.append(0.0)
        ends[track] = max(slot.end, slot.start + least)
        where.append(track)
    return where


def _side_by_side(
    chain: Sequence[Slot],
    room: Column,
    least: float,
    minute_height: float,
    first_minute: int,
    gap: int,
) -> list[Box]:
    where = _tracks(chain, least)
    parts = columns(room.x + gap, max(1, room.width - gap), [1] * (max(where) + 1))
    boxes = []
    for slot, track in zip(chain, where, strict=True):
        top = round((slot.start - first_minute) * minute_height)
        bottom = round((slot.end - first_minute) * minute_height)
        boxes.append(
            Box(
                id=slot.id,
                day=slot.day,
                lane=slot.lane,
                x=parts[track].x,
                y=top,
                width=max(1, parts[track].width - gap),
                height=max(MIN_BLOCK_HEIGHT, bottom - top),
            )
        )
    return boxes
