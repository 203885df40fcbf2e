"""Words about printed schedules, visit codes and treatments."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "visit.code_check": (
        "The code {typed} does not fit together: a sign of it was misread or left out.",
        "Compare it with the sheet and type it again. Every code begins with V.",
    ),
    "visit.code_signs": (
        "The code {typed} holds “{sign}”, which is in no code.",
        "Compare it with the sheet and type it again. Codes have no vowels, no 0 and no 1.",
    ),
    "visit.code_gone": (
        "The visit with the code {typed} is not on the schedule any more.",
        "It was deleted, or its series was changed. Look for the customer instead.",
    ),
    "daysheet.unknown_worker": (
        "There is no worker with the name {worker}.",
        "Look at the names under Team.",
    ),
    "treatment.product": (
        "A treatment needs the name of the product. Nothing was saved.",
        "Write what was put down, as it stands on the label.",
    ),
    "treatment.amount": (
        "“{text}” is not an amount. Nothing was saved.",
        "Write a number like 1.5 and its unit beside it.",
    ),
    "treatment.when": (
        "“{text}” is not a time of day. Nothing was saved.",
        "Write it like 9:30 AM.",
    ),
    "treatment.none": (
        "No treatment is recorded at this visit, so there is no record to print.",
        "Record the treatment at the visit first.",
    ),
    "schedule.nothing_to_print": (
        "Nothing is planned in the days and crews that were chosen.",
        "Choose other days, or more crews.",
    ),
}
