"""Words about the mails that go with documents, and about electronic invoices."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "invoice.electronic_missing": (
        "This customer gets electronic invoices, and something is missing. {missing} Nothing was"
        " issued and no number was taken; the draft is kept.",
        "Add what is missing. To go on without, switch electronic invoices off for this customer:"
        " the invoice is a plain PDF then.",
    ),
    "messages.no_address": (
        "There is no e-mail address that may be written to. No e-mail was prepared.",
        "Add an address to the contact, or print the document.",
    ),
}
