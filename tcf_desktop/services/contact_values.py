"""From what a form or a file says about a contact to columns, and from names to what they mean."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.contacts import ContactDraft, Email, Named, Phone, Place, fold
from tcf_desktop.domain.custom_fields import kept_value, milli
from tcf_desktop.domain.phone_numbers import e164

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class FieldMeaning:
    """A field of the office's own: its id, kind and choices."""

    id: int
    kind: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the names in a draft mean here, by folded name."""

    country: str
    crews: Mapping[str, int]
    price_lists: Mapping[str, int]
    fields: Mapping[str, FieldMeaning]
    measures: Mapping[str, int]

    def crew(self, name: str) -> int | None:
        return _meant(self.crews, "crew", name)

    def price_list(self, name: str) -> int | None:
        return _meant(self.price_lists, "price list", name)

    def field_values(self, values: Iterable[Named]) -> dict[int, str]:
        """The stored values by field; raises ``fields.unknown`` and the ``fields.not_…``."""
        result = {}
        for entry in values:
            meaning = self.fields.get(fold(entry.name))
            if meaning is None:
                raise AppError("fields.unknown", name=entry.name)
            result[meaning.id] = kept_value(entry.name, meaning.kind, meaning.choices, entry.value)
        return result

    def measure_values(self, values: Iterable[Named]) -> dict[int, int]:
        """Thousandths by measure; raises ``fields.unknown`` and ``fields.not_a_number``."""
        result = {}
        for entry in values:
            measure = self.measures.get(fold(entry.name))
            if measure is None:
                raise AppError("fields.unknown", name=entry.name)
            result[measure] = milli(entry.name, entry.value)
        return result


def vocabulary(rows: Callable[[str], Sequence[Any]]) -> Vocabulary:
    """Read the names; ``rows`` runs a statement (``uow.rows`` or ``reader.all``)."""
    country = rows("SELECT country FROM business WHERE id = 1")
    return Vocabulary(
        country=str(country[0][0]) if country else "US",
        crews=_by_name(rows("SELECT name, id FROM crews WHERE deleted_at IS NULL")),
        price_lists=_by_name(rows("SELECT name, id FROM price_lists WHERE deleted_at IS NULL")),
        fields={
            fold(name): FieldMeaning(field_id, kind, tuple(json.loads(choices)))
            for name, field_id, kind, choices in rows(
                "SELECT name, id, kind, choices FROM custom_fields WHERE deleted_at IS NULL"
            )
        },
        measures=_by_name(rows("SELECT name, id FROM measures WHERE deleted_at IS NULL")),
    )


def contact_values(draft: ContactDraft, known: Vocabulary) -> dict[str, Any]:
    """The columns of ``contacts`` that a tidied draft fills; raises ``contacts.unknown_name``."""
    exemption = draft.exemption
    return {
        "kind": draft.kind,
        "segment": draft.segment,
        "first_name": draft.first_name,
        "last_name": draft.last_name,
        "company": draft.company,
        "display_name": draft.shown_as(),
        "sort_name": rules.sort_name(
            draft.first_name, draft.last_name, draft.company, draft.shown_as()
        ),
        "name_key": rules.name_key(draft.shown_as()),
        "tags": ",".join(draft.tags),
        "source": draft.source,
        "language": draft.language,
        "default_crew_id": known.crew(draft.crew),
        "price_list_id": known.price_list(draft.price_list),
        "terms_days": draft.terms_days,
        "tax_exempt": int(exemption is not None),
        "exempt_number": exemption.number if exemption else "",
        "exempt_region": exemption.region if exemption else "",
        "exempt_until_on": (exemption.until_on or None) if exemption else None,
        "tax_number": draft.tax_number,
        "buyer_reference": draft.buyer_reference,
        "e_invoice": int(draft.e_invoice),
    }


def new_contact_values(
    draft: ContactDraft, known: Vocabulary, now_at: int, uid: str = ""
) -> dict[str, Any]:
    """Every column of a new contact; ``uid`` keeps the identity that a file gave it."""
    return {
        **contact_values(draft, known),
        "uid": uid or str(uuid.uuid4()),
        "created_at": now_at,
        "updated_at": now_at,
        "deleted_at": None,
        "merged_into_id": None,
        "erased_at": None,
    }


def phone_values(phone: Phone, known: Vocabulary) -> dict[str, Any]:
    """The columns of a number but its contact and position."""
    return {
        "label": phone.label,
        "number": phone.number,
        "digits": rules.phone_digits(phone.number),
        "e164": e164(phone.number, known.country),
    }


def email_values(mail: Email) -> dict[str, Any]:
    """The columns of a mail address but its contact and position."""
    return {"label": mail.label, "address": mail.address}


def place_values(place: Place) -> dict[str, Any]:
    """The columns of a place but its contact, position and measures."""
    return {
        "name": place.name,
        "street": place.street,
        "street2": place.street2,
        "city": place.city,
        "region": place.region,
        "postal_code": place.postal_code,
        "country": place.country,
        "address_key": rules.place_key(place),
        "gate_code": place.gate_code,
        "access_note": place.access_note,
        "person": place.person,
        "person_phone": place.person_phone,
        "is_billing": int(place.is_billing),
        "tax_id": place.tax_id,
        "lat": place.lat,
        "lon": place.lon,
        "deleted_at": None,
    }


def _by_name(rows: Iterable[Any]) -> dict[str, int]:
    return {fold(name): row_id for name, row_id in rows}


def _meant(known: Mapping[str, int], what: str, name: str) -> int | None:
    if not name:
        return None
    found = known.get(fold(name))
    if found is None:
        raise AppError("contacts.unknown_name", what=what, name=name)
    return found
