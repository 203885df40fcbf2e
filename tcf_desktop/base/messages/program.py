"""Words of the data folder, the start, undo and everything the program itself is about."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # the data folder and the database
    "data.no_business": (
        "There is no business in {folder}.",
        "Make one with “new”, or look around in a sample business with --demo.",
    ),
    "data.exists": ("There is a business in {folder} already. It was not touched.", ""),
    "data.newer": (
        "This data was written by a newer version of TCF Desktop (layout {found}, this version "
        "knows {known}). Nothing was changed.",
        "Install the newest version of the program and open it again.",
    ),
    "data.foreign": ("{path} is not a TCF Desktop database. Nothing was changed.", ""),
    "data.damaged": (
        "The database cannot be read: part of the file is damaged. Nothing was changed.",
        "Keep the file as it is and restore the last backup.",
    ),
    "data.disk_full": (
        "The disk is full. Your last change was not saved; everything before it is.",
        "Free some space, then try again.",
    ),
    "data.read_only": (
        "The data folder {folder} cannot be written. Nothing was changed.",
        "Allow this account to write there, or choose another folder.",
    ),
    "data.busy_file": (
        "Another program holds the database at the moment. Nothing was lost.",
        "Try again in a moment.",
    ),
    "data.io": (
        "The disk reported a problem while reading or writing. The change was not saved.",
        "Check the disk, then try again.",
    ),
    "data.gone": (
        "This entry no longer exists.",
        "It was deleted meanwhile; undo may bring it back.",
    ),
    "data.sqlite_old": ("The database library {found} is too old; {needed} is needed.", ""),
    "data.migration": (
        "The data could not be brought to this version’s layout: {reason}. The old data was left "
        "untouched.",
        "Keep the file {path} and report the problem.",
    ),
    "app.bug": (
        "Something went wrong in the program itself. Your last change was not saved; everything "
        "before it is.",
        "Try again; if it stays, save the report from Help.",
    ),
    "app.stopped": ("Stopped. Nothing was changed.", ""),
    "app.closing": ("The program is closing. Nothing was changed.", ""),
    # undo
    "undo.nothing": ("There is nothing to undo.", ""),
    "undo.nothing_to_redo": ("There is nothing to do again.", ""),
    "undo.moved_on": (
        "“{label}” cannot be undone: the entry was changed again since.",
        "Undo the later change first.",
    ),
    "undo.in_use": (
        "“{label}” cannot be undone: other entries were added to it since.",
        "Undo or delete those first.",
    ),
    "undo.final": (
        "“{label}” cannot be undone.",
        "Earlier changes can be taken back one by one in Edit, Undo history.",
    ),
    "data.not_a_folder": ("{folder} is a file, not a folder. Nothing was changed.", ""),
    "data.in_cloud_folder": (
        "{folder} lies in a {service} folder. Two computers writing to it can damage it.",
        "Keep the data elsewhere and only backups there; the window offers to move it.",
    ),
    # the worker process
    "worker.died": (
        "The part of the program that reads files and makes documents stopped by surprise. "
        "Nothing was changed.",
        "Try again; if the same file does it again, the file is probably damaged.",
    ),
    "worker.timed_out": (
        "This took longer than {seconds} seconds and was stopped. Nothing was changed.",
        "Try a smaller file or fewer documents at once.",
    ),
    "worker.too_big": (
        "There is too much in this to read it safely. Nothing was changed.",
        "Split it into smaller files and try again.",
    ),
    # starting, the command line and files in general
    "app.busy": (
        "The data folder {folder} is in use by {holder} (process {pid}). Nothing was changed.",
        "Close it there first, or do this in its window.",
    ),
    "app.usage": ("{message}", ""),
    "data.network_drive": (
        "The folder {folder} lies on a network drive. A database that is shared over the network "
        "can be damaged, so it is not opened there. Nothing was changed.",
        "Choose a folder on this computer; backups may go to the network.",
    ),
    "data.move_failed": (
        "The data could not be moved to {target}. It is still complete in {folder}.",
        "Check that the target is empty and can be written, then try again.",
    ),
    "file.missing": ("There is no file {path}.", "Check the name and try again."),
    "file.is_folder": ("{path} is a folder, not a file.", "Name a file in it."),
    "file.no_permission": (
        "{path} may not be read or written by this account. Nothing was changed.",
        "Allow it there, or choose another place.",
    ),
    "company.name_missing": ("A business needs a name.", "Give one with --name."),
    "tour.own_business": (
        "The tour changes the business that it shows, so it does not use your own. Nothing was "
        "changed.",
        "Leave --data away, or add --demo to it.",
    ),
    "tour.step_failed": ("The tour stopped at “{step}”: {reason}", ""),
    "selftest.failed": ("{count} parts of this installation do not work: {parts}.", ""),
    # the sample business
    "sample.not_empty": (
        "There are entries in this business already; the sample business was not added.",
        "Choose an empty folder.",
    ),
    "sample.size": ("There is no sample business of the size “{size}”.", "Sizes: {sizes}."),
    # what "check" finds
    "check.database": (
        "The database file is damaged ({where}): {detail}",
        "Keep the file as it is and restore the last backup.",
    ),
    "check.reference": ("{where} points to a record of {detail} that does not exist.", ""),
    "check.totals": ("The figures of {where} do not add up: {detail}.", ""),
    "check.gap": ("The numbers of {where} have a gap: {detail}.", ""),
    "check.next_number": ("The next number of {where} is wrong: {detail}.", ""),
    "check.balance": ("What is paid and open of {where} does not agree: {detail}.", ""),
    "check.state": ("The state of {where} does not fit its payments: {detail}.", ""),
    "check.search": ("The search index is out of step at {where}: {detail}.", ""),
    "check.time": ("The time of {where} does not fit its time zone: {detail}.", ""),
    "check.planned": ("The planned amount of {where} is wrong: {detail}.", ""),
    "check.series": ("What is stored of {where} does not fit its rule: {detail}.", ""),
    "check.crew": ("{where} is in two crews at once: {detail}.", ""),
    "check.clock": ("{where} is on the clock more than once: {detail}.", ""),
    "check.logo": ("The {where} is not a picture that can be printed.", "Choose it again."),
    "check.file": ("The file {where} cannot be read: {detail}.", ""),
}
