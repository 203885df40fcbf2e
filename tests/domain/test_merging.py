"""Two records of one customer: what each field has on both sides and what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcf_desktop.domain.contacts import ContactDraft, Exemption, Named, Place
from tcf_desktop.domain.merging import (
    default_choices,
    joined_places,
    same_place,
    sides,
    united_tags,
)

HOME = Place(name="Home", street="2416 S Prairie Ave", city="Sioux Falls", postal_code="57105")


def test_every_field_that_anybody_filled_has_two_sides() -> None:
    keep = ContactDraft(
        first_name="Jane", last_name="Olson", terms_days=0, fields=(Named("Dog", "Rex"),)
    )
    other = ContactDraft(
        company="Farm", exemption=Exemption("E-1", "SD", "2027-01-01"), crew="Windows A",
        fields=(Named("Dog", "Bella"), Named("Meter", "7")),
    )  # fmt: skip
    found = {side.key: (side.keep, side.other, side.differs) for side in sides(keep, other)}
    assert found == {
        "name": ("Jane Olson", "", False),
        "company": ("", "Farm", False),
        "segment": ("residential", "residential", False),
        "crew": ("", "Windows A", False),
        "terms": ("0", "", False),
        "exemption": ("", "E-1 · SD · 2027-01-01", False),
        "field:Dog": ("Rex", "Bella", True),
        "field:Meter": ("", "7", False),
    }
    assert default_choices(keep, other) == {"company", "crew", "exemption", "field:Meter"}


def test_an_exemption_without_a_certificate_is_one() -> None:
    exempt = ContactDraft(exemption=Exemption())
    assert default_choices(ContactDraft(), exempt) == {"exemption"}


def test_tags_are_united_whatever_their_case() -> None:
    assert united_tags(("Gold", "gate"), ("gold", "Pool")) == ("Gold", "gate", "Pool")


@pytest.mark.parametrize(
    "theirs",
    [
        HOME,
        replace(HOME, name="", gate_code="4471", person="Kim", tax_id=1),
        replace(HOME, street="2416 South Prairie Avenue", measures=(Named("Panes", "24"),)),
    ],
)
def test_one_address_is_one_place(theirs: Place) -> None:
    assert same_place(HOME, theirs)


@pytest.mark.parametrize(
    "theirs",
    [
        replace(HOME, street="2418 S Prairie Ave"),
        replace(HOME, name="Shop"),
        replace(HOME, is_billing=True),
        replace(HOME, gate_code="1"),
        replace(HOME, tax_id=2),
        replace(HOME, measures=(Named("panes", "30"),)),
        Place(city="Sioux Falls"),
    ],
)
def test_what_contradicts_is_another_place(theirs: Place) -> None:
    ours = replace(HOME, gate_code="2", tax_id=1, measures=(Named("Panes", "24"),))
    assert not same_place(ours, theirs)


def test_each_place_is_joined_with_one() -> None:
    first, second = replace(HOME, id=1), replace(HOME, id=2)
    third, fourth, fifth = (replace(HOME, id=number) for number in (3, 4, 5))
    pairs, rest = joined_places([first, second], [third, fourth, fifth])
    assert [(ours.id, theirs.id) for ours, theirs in pairs] == [(1, 3), (2, 4)]
    assert [place.id for place in rest] == [5]
