"""What the contact form offers to choose from, and what was written before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field of the office's own."""

    name: str
    kind: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """A measure of places with its unit, which may be empty."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class FormChoices:
    """Everything that the office defined; names, because a draft goes by names."""

    crews: tuple[str, ...]
    price_lists: tuple[str, ...]
    fields: tuple[FieldChoice, ...]
    measures: tuple[MeasureChoice, ...]
    taxes: tuple[tuple[int, str], ...]
    terms_days: int
    country: str


@dataclass(frozen=True, slots=True)
class UsedWords:
    """What contacts have been given so far, the commonest first."""

    tags: tuple[str, ...]
    sources: tuple[str, ...]


def form_choices(r: Reader) -> FormChoices:
    """The choices of the form: small tables only."""
    business = r.one("SELECT terms_days, country FROM business WHERE id = 1")
    return FormChoices(
        crews=_names(r, "crews", "id"),
        price_lists=_names(r, "price_lists", "position, id"),
        fields=tuple(
            FieldChoice(row[0], row[1], tuple(json.loads(row[2])))
            for row in r.all(
                "SELECT name, kind, choices FROM custom_fields WHERE deleted_at IS NULL"
                " ORDER BY position, id"
            )
        ),
        measures=tuple(
            MeasureChoice(*row)
            for row in r.all(
                "SELECT name, unit FROM measures WHERE deleted_at IS NULL ORDER BY position, id"
            )
        ),
        taxes=tuple(
            (row[0], row[1])
            for row in r.all(
                "SELECT id, name FROM taxes WHERE deleted_at IS NULL ORDER BY name LIMIT 200"
            )
        ),
        terms_days=business[0] if business else 0,
        country=business[1] if business else "US",
    )


def used_words(r: Reader, limit: int = 300) -> UsedWords:
    """Tags and sources of all contacts; reads every contact, so for an io thread."""
    tags: dict[str, int] = {}
    for joined, count in r.all(
        "SELECT tags, count(*) FROM contacts WHERE tags <> '' AND deleted_at IS NULL GROUP BY tags"
    ):
        for tag in joined.split(","):
            if tag:
                tags[tag] = tags.get(tag, 0) + count
    ordered = sorted(tags, key=lambda tag: (-tags[tag], tag))
    sources = r.all(
        "SELECT source FROM contacts WHERE source <> '' AND deleted_at IS NULL GROUP BY source"
        " ORDER BY count(*) DESC, source LIMIT ?",
        (limit,),
    )
    return UsedWords(tuple(ordered[:limit]), tuple(row[0] for row in sources))


def _names(r: Reader, table: str, order: str) -> tuple[str, ...]:
    rows = r.all(f"SELECT name FROM {table} WHERE deleted_at IS NULL ORDER BY {order} LIMIT 200")
    return tuple(row[0] for row in rows)
