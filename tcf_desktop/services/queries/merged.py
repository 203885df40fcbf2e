"""Where contacts went that were merged into others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_CHAIN: Final = 50  # merges of merges

# The contact of the parameter and all that were merged into it.
ALL_OF: Final = (
    "(WITH RECURSIVE one(id) AS (VALUES (?) UNION SELECT c.id FROM contacts c"
    " JOIN one ON c.merged_into_id = one.id) SELECT id FROM one)"
)


def kept_contact(r: Reader, contact_id: int) -> int:
    """The contact that this one was merged into in the end; itself when it was not."""
    for _ in range(_CHAIN):
        into = r.value("SELECT merged_into_id FROM contacts WHERE id = ?", (contact_id,))
        if into is None:
            break
        contact_id = int(into)
    return contact_id
