"""Words of what the office defines for its contacts: fields, measures, price lists."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "fields.nameless": ("A field needs a name. Nothing was changed.", "Give it one."),
    "fields.taken": (
        "There is a field called “{name}” already. Nothing was changed.",
        "Give this one another name, or use the one that is there.",
    ),
    "fields.no_choices": (
        "“{name}” needs something to choose from. Nothing was changed.",
        "Write its choices first, with commas between them.",
    ),
    "fields.too_many": (
        "There can be {fields} fields with {choices} choices each. Nothing was changed.",
        "Remove one that is not used any more.",
    ),
    "fields.values_misfit": (
        "“{name}” stays as it is: {count} of its values would not fit, such as “{example}”."
        " Nothing was changed.",
        "Correct those contacts first, or add a new field.",
    ),
    "measures.nameless": ("A measure needs a name. Nothing was changed.", "Give it one."),
    "measures.taken": (
        "There is a measure called “{name}” already. Nothing was changed.",
        "Give this one another name, or use the one that is there.",
    ),
    "measures.too_many": (
        "There can be {most} measures. Nothing was changed.",
        "Remove one that is not used any more.",
    ),
    "prices.nameless": ("A price list needs a name. Nothing was changed.", "Give it one."),
    "prices.nothing": (
        "No price is ticked. Nothing was changed.",
        "Tick the prices that shall change.",
    ),
    "prices.columns": (
        "“{file}” has no column of names and one of prices; its columns are: {found}. Nothing was"
        " imported.",
        "Write name and price into the first line, above the columns.",
    ),
    "prices.length": (
        "“{text}” is no length of time.",
        "Write minutes, or a time like 1h30.",
    ),
    "prices.changed": (
        "The price of “{name}” was changed in the meantime. No price was raised.",
        "Look at the list again, which now shows what holds.",
    ),
    "prices.taken": (
        "There is a price list called “{name}” already. Nothing was changed.",
        "Give this one another name, or use the one that is there.",
    ),
    "prices.too_many": (
        "There can be {most} price lists. Nothing was changed.",
        "Remove one that is not used any more.",
    ),
    "contacts.note_for_whom": (
        "The note does not say yet who may see it. Nothing was saved.",
        "Choose “Office only”, “Crew sees this” or “Customer sees this” below it.",
    ),
    "contacts.unreadable_date": (
        "“{text}” is no date for “{field}”. Nothing was saved.",
        "Write it like 7/14/2027 or +12m, or leave it empty.",
    ),
    "contacts.unreadable_number": (
        "“{text}” is no number for “{field}”. Nothing was saved.",
        "Write it like 42 or 42.5, or leave it empty.",
    ),
}
