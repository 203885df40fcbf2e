"""How this office bills: the look of its documents, how to pay, late fees, reminders.

Kept as one JSON object under :data:`KEY` in the settings of the business. What is missing or of
another type there counts as never set, so that an older or damaged entry stops no invoice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

KEY: Final = "billing"
LAYOUTS: Final = ("classic", "modern", "compact")
PAPERS: Final = ("", "letter", "a4")
QR_KINDS: Final = ("none", "epc", "link")
DEFAULT_COLOUR: Final = "#1A5FB4"
# On paper: dark enough for white letters on them, far enough from each other to be told apart.
DOCUMENT_COLOURS: Final = (
    ("blue", DEFAULT_COLOUR), ("green", "#0F6A3F"), ("red", "#A61B16"), ("violet", "#6B3FA0"),
    ("teal", "#0B6B75"), ("brown", "#7A4B12"), ("grey", "#3D4653"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReminderStep:
    """One step of reminding: so many days after the due day, with these words.

    ``{number}``, ``{open}``, ``{due}`` and ``{days}`` in the words stand for the invoice's.
    """

    days: int
    subject: str
    body: str


DEFAULT_STEPS: Final = (
    ReminderStep(
        3,
        "Invoice {number} is due",
        "Our invoice {number} was due on {due}; {open} is still open. If your payment is on its"
        " way, thank you.",
    ),
    ReminderStep(
        14,
        "Second notice: invoice {number}",
        "Our invoice {number} was due on {due}, {days} days ago; {open} is still open. Please pay"
        " it now, or call us.",
    ),
    ReminderStep(
        30,
        "Last notice: invoice {number}",
        "Our invoice {number} is {days} days late; {open} is still open. Please call us today.",
    ),
)


@dataclass(frozen=True, slots=True)
class BillingSettings:
    """Every setting with its default.

    ``paper`` empty follows the country. ``late_fee_ppm`` is a share of what is open for each
    ``late_fee_days`` that an invoice is late, ``late_fee_cents`` an amount instead;
    ``late_fee_grace`` days go by first. ``file_name`` may hold ``{kind}``, ``{number}``,
    ``{customer}`` and ``{date}``.
    """

    layout: str = "classic"
    colour: str = DEFAULT_COLOUR
    paper: str = ""
    header: str = ""
    footer: str = ""
    window_envelope: bool = False
    show_tax: bool = True
    file_name: str = "{kind} {number} {customer}"
    payment_instructions: str = ""
    payment_qr: str = "none"
    payment_link: str = ""
    account_holder: str = ""
    iban: str = ""
    bic: str = ""
    late_fee_ppm: int = 0
    late_fee_cents: int = 0
    late_fee_days: int = 30
    late_fee_grace: int = 0
    late_fee_text: str = ""
    proposal_valid_days: int = 30
    proposal_follow_up_days: int = 7
    proposal_message: str = ""
    cjk_font: str = ""
    reminder_steps: tuple[ReminderStep, ...] = DEFAULT_STEPS

    def stored(self) -> dict[str, Any]:
        """What goes into the settings as JSON."""
        return asdict(self)

    @classmethod
    def of(cls, stored: object) -> BillingSettings:
        """The settings in a JSON value of any shape."""
        if not isinstance(stored, Mapping):
            return cls()
        plain = cls()
        values: dict[str, Any] = {}
        for field in fields(cls):
            value = stored.get(field.name)
            if field.name == "reminder_steps":
                steps = _steps(value)
                if steps is not None:
                    values[field.name] = steps
            elif type(value) is type(getattr(plain, field.name)):
                values[field.name] = value
        return cls(**values)


def _steps(stored: object) -> tuple[ReminderStep, ...] | None:
    if not isinstance(stored, (list, tuple)):
        return None
    found = []
    for step in stored:
        if not isinstance(step, Mapping):
            return None
        days, subject, body = step.get("days"), step.get("subject"), step.get("body")
        if not (isinstance(days, int) and isinstance(subject, str) and isinstance(body, str)):
            return None
        found.append(ReminderStep(days, subject, body))
    return tuple(sorted(found, key=lambda step: step.days))
