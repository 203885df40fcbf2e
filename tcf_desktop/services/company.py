"""The business itself: name and address, taxes, logo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.numbering import PATTERN_COLUMNS
from tcf_desktop.domain.tax import RoundingPolicy
from tcf_desktop.services.command import Command
from tcf_desktop.services.numbering import require_unique

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MOST_PARTS = 8
MAX_RATE_PPM = 1_000_000
_FIELDS = frozenset(
    {
        "name", "address", "email", "phone", "website", "currency", "zone", "country", "region",
        "default_tax_id", "invoice_pattern", "credit_pattern", "deposit_pattern",
        "proposal_pattern", "terms_days", "invoice_message", "tax_number", "prices_include_tax",
        "rounding",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SaveBusiness(Command[None]):
    """Change fields of the business: pairs of column and value.

    Raises ``company.name_missing``, ``company.zone_unknown``, ``numbering.bad_pattern``,
    ``numbering.meets``, ``numbering.repeats``.
    """

    changes: tuple[tuple[str, str | int | None], ...]

    def execute(self, uow: UnitOfWork) -> None:
        from tcf_desktop.models import Business

        business = uow.get(Business, 1)
        for field, value in self.changes:
            if field not in _FIELDS:
                raise ValueError(field)
            _check(field, value)
            if field in PATTERN_COLUMNS:
                require_unique(uow, field, str(value))
            setattr(business, field, value.strip() if field == "name" else value)  # type: ignore[union-attr]
        uow.describe("change of the business settings")


@dataclass(frozen=True, slots=True)
class SaveTax(Command[int]):
    """Make or change a tax: its name and its parts as (name, millionths). Gives its id.

    Raises ``company.tax_unnamed``, ``company.tax_rate``.
    """

    tax_id: int | None
    name: str
    parts: tuple[tuple[str, int], ...]

    def execute(self, uow: UnitOfWork) -> int:
        from tcf_desktop.models import Tax, TaxPart

        name = self.name.strip()
        if not name:
            raise AppError("company.tax_unnamed")
        if not self.parts or len(self.parts) > MOST_PARTS:
            raise AppError("company.tax_rate", most=MOST_PARTS)
        if any(not 0 <= rate <= MAX_RATE_PPM for _, rate in self.parts):
            raise AppError("company.tax_rate", most=MOST_PARTS)
        if self.tax_id is None:
            tax = uow.add(Tax(name=name))
            uow.describe("new tax {name}", name=name)
        else:
            tax = uow.get(Tax, self.tax_id)
            tax.name = name
            uow.describe("change of the tax {name}", name=name)
        old = uow.find(TaxPart, TaxPart.position, TaxPart.id, tax_id=tax.id)
        for position, (part, rate) in enumerate(self.parts):
            if position < len(old):
                old[position].position, old[position].name = position, part.strip()
                old[position].rate_ppm = rate
            else:
                uow.add(TaxPart(tax_id=tax.id, position=position, name=part.strip(), rate_ppm=rate))
        for gone in old[len(self.parts) :]:
            uow.delete(gone)
        return tax.id


@dataclass(frozen=True, slots=True)
class DeleteTax(Command[None]):
    """Take a tax out of use; refused while it is the default or a location names it."""

    tax_id: int

    def execute(self, uow: UnitOfWork) -> None:
        from tcf_desktop.models import Business, Tax

        tax = uow.get(Tax, self.tax_id)
        places = uow.value(
            "SELECT count(*) FROM locations WHERE tax_id = ? AND deleted_at IS NULL", (tax.id,)
        )
        if places:
            raise AppError("company.tax_in_use", name=tax.name, places=places)
        business = uow.get(Business, 1)
        if business.default_tax_id == tax.id:
            raise AppError("company.tax_default", name=tax.name)
        tax.deleted_at = uow.now_at
        uow.describe("deleting the tax {name}", name=tax.name)


@dataclass(frozen=True, slots=True)
class SaveLogo(Command[None]):
    """Keep a logo as PNG, or take it away with None. Pictures are not kept for undo."""

    png: bytes | None

    undoable = False
    journalled = False

    def execute(self, uow: UnitOfWork) -> None:
        from tcf_desktop.models import BusinessLogo

        found = uow.first(BusinessLogo, id=1)
        if found is not None:
            uow.delete(found)
        if self.png:
            uow.add(BusinessLogo(id=1, png=self.png))
        uow.changed("business", 1)


def _check(field: str, value: str | int | None) -> None:
    if field == "name" and not str(value or "").strip():
        raise AppError("company.name_empty")
    if field == "zone":
        try:
            ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise AppError("company.zone_unknown", zone=value) from error
    if field == "rounding":
        RoundingPolicy.of(str(value))
