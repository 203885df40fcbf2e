"""The same done to many contacts at once: tags, price list. One entry in the undo list each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold, one_line
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class TagContacts(Command[int]):
    """Give tags to contacts and take others away; returns how many contacts changed.

    Tags are compared without case and accents; a tag that is given and taken is given.
    """

    contact_ids: tuple[int, ...]
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def execute(self, uow: UnitOfWork) -> int:
        add, remove = _tidy(self.add), {fold(tag) for tag in self.remove}
        changed = [
            (contact_id, new)
            for contact_id, old in _living(uow, "tags", self.contact_ids)
            if (new := _tagged(str(old), add, remove)) != old
        ]
        _change(uow, "tags", changed)
        uow.describe("tags of {count} contacts", count=len(changed))
        return len(changed)


@dataclass(frozen=True, slots=True)
class GivePriceList(Command[int]):
    """Let contacts pay the prices of a list, or of none; returns how many contacts changed.

    Raises ``data.gone`` when the list was removed.
    """

    contact_ids: tuple[int, ...]
    price_list_id: int | None

    def execute(self, uow: UnitOfWork) -> int:
        wanted = self.price_list_id
        known = "SELECT 1 FROM price_lists WHERE id = ? AND deleted_at IS NULL"
        if wanted is not None and uow.value(known, (wanted,)) is None:
            raise AppError("data.gone")
        changed = [
            (contact_id, wanted)
            for contact_id, old in _living(uow, "price_list_id", self.contact_ids)
            if old != wanted
        ]
        _change(uow, "price_list_id", changed)
        uow.describe("price list of {count} contacts", count=len(changed))
        return len(changed)


def _tagged(stored: str, add: Iterable[str], remove: set[str]) -> str:
    tags = {fold(tag): tag for tag in stored.split(",") if tag}
    kept = {key: tag for key, tag in tags.items() if key not in remove}
    for tag in add:
        kept.setdefault(fold(tag), tag)
    return ",".join(kept.values())


def _tidy(tags: Iterable[str]) -> list[str]:
    """As they are stored: one line, no comma, each once."""
    known: dict[str, str] = {}
    for raw in tags:
        for part in raw.split(","):
            tag = one_line(part)
            if tag:
                known.setdefault(fold(tag), tag)
    return list(known.values())


def _living(
    uow: UnitOfWork, column: str, contact_ids: Sequence[int]
) -> Iterator[tuple[int, object]]:
    for start in range(0, len(contact_ids), _CHUNK):
        some = contact_ids[start : start + _CHUNK]
        marks = ",".join("?" * len(some))
        yield from (
            (row[0], row[1])
            for row in uow.rows(
                f"SELECT id, {column} FROM contacts WHERE deleted_at IS NULL AND id IN ({marks})",
                some,
            )
        )


def _change(uow: UnitOfWork, column: str, changed: Sequence[tuple[int, object]]) -> None:
    """Write one column of many contacts by plain SQL, journalled."""
    for start in range(0, len(changed), _CHUNK):
        some = changed[start : start + _CHUNK]
        marks = ",".join("?" * len(some))
        before = {
            row[0]: row
            for row in uow.rows(
                f"SELECT id, version, updated_at, {column} FROM contacts WHERE id IN ({marks})",
                [contact_id for contact_id, _ in some],
            )
        }
        uow.driver(
            f"UPDATE contacts SET {column} = ?, updated_at = ?, version = version + 1 WHERE id = ?",
            [(value, uow.now_at, contact_id) for contact_id, value in some],
        )
        for contact_id, value in some:
            _, version, updated_at, old = before[contact_id]
            uow.note(
                "contacts",
                contact_id,
                "update",
                {column: old, "updated_at": updated_at, "version": version},
                version + 1,
                after={column: value, "updated_at": uow.now_at},
            )
