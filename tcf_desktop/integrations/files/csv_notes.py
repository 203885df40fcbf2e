"""Several notes in one cell: each under a line with its time, as people can read it.

A line of a note that looks like such a line gets a backslash, which the reader takes off again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from tcf_desktop.domain.contacts import NoteDraft, Visibility

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HEAD: Final = re.compile(r"^— (?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) UTC|no date) —$")
_ESCAPED: Final = re.compile(r"^\\+— ")


def packed(notes: Iterable[NoteDraft], visibility: Visibility) -> str:
    """The notes of one visibility as one cell."""
    lines: list[str] = []
    for note in notes:
        if note.visibility == visibility:
            lines.append(f"— {_when(note.at)} —")
            lines += [_escaped(line) for line in note.text.split("\n")]
    return "\n".join(lines)


def unpacked(cell: str, visibility: Visibility) -> tuple[NoteDraft, ...]:
    """The notes of a cell; text before the first line with a time is a note of its own."""
    notes: list[NoteDraft] = []
    lines: list[str] = []
    at = 0
    for line in cell.replace("\r\n", "\n").split("\n"):
        head = _HEAD.match(line)
        if head is None:
            lines.append(line[1:] if _ESCAPED.match(line) else line)
            continue
        notes.append(NoteDraft("\n".join(lines), visibility, at=at))
        lines, at = [], _instant(head[1])
    notes.append(NoteDraft("\n".join(lines), visibility, at=at))
    return tuple(note for note in notes if note.text.strip())


def stamp(at: int) -> str:
    """UTC milliseconds as ``2026-07-14 15:04:05.123``; empty for none or beyond the calendar."""
    try:
        moment = _EPOCH + timedelta(milliseconds=at)
    except OverflowError:
        return ""
    return moment.strftime("%Y-%m-%d %H:%M:%S.") + f"{at % 1000:03}" if at else ""


def instant(text: str) -> int:
    """The UTC milliseconds of :func:`stamp`, or 0."""
    try:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
    except ValueError:
        return 0
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _when(at: int) -> str:
    text = stamp(at)
    return f"{text} UTC" if text else "no date"


def _instant(text: str | None) -> int:
    return instant(text) if text else 0


def _escaped(line: str) -> str:
    return f"\\{line}" if line.startswith("— ") or _ESCAPED.match(line) else line
