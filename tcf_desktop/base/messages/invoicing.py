"""Words about the mails that go with documents."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "messages.no_address": (
        "There is no e-mail address that may be written to. No e-mail was prepared.",
        "Add an address to the contact, or print the document.",
    ),
}
