"""Repeating invoices."""

WORDS: dict[str, tuple[str, str]] = {
    "repeating.no_name": (
        "This repeating invoice has no name. Nothing was changed.",
        "Give it one, for example “Mowing, monthly”.",
    ),
    "repeating.no_lines": (
        "This repeating invoice has no lines. Nothing was changed.",
        "Add what is billed each time, or bill the finished visits.",
    ),
    "repeating.no_dates": (
        "This rule never gives a date. Nothing was changed.",
        "Check the first date and when it repeats.",
    ),
    "repeating.billed": (
        "This repeating invoice was billed up to {day}. Nothing was changed.",
        "Let the new dates begin after that day.",
    ),
    "repeating.not_due": (
        "“{name}” is not due on {day}. No invoice was made.",
        "The list of what is due shows the dates that can be billed.",
    ),
    "repeating.done": (
        "“{name}” was done for {day} already. No second invoice was made.",
        "To bill it anew, discard the draft or void the invoice first.",
    ),
    "repeating.no_visits": (
        "“{name}” has no finished visits to invoice for {day}. No invoice was made.",
        "Mark the visits as finished, or skip this date.",
    ),
    "repeating.mixed_taxes": (
        "The places of “{name}” have different taxes. No invoice was made.",
        "Make one repeating invoice for each place.",
    ),
}
