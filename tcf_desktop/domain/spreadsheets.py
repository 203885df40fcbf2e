"""Cells that a spreadsheet program shows as text and never runs as a formula."""

from __future__ import annotations

import re
from typing import Final

_DANGEROUS: Final = tuple("=+-@\t\r'＝＋－＠")
_GUARDED: Final = re.compile(r"^'(?=[=+\-@\t\r'＝＋－＠]|\(\+)")


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what would make it a formula."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def is_guarded(cell: str) -> bool:
    """Whether :func:`guarded` (or a spreadsheet program) put an apostrophe before it."""
    return _GUARDED.match(cell) is not None


def unguarded(cell: str) -> str:
    """The text that was there before :func:`guarded`."""
    return cell[1:] if is_guarded(cell) else cell
