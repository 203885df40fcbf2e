"""Columns and indexes that follow from others, worked out anew: after an upgrade of the layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.contacts import Place
from tcf_desktop.domain.phone_numbers import e164
from tcf_desktop.services import search
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


class RefreshDerived(Command[None]):
    """Keys for comparing names, addresses and numbers; the search index."""

    journalled = False

    def execute(self, uow: UnitOfWork) -> None:
        country = str(uow.value("SELECT country FROM business WHERE id = 1") or "US")
        uow.driver(
            "UPDATE contacts SET name_key = ? WHERE id = ?",
            [
                (rules.name_key(name), contact_id)
                for contact_id, name in uow.rows("SELECT id, display_name FROM contacts")
            ],
        )
        uow.driver(
            "UPDATE locations SET address_key = ? WHERE id = ?",
            [
                (
                    rules.place_key(
                        Place(street=street, street2=street2, city=city, postal_code=code)
                    ),
                    location_id,
                )
                for location_id, street, street2, city, code in uow.rows(
                    "SELECT id, street, street2, city, postal_code FROM locations"
                )
            ],
        )
        uow.driver(
            "UPDATE contact_phones SET e164 = ? WHERE id = ?",
            [
                (e164(number, country), phone_id)
                for phone_id, number in uow.rows("SELECT id, number FROM contact_phones")
            ],
        )
        search.rebuild(uow.connection)
