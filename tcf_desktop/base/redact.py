"""Text without secrets and persons, for logs and problem reports.

Our own log lines hold ids, counts and codes only. What comes out of other people's exceptions may
quote a record, so there everything in quotes and every longer figure goes too.
"""

from __future__ import annotations

import re
import traceback
from pathlib import Path

HIDDEN = "‹hidden›"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # scheme://user:password@host, and query values that carry a secret
    (re.compile(r"(?<=://)[^/\s@]+@"), HIDDEN + "@"),
    (
        re.compile(
            r"(?i)\b(authorization|bearer|token|secret|password|passphrase|api_?key|code|auth)"
            r"(\s*[=:]\s*|\s+)(bearer\s+|basic\s+)?[^\s,;&]+"
        ),
        r"\1\2" + HIDDEN,
    ),
    (re.compile(r"[^\s<>\"'(=]+@[\w.-]+\.\w+"), HIDDEN),
    (
        re.compile(
            r"\b\d+\s+(?:[NSEW]\.?\s+)?(?:[A-Z0-9][\w'.-]*\s+){1,4}"
            r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Dr|Drive|Ln|Lane|Ct|Court|Pl|Place|Way|Pkwy)\b\.?"
        ),
        HIDDEN,
    ),
    # coordinates: two or three digits, a dot, three digits or more
    (re.compile(r"(?<![\w.])[-+]?\d{1,3}\.\d{3,}"), HIDDEN),
    # phone numbers: seven digits or more, with their usual separators
    (re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().-]{0,2}\d){6,}"), HIDDEN),
    # keys and tokens: long words that mix letters and digits
    (re.compile(r"\b(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{20,}\b"), HIDDEN),
)
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”|‘[^’\n]*’|\[parameters:.*", re.DOTALL)
_FIGURES = re.compile(r"\d{4,}")


def redact(text: str) -> str:
    """``text`` without addresses, numbers, coordinates, tokens and the user's own folder name."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def redact_exception(error: BaseException) -> str:
    """Type and message of an exception, without anything that it may quote from a record."""
    message = _FIGURES.sub(HIDDEN, redact(_QUOTED.sub(HIDDEN, str(error))))
    name = type(error).__qualname__
    return f"{name}: {message}" if message else name


def redact_traceback(error: BaseException) -> str:
    """The traceback of an exception and its causes: places and types, no values."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        lines = [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        parts.append("\n".join([*lines, redact_exception(current)]))
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return "\n-- because of --\n".join(parts)


def _short(filename: str) -> str:
    """The part of a path that says which module it is."""
    parts = Path(filename).parts
    for marker in ("tcf_desktop", "site-packages", "lib"):
        if marker in parts:
            return "/".join(parts[parts.index(marker) :])
    return parts[-1] if parts else filename
