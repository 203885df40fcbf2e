"""Fields that the office adds to every contact: made, renamed, ordered, removed, brought back."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold, one_line
from tcf_desktop.domain.custom_fields import KINDS, kept_value
from tcf_desktop.services import ordering
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MOST_FIELDS = 100
MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class SaveField(Command[int]):
    """Add a field, or change the one with ``field_id``; returns its id.

    A change of kind or choices is made only when every value that is kept fits; it then stands as
    the new kind writes it. Raises ``fields.nameless``, ``fields.taken``, ``fields.no_choices``,
    ``fields.too_many`` and ``fields.values_misfit``.
    """

    field_id: int | None
    name: str
    kind: str
    choices: tuple[str, ...] = ()

    def execute(self, uow: UnitOfWork) -> int:
        name = one_line(self.name)
        choices = tidy_choices(self.choices) if self.kind == "choice" else ()
        self._check(uow, name, choices)
        if self.field_id is None:
            field = models.CustomField(
                uid=str(uuid.uuid4()),
                name=name,
                kind=self.kind,
                choices=json.dumps(choices, ensure_ascii=False),
                position=ordering.end_of(uow, models.CustomField),
                deleted_at=None,
            )
            uow.add(field)
            uow.describe("new field {name}", name=name)
            return field.id
        field = uow.get(models.CustomField, self.field_id)
        _rewrite_values(uow, field, self.kind, choices)
        field.name, field.kind = name, self.kind
        field.choices = json.dumps(choices, ensure_ascii=False)
        uow.describe("change of field {name}", name=name)
        return field.id

    def _check(self, uow: UnitOfWork, name: str, choices: tuple[str, ...]) -> None:
        if not name:
            raise AppError("fields.nameless")
        if self.kind not in KINDS:
            raise ValueError(self.kind)
        if self.kind == "choice" and not choices:
            raise AppError("fields.no_choices", name=name)
        known = ordering.living(uow, models.CustomField)
        if len(choices) > MOST_CHOICES or (self.field_id is None and len(known) >= MOST_FIELDS):
            raise AppError("fields.too_many", fields=MOST_FIELDS, choices=MOST_CHOICES)
        if ordering.named(uow, models.CustomField, name, self.field_id) is not None:
            raise AppError("fields.taken", name=name)


@dataclass(frozen=True, slots=True)
class MoveField(Command[None]):
    """Another place in the order of the fields; ``by`` −1 is one up."""

    field_id: int
    by: int

    def execute(self, uow: UnitOfWork) -> None:
        field = ordering.shift(uow, models.CustomField, self.field_id, self.by)
        uow.describe("move of field {name}", name=field.name)


@dataclass(frozen=True, slots=True)
class RemoveField(Command[None]):
    """Take a field out of the form; what contacts have in it is kept until it comes back."""

    field_id: int

    def execute(self, uow: UnitOfWork) -> None:
        field = uow.get(models.CustomField, self.field_id)
        field.deleted_at = uow.now_at
        uow.describe("removal of field {name}", name=field.name)


@dataclass(frozen=True, slots=True)
class RestoreField(Command[None]):
    """Bring a removed field back with its values, at the end. Raises ``fields.taken``."""

    field_id: int

    def execute(self, uow: UnitOfWork) -> None:
        field = uow.get(models.CustomField, self.field_id)
        if ordering.named(uow, models.CustomField, field.name, field.id) is not None:
            raise AppError("fields.taken", name=field.name)
        field.position = ordering.end_of(uow, models.CustomField)
        field.deleted_at = None
        uow.describe("return of field {name}", name=field.name)


def tidy_choices(choices: tuple[str, ...]) -> tuple[str, ...]:
    """The choices without empty and doubled ones, in order."""
    kept: dict[str, str] = {}
    for raw in choices:
        choice = one_line(raw)
        if choice:
            kept.setdefault(fold(choice), choice)
    return tuple(kept.values())


def _rewrite_values(
    uow: UnitOfWork, field: models.CustomField, kind: str, choices: tuple[str, ...]
) -> None:
    """Write the values as the new kind keeps them; refuse when one does not fit."""
    fitting: dict[int, str] = {}
    misfits: list[str] = []
    for value_id, value in uow.rows(
        "SELECT id, value FROM custom_values WHERE field_id = ? ORDER BY id", (field.id,)
    ):
        try:
            kept = kept_value(field.name, kind, choices, value)
        except AppError:
            misfits.append(value)
            continue
        if kept != value:
            fitting[value_id] = kept
    if misfits:
        raise AppError(
            "fields.values_misfit",
            name=field.name,
            count=len(misfits),
            example=misfits[0][:60],
        )
    for value_id, kept in fitting.items():
        uow.get(models.CustomValue, value_id).value = kept
