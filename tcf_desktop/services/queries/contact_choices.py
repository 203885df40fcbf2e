"""What the contact list can be narrowed by here: towns, tags, crews, own fields, kept filters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain.contacts import fold
from tcf_desktop.services.queries.contact_filter import ContactFilter, from_json

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_MOST: Final = 300  # towns or tags; who has more finds the rest by typing it into the search
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """An own field: ``kind`` is text, number, date or choice."""

    id: int
    name: str
    kind: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedFilterRow:
    """A kept filter."""

    id: int
    name: str
    shown: ContactFilter


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """Everything that a filter can name; towns and tags in the order of the alphabet."""

    cities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    crews: tuple[tuple[int, str], ...] = ()
    price_lists: tuple[tuple[int, str], ...] = ()
    languages: tuple[str, ...] = ()
    fields: tuple[FieldChoice, ...] = ()
    saved: tuple[SavedFilterRow, ...] = ()


def filter_choices(r: Reader) -> FilterChoices:
    """All of them; looks at every contact, so for an io thread."""
    cities = r.all(
        "SELECT city, count(*) FROM locations WHERE city <> '' AND deleted_at IS NULL"
        f" GROUP BY city COLLATE NOCASE ORDER BY 2 DESC LIMIT {_MOST}"
    )
    tagged = r.all(
        "SELECT tags, count(*) FROM contacts WHERE tags <> '' AND deleted_at IS NULL GROUP BY tags"
    )
    languages = r.all(
        "SELECT DISTINCT language FROM contacts WHERE language <> '' AND deleted_at IS NULL"
        f" ORDER BY language LIMIT {_MOST}"
    )
    return FilterChoices(
        cities=tuple(sorted((row[0] for row in cities), key=fold)),
        tags=_most_used(tagged),
        crews=_named(r, "crews"),
        price_lists=_named(r, "price_lists"),
        languages=tuple(row[0] for row in languages),
        fields=own_fields(r),
        saved=saved_filters(r),
    )


def own_fields(r: Reader) -> tuple[FieldChoice, ...]:
    """The fields that the office added, in its order."""
    return tuple(
        FieldChoice(field_id, name, kind, _texts(choices))
        for field_id, name, kind, choices in r.all(
            "SELECT id, name, kind, choices FROM custom_fields WHERE deleted_at IS NULL"
            " ORDER BY position, id"
        )
    )


def saved_filters(r: Reader) -> tuple[SavedFilterRow, ...]:
    """The kept filters in their order."""
    return tuple(
        SavedFilterRow(filter_id, name, from_json(spec))
        for filter_id, name, spec in r.all(
            "SELECT id, name, spec FROM saved_filters ORDER BY position, id"
        )
    )


def tags_of(r: Reader, ids: Sequence[int]) -> tuple[str, ...]:
    """The tags that these contacts have, in the order of the alphabet."""
    found: list[tuple[str, int]] = []
    for start in range(0, len(ids), _CHUNK):
        found += [
            (str(row[0]), 1)
            for row in r.all(
                "SELECT DISTINCT tags FROM contacts WHERE tags <> ''"
                " AND id IN (SELECT value FROM json_each(?))",
                (str(list(ids[start : start + _CHUNK])),),
            )
        ]
    return _most_used(found)


def _most_used(tagged: Sequence[Sequence[object]]) -> tuple[str, ...]:
    spelled: dict[str, str] = {}
    used: Counter[str] = Counter()
    for tags, count in tagged:
        for tag in str(tags).split(","):
            if tag:
                spelled.setdefault(fold(tag), tag)
                used[fold(tag)] += int(str(count))
    return tuple(spelled[key] for key in sorted(key for key, _ in used.most_common(_MOST)))


def _named(r: Reader, table: str) -> tuple[tuple[int, str], ...]:
    rows = r.all(f"SELECT id, name FROM {table} WHERE deleted_at IS NULL ORDER BY position, id")
    return tuple((row[0], row[1]) for row in rows)


def _texts(stored: str) -> tuple[str, ...]:
    try:
        found = json.loads(stored)
    except ValueError:
        return ()
    return tuple(str(entry) for entry in found) if isinstance(found, list) else ()
