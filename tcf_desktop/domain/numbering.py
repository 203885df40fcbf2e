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
_DIGIT = "digit"
# Which setting of the business numbers a kind of document, with the pattern that it starts with.
_COLUMNS = {
    "invoice": "invoice_pattern",
    "credit_note": "credit_pattern",
    "deposit": "deposit_pattern",
    "proposal": "proposal_pattern",
}
PATTERN_COLUMNS = tuple(_COLUMNS.values())


def pattern_column(doc_type: str) -> str:
    """The column of the business that holds the pattern for a kind of document."""
    return _COLUMNS[doc_type]


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


def may_meet(first: NumberPattern, second: NumberPattern) -> bool:
    """Whether two patterns could give the same number some day."""
    one, two = _steps(first), _steps(second)
    seen: set[tuple[int, int]] = set()
    ahead = [(0, 0)]
    while ahead:
        at = ahead.pop()
        if at in seen:
            continue
        seen.add(at)
        if at == (len(one), len(two)):
            return True
        for i, left in _next(one, at[0]):
            for j, right in _next(two, at[1]):
                if _same(left, right):
                    ahead.append((i, j))
    return False


def _steps(pattern: NumberPattern) -> list[tuple[str, bool]]:
    """One step a sign: the sign or any digit, and whether more of it may follow."""
    steps: list[tuple[str, bool]] = []
    at = 0
    for match in _FIELD.finditer(pattern.text):
        steps += [(sign, False) for sign in pattern.text[at : match.start()]]
        year = match.group(1) == "YYYY"
        steps += [(_DIGIT, False)] * (4 if year else pattern.digits)
        if not year:
            steps[-1] = (_DIGIT, True)
        at = match.end()
    return steps + [(sign, False) for sign in pattern.text[at:]]


def _next(steps: list[tuple[str, bool]], at: int) -> list[tuple[int, str]]:
    """Where one sign leads to, and what it is; a step that repeats can be left or taken again."""
    moves = []
    if at < len(steps):
        moves.append((at + 1, steps[at][0]))
    if at and steps[at - 1][1]:
        moves.append((at, steps[at - 1][0]))
    return moves


def _same(left: str, right: str) -> bool:
    if _DIGIT in (left, right):
        return (left == _DIGIT or left.isdigit()) and (right == _DIGIT or right.isdigit())
    return left == right
