"""A table from outside (CSV): what was found in it, what its columns mean, how to read it.

A target says what a column holds: its kind, and after ``@`` the group that ties the parts of one
address together, or a label to its number ("street@billing", "phonelabel@#1").
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tcf_desktop.domain.contacts import fold

IGNORED: Final = "ignored"
NOTE_LINE: Final = "note line"  # kept in the note as "Heading: value"
FIELD: Final = "field:"  # a field of the office's own, by name
MEASURE: Final = "measure:"  # a measure of a place, by name

# What the user may choose for a column, in the order of the list.
TARGETS: Final = (
    "full", "first", "middle", "last", "suffix", "company", "phone", "email", "street", "street2",
    "city", "region", "code", "country", "formatted", "gate", "access", "person", "personphone",
    "geo", "tax", "note", "crewnote", "documentnote", "tags", "kind", "segment", "source",
    "language", "crew", "pricelist", "terms", "exempt", "exemptnumber", "exemptregion",
    "exemptuntil", "website", "birthday", "title",
)  # fmt: skip
# These tell who a row is about; without one of them there is nothing to import.
TELLING: Final = frozenset({"first", "last", "full", "company", "phone", "email"})
PLACE_KINDS: Final = frozenset(
    {
        "placelabel", "formatted", "street", "street2", "city", "region", "code", "country", "box",
        "access", "gate", "person", "personphone", "billing", "geo", "tax",
    }
)  # fmt: skip
DATE_KINDS: Final = frozenset({"birthday", "exemptuntil"})

Confidence = Literal["sure", "likely", "open"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column as it was found, with the target that is proposed for it."""

    heading: str
    samples: tuple[str, ...]
    target: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class TableReading:
    """How to read a table; empty parts are guessed. ``targets`` stand in the order of columns."""

    encoding: str = ""
    separator: str = ""
    date_order: str = ""
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a first look at a table found.

    ``date_order`` is "" where dates can be read in ``date_orders`` more ways than one, or where
    there are none (``date_orders`` is then empty).
    """

    file: str
    encoding: str
    encoding_words: str
    separator: str
    has_headings: bool
    columns: tuple[TableColumn, ...]
    examples: tuple[tuple[str, ...], ...]
    date_order: str = ""
    date_orders: tuple[str, ...] = ()

    def signature(self) -> str:
        """The same for files with the same headings."""
        text = "\n".join(fold(column.heading) for column in self.columns)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

    def is_clear(self) -> bool:
        """Whether there is nothing to ask before the rows are checked."""
        unclear = len(self.date_orders) > 1 and not self.date_order
        known = all(column.confidence == "sure" for column in self.columns)
        return known and not unclear and names_somebody([c.target for c in self.columns])


def kind_of(target: str) -> str:
    """The kind of a target, without its group."""
    return _parts(target)[0]


def group_of(target: str) -> str:
    """The group of a target, or nothing."""
    return _parts(target)[1]


def _parts(target: str) -> tuple[str, str]:
    kind, at, group = target.rpartition("@")
    if not at or target.startswith(FIELD):  # names of fields may have the sign in them
        return target, ""
    return kind, group


def names_somebody(targets: Sequence[str]) -> bool:
    """Whether these columns can tell who a row is about."""
    return any(kind_of(target) in TELLING for target in targets)
