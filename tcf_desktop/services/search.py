"""The full-text index over contacts: one row a living contact, rebuilt when the contact changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

CONTACT_PARTS: Final = frozenset(
    {"contact_phones", "contact_emails", "locations", "notes", "custom_values"}
)
# Nobody types a private-use letter. With the kind after it, it is a word of the index, so that a
# filter by kind costs no look at the contact itself.
KIND_MARK: Final = "\ue000"
_MOST_WORDS: Final = 12
_LONGEST_TEXT: Final = 200

_DELETE = "DELETE FROM contact_search WHERE rowid = ?"
# A number is found by its parts as written, by all its digits, and by the last seven, which is
# what people say on the phone within one town.
_INSERT = f"""
INSERT INTO contact_search (rowid, name, phones, emails, places, extra)
SELECT c.id,
       c.display_name || ' ' || c.last_name || ' ' || c.company,
       coalesce((SELECT group_concat(p.number || ' ' || p.digits || ' ' || substr(p.digits, -7),
                                     ' ')
                 FROM contact_phones p WHERE p.contact_id = c.id), ''),
       coalesce((SELECT group_concat(e.address, ' ') FROM contact_emails e
                 WHERE e.contact_id = c.id), ''),
       coalesce((SELECT group_concat(l.name || ' ' || l.street || ' ' || l.street2 || ' ' || l.city
                                     || ' ' || l.region || ' ' || l.postal_code, ' ')
                 FROM locations l WHERE l.contact_id = c.id AND l.deleted_at IS NULL), ''),
       c.tags
       || coalesce((SELECT ' ' || group_concat(n.text, ' ') FROM notes n
                    WHERE n.contact_id = c.id AND n.deleted_at IS NULL), '')
       || coalesce((SELECT ' ' || group_concat(v.value, ' ') FROM custom_values v
                    WHERE v.contact_id = c.id), '')
       || ' {KIND_MARK}' || c.kind
FROM contacts c WHERE c.deleted_at IS NULL
"""


def reindex(connection: Connection, contact_ids: Iterable[int]) -> None:
    """Bring the index rows of these contacts up to date, in the caller's transaction."""
    keys = [(contact_id,) for contact_id in contact_ids]
    if keys:
        connection.exec_driver_sql(_DELETE, keys)
        connection.exec_driver_sql(f"{_INSERT} AND c.id = ?", keys)


def rebuild(connection: Connection) -> None:
    """Index every contact anew."""
    connection.exec_driver_sql("DELETE FROM contact_search")
    connection.exec_driver_sql(_INSERT)
    connection.exec_driver_sql("INSERT INTO contact_search (contact_search) VALUES ('optimize')")


_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER_LIKE: Final = re.compile(r"[\d\s()+./-]+")


def match_expression(text: str, kind: str = "") -> str:
    """What was typed as an FTS5 query: every word a prefix, in any order; a number by its digits.

    Empty when the text holds no word at all. ``kind`` keeps only contacts of that kind.
    """
    text = unicodedata.normalize("NFC", text[:_LONGEST_TEXT])
    words = _WORD.findall(text)[:_MOST_WORDS]
    if not words:
        return ""
    query = " AND ".join(f'"{word}"*' for word in words)
    if _NUMBER_LIKE.fullmatch(text):
        digits = "".join(words)
        # Stored without 00 and without the 1 of the North American plan.
        local = digits.removeprefix("00")
        local = local[1:] if local.startswith("1") and len(local) > 4 else local
        numbers = " OR ".join(f'"{number}"*' for number in dict.fromkeys((digits, local)) if number)
        numbers = f"phones : ({numbers})"
        # An area code stands in nearly every row: its groups are not looked for one by one.
        dialled = len(words) > 1 and (len(words[0]) <= 3 or text.lstrip()[:1] in "+(")
        query = numbers if dialled else f"({query}) OR {numbers}"
    return f"({query}) AND extra : {KIND_MARK}{kind}" if kind else query
