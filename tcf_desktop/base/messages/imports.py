"""Words of importing contacts: columns, earlier imports."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "import.other_columns": (
        "“{file}” has other columns now than when it was looked at. Nothing was imported.",
        "Choose the file again.",
    ),
    "import.no_such_column": (
        "“{file}” has no column “{heading}” (it has: {found}). Nothing was imported.",
        "Write the heading as it stands in the first line of the file.",
    ),
    "import.no_such_target": (
        "“{target}” is nothing that a column can hold. Nothing was imported.",
        "Choose one of: {known}; or field:NAME for a field of your own.",
    ),
    "import.final": (
        "This import cannot be taken back any more. Nothing was changed.",
        "Delete what you do not want in the list of contacts; it goes to the trash.",
    ),
}
