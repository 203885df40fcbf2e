"""Document numbers: a pattern, and the series that counts under it.

A pattern holds literal text, exactly one counter ``{000…}`` (as many zeros as digits at least) and
optionally ``{YYYY}``. With ``{YYYY}`` each year is a series of its own; the number is given when
the document is issued, in the same transaction, so a series has no gaps.
"""

import re
from dataclasses import dataclass

from tcf_desktop.base.errors import AppError

DEFAULT_PATTERN = "{0000}"
_FIELD = re.compile(r"\{(0+|YYYY)\}")
_MAX_PATTERN = 40


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """A checked pattern. Build with :func:`parse_pattern`."""

    text: str
    digits: int
    yearly: bool

    @property
    def first(self) -> int:
        """The first counter: 1001 where it runs for ever, 1 where it restarts each year."""
        return 1 if self.yearly or self.digits == 1 else 10 ** (self.digits - 1) + 1

    def series(self, issued_on: str) -> str:
        """Key of the series for a document issued on an ISO date; a new pattern is a new series."""
        return self.text.replace("{YYYY}", issued_on[:4]) if self.yearly else self.text

    def format(self, counter: int, issued_on: str) -> str:
        """The number as printed, e.g. ``2026-0007``; past its zeros a counter gets longer."""
        text = self.text.replace("{YYYY}", issued_on[:4])
        return text.replace("{" + "0" * self.digits + "}", f"{counter:0{self.digits}d}")

    def parse(self, number: str) -> tuple[int, str | None] | None:
        """Counter and year of a number of this pattern, or None when it is not one."""
        expression, at = "", 0
        for match in _FIELD.finditer(self.text):
            expression += re.escape(self.text[at : match.start()])
            expression += r"(?P<year>[0-9]{4})" if match.group(1) == "YYYY" else r"(?P<n>[0-9]+)"
            at = match.end()
        found = re.fullmatch(expression + re.escape(self.text[at:]), number)
        if found is None or len(found["n"]) < self.digits or self._padded_too_long(found["n"]):
            return None
        return int(found["n"]), found["year"] if self.yearly else None

    def _padded_too_long(self, digits: str) -> bool:
        return len(digits) > self.digits and digits.startswith("0")


def parse_pattern(text: str) -> NumberPattern:
    """Check a pattern typed in Settings. Raises ``numbering.bad_pattern``."""
    fields = _FIELD.findall(text)
    counters = [field for field in fields if field != "YYYY"]
    rest = _FIELD.sub("", text)
    good = (
        len(counters) == 1
        and fields.count("YYYY") <= 1
        and len(text) <= _MAX_PATTERN
        and not set(rest) & set("{}")
        and rest.isprintable()
        and text == text.strip()
    )
    if not good:
        raise AppError("numbering.bad_pattern", pattern=text[:_MAX_PATTERN])
    return NumberPattern(text, len(counters[0]), "YYYY" in fields)
