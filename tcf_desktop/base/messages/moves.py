"""Words about moved visits, messages about them, complaints and routes."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "messages.nobody": (
        "This appointment has no customer who could be told. Nothing was changed.",
        "Choose a customer in the appointment first.",
    ),
    "messages.gone": (
        "This message does not wait any more. Nothing was changed.",
        "Look at the list again: it may have been told or discarded already.",
    ),
    "messages.empty": (
        "A message needs some words. What was written before is kept.",
        "Write what the customer is to be told.",
    ),
    "rain_day.nothing": (
        "No visit is ticked, so nothing was moved.",
        "Tick the visits that are to be moved.",
    ),
    "rain_day.changed": (
        "{name} was changed meanwhile. Nothing was moved.",
        "Open the rain day again to see the day as it is now.",
    ),
    "complaints.empty": (
        "Write what the customer is not content with. Nothing was saved yet.",
        "A few words are enough; the crew of the call-back reads them.",
    ),
    "complaints.no_visit": (
        "Only a visit to a customer can be complained about. Nothing was changed.",
        "Choose a finished visit of the customer.",
    ),
    "complaints.closed": (
        "This complaint is closed already. Nothing was changed.",
        "Look at the list again.",
    ),
    "route.changed": (
        "The day was changed meanwhile. Nothing was moved.",
        "Look at the route again and set the times anew.",
    ),
}
