"""Bringing a price list in: what is new, what changes, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError, words
from tcf_desktop.domain.contacts import fold
from tcf_desktop.domain.imports import Action, FieldChange, ImportPlan, PlanRow
from tcf_desktop.domain.money import plain_price
from tcf_desktop.domain.price_file import PriceFile, PriceFileRow, file_price
from tcf_desktop.domain.when_input import parse_length
from tcf_desktop.services import ordering
from tcf_desktop.services.command import Command
from tcf_desktop.services.importers import Importer

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.progress import Progress
    from tcf_desktop.services.uow import UnitOfWork

PARSER: Final = "tcf_desktop.integrations.files.pricelist:parse"
NAMELESS: Final = "It has no name."
TWICE: Final = "Another row with this name stands before it."
SAME: Final = "It is here already, just so."
_NO: Final = frozenset({"0", "n", "no", "false", "none", "non", "nein", "non-taxable", "exempt"})
_GOODS: Final = frozenset({"good", "goods", "product", "inventory", "non-inventory", "part"})
_LONGEST_NAME: Final = 200
_COLUMNS: Final = ("price_e4", "unit", "description", "minutes", "taxable", "is_good")


def plan_prices(
    reader: Reader, files: Sequence[PriceFile], _answer: int | None = None
) -> ImportPlan:
    """What importing these files would do, one row for each price; writes nothing.

    A service of the same name in any writing is changed; an empty cell changes nothing.
    """
    currency = str(reader.value("SELECT currency FROM business WHERE id = 1"))
    stored = {
        fold(row[1]): row
        for row in reader.all(
            f"SELECT id, name, {', '.join(_COLUMNS)} FROM services WHERE deleted_at IS NULL"
        )
    }
    seen: set[str] = set()
    rows = tuple(
        _planned(row, parsed.file, stored, seen, currency)
        for parsed in files
        for row in parsed.rows
    )
    return ImportPlan(
        "pricelist", tuple(one.file for one in files), tuple(one.read_as for one in files), rows
    )


def _planned(
    row: PriceFileRow,
    file: str,
    stored: dict[str, Any],
    seen: set[str],
    currency: str,
) -> PlanRow:
    name = " ".join(row.name.split())[:_LONGEST_NAME]
    plan = PlanRow(row.row, row.line, file, Action.IN_DOUBT, name, row.price)
    if not name:
        return replace(plan, reason=NAMELESS)
    if fold(name) in seen:
        return replace(plan, reason=TWICE)
    try:
        values = _values(row, currency)
    except AppError as trouble:
        what, _todo = words(trouble.code)
        return replace(plan, reason=what.format_map(trouble.params))
    seen.add(fold(name))
    known = stored.get(fold(name))
    if known is None:
        if "price_e4" not in values:
            what, _todo = words("money.not_an_amount")
            return replace(plan, reason=what.format_map({"text": row.price}))
        return replace(plan, action=Action.ADD, payload=values)
    before = dict(zip(_COLUMNS, known[2:], strict=True))
    changed = {key: value for key, value in values.items() if before[key] != value}
    if not changed:
        return replace(plan, action=Action.SKIP, id=known[0], reason=SAME)
    return replace(
        plan,
        action=Action.UPDATE,
        id=known[0],
        payload=changed,
        changes=tuple(
            FieldChange(
                key, _shown(key, before[key], currency), _shown(key, changed[key], currency)
            )
            for key in changed
        ),
    )


def _values(row: PriceFileRow, currency: str) -> dict[str, Any]:
    """What the filled cells say, by column."""
    values: dict[str, Any] = {}
    if row.price:
        values["price_e4"] = file_price(row.price, currency)
    if row.unit:
        values["unit"] = row.unit[:40]
    if row.description:
        values["description"] = row.description
    if row.minutes:
        minutes = int(row.minutes) if row.minutes.isdecimal() else parse_length(row.minutes)
        if minutes is None or not 0 <= minutes <= 10_000:
            raise AppError("prices.length", text=row.minutes[:40])
        values["minutes"] = minutes
    if row.taxed:
        values["taxable"] = int(fold(row.taxed) not in _NO)
    if row.kind:
        values["is_good"] = int(fold(row.kind) in _GOODS)
    return values


def _shown(column: str, value: Any, currency: str) -> str:
    return plain_price(value, currency) if column == "price_e4" else str(value)


@dataclass(frozen=True, slots=True)
class ImportPrices(Command[tuple[PlanRow, ...]]):
    """Write the prices of a plan, all or none; returns the rows with their ids. One entry in the
    undo list; raises ``app.stopped``."""

    plan: ImportPlan
    progress: Progress

    def execute(self, uow: UnitOfWork) -> tuple[PlanRow, ...]:
        total = self.plan.to_write()
        done = 0
        rows = []
        for row in self.plan.rows:
            if row.action in {Action.ADD, Action.UPDATE}:
                self.progress.report(done, total)
                done += 1
                rows.append(replace(row, id=self._write(uow, row)))
            else:
                rows.append(row)
        uow.describe(
            "import of {count} prices from {file}", count=total, file=", ".join(self.plan.files)
        )
        return tuple(rows)

    def _write(self, uow: UnitOfWork, row: PlanRow) -> int:
        if row.action is Action.ADD:
            position = ordering.end_of(uow, models.Service)
            return uow.add(
                models.Service(name=row.name, position=position, deleted_at=None, **row.payload)
            ).id
        assert row.id is not None
        service = uow.get(models.Service, row.id)
        for key, value in row.payload.items():
            setattr(service, key, value)
        return service.id


IMPORTER = Importer("pricelist", {".csv": PARSER}, plan_prices, ImportPrices)
