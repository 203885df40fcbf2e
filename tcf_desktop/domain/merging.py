"""Two records of one customer become one: what each field has on both sides and what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tcf_desktop.domain.contacts import ContactDraft, Place, fold
from tcf_desktop.domain.duplicates import address_key

# The fields of a person's choice, in the order of the screen. Fields of the office's own follow
# as "field:NAME".
FIELDS: Final = (
    "name", "company", "segment", "source", "language", "crew", "price_list", "terms", "exemption",
    "e_invoice",
)  # fmt: skip
OWN: Final = "field:"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a field in words; empty when there is nothing."""

    key: str
    keep: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether there is something to choose: both say something, and not the same."""
        return bool(self.keep and self.other) and self.keep != self.other

    @property
    def takes_other(self) -> bool:
        """What is kept unless somebody chooses: the only one that says something."""
        return not self.keep and bool(self.other)


def sides(keep: ContactDraft, other: ContactDraft) -> list[Side]:
    """Every field on both sides; those that nobody filled are left out."""
    ours, theirs = _texts(keep), _texts(other)
    keys = [*FIELDS, *(key for key in {**ours, **theirs} if key.startswith(OWN))]
    found = (Side(key, ours.get(key, ""), theirs.get(key, "")) for key in keys)
    return [side for side in found if side.keep or side.other]


def default_choices(keep: ContactDraft, other: ContactDraft) -> frozenset[str]:
    """The fields that come from the other one unless somebody chooses."""
    return frozenset(side.key for side in sides(keep, other) if side.takes_other)


def _texts(draft: ContactDraft) -> dict[str, str]:
    exemption = draft.exemption
    certificate = ""
    if exemption is not None:
        parts = (exemption.number, exemption.region, exemption.until_on)
        certificate = " · ".join(part for part in parts if part) or "–"
    return {
        "name": f"{draft.first_name} {draft.last_name}".strip(),
        "company": draft.company,
        "segment": draft.segment,
        "source": draft.source,
        "language": draft.language,
        "crew": draft.crew,
        "price_list": draft.price_list,
        "terms": "" if draft.terms_days is None else str(draft.terms_days),
        "exemption": certificate,
        "e_invoice": " · ".join(
            filter(None, ("EN 16931" * draft.e_invoice, draft.tax_number, draft.buyer_reference))
        ),
        **{f"{OWN}{entry.name}": entry.value for entry in draft.fields},
    }


def united_tags(keep: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """The tags of both, each once."""
    tags: dict[str, str] = {}
    for tag in (*keep, *other):
        tags.setdefault(fold(tag), tag)
    return tuple(tags.values())


def same_place(ours: Place, theirs: Place) -> bool:
    """Whether two places are one: an equal address, and nothing that says otherwise."""
    key = _address(ours)
    if not key or key != _address(theirs) or ours.is_billing != theirs.is_billing:
        return False
    told_apart = (
        (ours.name, theirs.name),
        (ours.gate_code, theirs.gate_code),
        (ours.access_note, theirs.access_note),
        (ours.person, theirs.person),
        (ours.person_phone, theirs.person_phone),
        (ours.tax_id, theirs.tax_id),
    )
    if any(one and two and one != two for one, two in told_apart):
        return False
    known = {fold(entry.name): entry.value for entry in ours.measures}
    return all(known.get(fold(m.name), m.value) == m.value for m in theirs.measures)


def _address(place: Place) -> str:
    return address_key(place.street, place.street2, place.city, place.postal_code)


def joined_places(
    keep: Iterable[Place], other: Iterable[Place]
) -> tuple[list[tuple[Place, Place]], list[Place]]:
    """(pairs that are one place, places that only the other one has)."""
    free = list(keep)
    pairs, rest = [], []
    for theirs in other:
        ours = next((place for place in free if same_place(place, theirs)), None)
        if ours is None:
            rest.append(theirs)
        else:
            free.remove(ours)
            pairs.append((ours, theirs))
    return pairs, rest
