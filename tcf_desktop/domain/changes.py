"""What a write changed, so that screens refresh only what they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Row ids by table, and tables where too many rows changed to name them."""

    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    bulk: frozenset[str] = frozenset()
    command: str = ""

    def touches(self, *tables: str) -> bool:
        """Whether any of the tables changed."""
        return any(table in self.rows or table in self.bulk for table in tables)

    def ids(self, table: str) -> frozenset[int]:
        """The changed ids of a table; empty when it changed in bulk or not at all."""
        return self.rows.get(table, frozenset())

    def __bool__(self) -> bool:
        return bool(self.rows or self.bulk)
