"""What was done when a person was erased, as a text that can be handed over and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from textwrap import fill
from typing import Final

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.privacy import Counted, ErasePlan

_WIDTH: Final = 78
_RULE: Final = "-" * _WIDTH
_SUM: Final = "SHA-256 of the text above: "


def reasons(plan: ErasePlan) -> list[tuple[Counted, str]]:
    """What stays, each with its reason as a sentence."""
    until = (
        f"The law asks to keep them {plan.retention_years} years; the name on them is removed"
        f" on {plan.kept_until_on}."
        if plan.kept_until_on
        else "Number, dates, amounts and tax stay for the books, without a name."
    )
    words = {
        "invoices": until,
        "payments": until,
        "bare_visits": "Invoices refer to them; they carry no name, place or note.",
        "treatments": "Offices have to keep what was put on a lawn; it carries no name.",
        "opt_outs": "Kept as a salted hash, so that a later import cannot write to the address.",
    }
    return [(each, words[each.key]) for each in plan.stays]


def certificate(plan: ErasePlan, shown_as: str, business: str, at: int, zone: str) -> str:
    """The certificate in English; ``at`` is the instant of erasing in UTC ms."""
    moment = from_ms(at, zone).isoformat(sep=" ", timespec="minutes")
    lines = [
        "CERTIFICATE OF ERASURE",
        _RULE,
        f"Business:   {business}",
        f"Person:     {plan.name}",
        f"Erased on:  {moment} ({zone})",
        f"Shown as:   {shown_as}",
        "",
        "Removed",
        *_listed([each.text() for each in plan.goes] or ["Only the name; nothing else was kept."]),
        "",
        "Kept, and why",
        *_listed([f"{each.text()}. {why}" for each, why in reasons(plan)] or ["Nothing was kept."]),
        "",
        "Not within reach of the program",
        *_listed(
            [
                "Copies that left it before: printed pages, mails that were sent, exported files,"
                " copies of the data folder.",
                *(
                    [f"The name stands in {plan.mentions} notes of other contacts."]
                    if plan.mentions
                    else []
                ),
            ]
        ),
        "",
        fill(
            "The database was written anew afterwards, so that no page of it keeps a rest. This"
            " certificate names the person; keep it only as long as you must prove it.",
            _WIDTH,
        ),
        _RULE,
    ]
    text = "\n".join(lines) + "\n"
    return f"{text}{_SUM}{hashlib.sha256(text.encode()).hexdigest()}\n"


def is_genuine(text: str) -> bool:
    """Whether a certificate is as it was written."""
    body, mark, digest = text.rpartition(_SUM)
    return bool(mark) and hashlib.sha256(body.encode()).hexdigest() == digest.strip()


def _listed(texts: Sequence[str]) -> list[str]:
    return [fill(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ") for text in texts]
