"""Content lines and components of a calendar file, each with the line it stands on.

Only the outline is read here: unfolding, BEGIN/END and the few properties that are wanted. One
broken property must not cost the whole file, so values are parsed one by one later.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tcf_desktop.base.errors import AppError

WANTED = frozenset(
    {
        "UID",
        "SUMMARY",
        "LOCATION",
        "DESCRIPTION",
        "STATUS",
        "CATEGORIES",
        "SEQUENCE",
        "LAST-MODIFIED",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "TZID",
        "X-LIC-LOCATION",
        "TZOFFSETTO",
        "TZOFFSETFROM",
        "PRODID",
    }
)
MAX_VALUE = 1_000_000
_FRAME = frozenset("BbEe \t")  # how the lines begin that begin or end a part
_NO_PARAMS: Mapping[str, str] = {}
_OUTLINE = re.compile(r"[A-Za-z0-9\-]+\s*((?:;(?:[^\":]|\"[^\"]*\")*)?):")
_PARAM = re.compile(r";\s*([A-Za-z0-9\-]+)\s*=((?:[^\";]|\"[^\"]*\")*)")


class Property(NamedTuple):
    """One property: upper-case name, parameters by upper-case name, the raw value."""

    name: str
    params: Mapping[str, str]
    value: str
    line: int


@dataclass(slots=True)
class Component:
    """BEGIN to END: the wanted properties by name, components inside, the line of BEGIN."""

    kind: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    children: list[Component] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def every(self, name: str) -> list[Property]:
        """All properties of that name, in order."""
        return self.properties.get(name, [])


def decoded(content: bytes, file: str) -> str:
    """The text of a file: a BOM decides, then UTF-8, then Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content[:4096]:
        raise AppError("calendar.unreadable", file=file, reason="it is not a text file")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def components(text: str, file: str) -> list[Component]:
    """The outermost components of the file (calendars, or bare events).

    Raises ``calendar.unreadable`` for a file that is no calendar or ends in the middle.
    """
    root = Component("", 0)
    stack = [root]
    for number, line in _unfolded(text):
        upper = line[:60].strip().upper() if line[0] in _FRAME else ""
        if upper.startswith("BEGIN:"):
            inner = Component(upper[6:].strip(), number)
            stack[-1].children.append(inner)
            stack.append(inner)
            if len(stack) > 12:
                raise _unreadable(file, f"line {number} is nested too deeply")
        elif upper.startswith("END:"):
            if len(stack) == 1 or stack[-1].kind != upper[4:].strip():
                raise _unreadable(file, f"line {number} ends a part that was not begun")
            stack.pop()
        elif len(stack) > 1:
            found = _property(number, line)
            if found is not None:
                stack[-1].properties.setdefault(found.name, []).append(found)
    if len(stack) > 1:
        raise _unreadable(file, f"it breaks off in the part that begins on line {stack[-1].line}")
    if not root.children:
        reason = "it is empty" if not text.strip() else "line 1 does not begin a calendar"
        raise _unreadable(file, reason)
    return root.children


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """(line number, content line); blank lines inside a folded line are survived."""
    begun, parts = 0, list[str]()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if not line or line.isspace():
            continue
        if line[0] in " \t" and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield begun, "".join(parts)
        begun, parts = number, [line]
    if parts:
        yield begun, "".join(parts)


def _property(number: int, line: str) -> Property | None:
    colon = line.find(":")
    semicolon = line.find(";", 0, colon if colon >= 0 else len(line))
    name = line[: colon if semicolon < 0 else semicolon].strip().upper()
    if name not in WANTED:
        return None
    if semicolon < 0:
        return Property(name, _NO_PARAMS, line[colon + 1 : MAX_VALUE], number)
    split = _OUTLINE.match(line, 0, MAX_VALUE)
    if split is None:
        return None
    params = {key.upper(): value.strip().strip('"') for key, value in _PARAM.findall(split[1])}
    return Property(name, params, line[split.end() : MAX_VALUE], number)


def _unreadable(file: str, reason: str) -> AppError:
    return AppError("calendar.unreadable", file=file, reason=reason)
