"""Words about kept filters of the contact list."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "filters.nameless": (
        "The filter has no name yet.",
        "The list stays as it is. Give the filter a name.",
    ),
    "filters.empty": (
        "This filter shows everybody.",
        "There is nothing to keep. Choose first whom to show.",
    ),
    "filters.taken": (
        "There is a filter named “{name}” already.",
        "Both stay as they are. Choose another name.",
    ),
}
