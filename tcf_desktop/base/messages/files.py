"""Words of files from outside."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # files from outside
    "import.missing": (
        "“{file}” is not there any more. Nothing was imported.",
        "Look where it was saved and choose it again.",
    ),
    "import.folder": (
        "“{file}” is a folder. Nothing was imported.",
        "Choose a file inside it.",
    ),
    "import.unreadable": (
        "“{file}” cannot be opened. Nothing was imported.",
        "Close it in other programs, check that you may read it, and choose it again.",
    ),
    "import.empty": (
        "“{file}” is empty. Nothing was imported.",
        "Export it again from where it came from.",
    ),
    "import.too_big": (
        "“{file}” has {size} MB; files up to {limit} MB can be read. Nothing was imported.",
        "Export fewer entries, without pictures, or split the file.",
    ),
    "import.binary": (
        "“{file}” is not a text file, so there are no contacts or dates in it to read. "
        "Nothing was imported.",
        "Choose a .vcf, .csv, .ics or .gpx file.",
    ),
    "import.workbook": (
        "“{file}” is a workbook of a spreadsheet program. Nothing was imported.",
        "Open it there, choose “Save as”, the type “CSV UTF-8”, and import that file.",
    ),
    "import.unknown": (
        "“{file}” is of a kind that cannot be read. Nothing was imported.",
        "Choose one of: {known}.",
    ),
    "import.nothing_found": (
        "No {things} were found in “{file}”. Nothing was imported.",
        "Check that it is the right file, and export it again if it is.",
    ),
    "import.columns": (
        "Line {line} of “{file}” does not name columns that this app knows (it says: {found}). "
        "Nothing was imported.",
        "Put names such as Name, Company, Phone, E-mail, Street, City in the first line.",
    ),
    "import.cut_off": (
        "“{file}” breaks off in the contact that begins on line {line}. Nothing was imported.",
        "It was not saved or sent completely; export it again.",
    ),
    "import.open_quote": (
        "“{file}” has a quotation mark on line {line} that is never closed. Nothing was imported.",
        "Close or remove it in that line and import again.",
    ),
    "import.long_field": (
        "Line {line} of “{file}” has a field that is far too long to be part of a contact. "
        "Nothing was imported.",
        "Shorten that line and import again.",
    ),
    "import.too_many": (
        "“{file}” has more than {limit} entries. Nothing was imported.",
        "Split it into smaller files and import them one after the other.",
    ),
    "import.too_hard": (
        "“{file}” could not be read: it is damaged or far too large for what it holds. "
        "Nothing was imported.",
        "Export it again, or split it into smaller files.",
    ),
    "import.moved_on": (
        "Contacts were changed since the file was checked. Nothing was imported.",
        "Check the file again; it takes a moment.",
    ),
    "export.unwritable": (
        "“{file}” cannot be written there. Nothing was lost.",
        "Choose another folder, or close the file in other programs.",
    ),
}
