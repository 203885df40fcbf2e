"""Words of files and photos that are kept with a contact, of opening them, of day sheets."""

from __future__ import annotations

_OTHER = "Save it as a PDF or a picture and add that."

WORDS: dict[str, tuple[str, str]] = {
    "files.not_a_file": (
        "“{file}” is a folder or a device, not a file. It was not added.",
        "Choose the files inside it.",
    ),
    "files.missing": (
        "“{file}” is not there any more. It was not added.",
        "Look where it was saved and add it again.",
    ),
    "files.unreadable": (
        "“{file}” cannot be read. It was not added.",
        "Close it in other programs, check that you may read it, and add it again.",
    ),
    "files.empty": ("“{file}” is empty. It was not added.", "Check that it was saved whole."),
    "files.too_big": (
        "“{file}” is larger than {limit} MB. It was not added.",
        "Make it smaller, or keep it in a folder of its own and note where.",
    ),
    "files.program": (
        "“{file}” is a program or a script. Such files are not kept with contacts.",
        "Add photos, PDFs, texts or spreadsheets.",
    ),
    "files.web_page": (
        "“{file}” is a web page or XML, which can run scripts. It was not added.",
        _OTHER,
    ),
    "files.drawing": ("“{file}” is an SVG, which can run scripts. It was not added.", _OTHER),
    "files.macros": (
        "“{file}” holds macros, which are programs. It was not added.",
        "Save it without macros (.docx or .xlsx) or as a PDF and add that.",
    ),
    "files.old_office": (
        "“{file}” is of an old Office format, which can hold programs. It was not added.",
        "Save it as .docx, .xlsx or PDF and add that.",
    ),
    "files.archive": (
        "“{file}” is an archive of other files. It was not added.",
        "Unpack it and add the files inside.",
    ),
    "files.unknown_type": (
        "“{file}” is not of a kind that is kept: photos, PDFs, texts, spreadsheets, videos.",
        "Open it in its own program, save it as a PDF or a picture and add that.",
    ),
    "files.name_empty": ("A file needs a name. The old one was kept.", "Type a name."),
    "files.lost": (
        "The file “{file}” is not in the data folder any more. Its entry was kept.",
        "Bring the folder “files” back from a backup, or add the file again.",
    ),
    "external.no_program": (
        "No program on this computer opens {what}. The file itself is safe.",
        "Save a copy and open it where there is one.",
    ),
    "daysheet.empty": (
        "Nobody has a visit on {day}, so there is no day sheet.",
        "Choose another day, or give visits to a crew on the schedule.",
    ),
    "daysheet.unknown_crew": (
        "There is no crew with the name {crew}.",
        "Look at the names of the crews on the schedule.",
    ),
    "check.attachment_missing": ("The {where} is not in the folder “files” any more.", ""),
    "check.attachment_changed": ("The {where} is not as it was added: its digest is {detail}.", ""),
}
