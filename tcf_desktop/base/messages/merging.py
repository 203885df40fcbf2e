"""Words about duplicates, merging and the trash."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "merge.same": (
        "That is the same contact twice. Nothing was changed.",
        "Choose another contact to merge it with.",
    ),
    "trash.name_taken": (
        "There is a {what} called {name} again. Nothing was brought back.",
        "Rename that one, then restore this one.",
    ),
    "trash.merged": (
        "{name} was merged into {kept}. Nothing was changed.",
        "Take the merge back in Edit, Undo history.",
    ),
}
