"""The words of every error code: what happened and that nothing is lost, then what to do.

Templates take the error's parameters as ``{name}``. ``qtkit.messages`` translates them; the
command line prints them as they stand. Add the codes of an area at the end of its block.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
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
    # the business
    "company.zone_unknown": (
        "“{zone}” is not a time zone that this computer knows. Nothing was changed.",
        "Choose one such as America/Chicago.",
    ),
    "company.name_empty": (
        "The business needs a name: it stands on every invoice. The old name was kept.",
        "Type a name.",
    ),
    "company.tax_unnamed": ("A tax needs a name. Nothing was changed.", "Type a name for it."),
    "company.tax_rate": (
        "A tax has one to {most} parts, each with a rate from 0 to 100 %. Nothing was changed.",
        "Check the rates.",
    ),
    "company.tax_in_use": (
        "The tax {name} was kept: {places} of your customers’ locations use it.",
        "Give those locations another tax first.",
    ),
    "company.tax_default": (
        "The tax {name} was kept: new invoices use it.",
        "Choose another default tax first.",
    ),
    "company.logo_unreadable": (
        "{path} is not a picture that can be read. The logo was not changed.",
        "Choose a PNG or JPEG file of at most 10 MB.",
    ),
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
    # schedule and calendar files
    "schedule.zone": (
        "There is no time zone called “{zone}”. Nothing was changed.",
        "Choose one like America/Chicago.",
    ),
    "schedule.time": (
        "“{text}” is not a date and time this app understands. Nothing was changed.",
        "Write it like 2026-07-15T14:00.",
    ),
    "schedule.length": (
        "An appointment of {minutes} minutes is not possible. Nothing was changed.",
        "Choose between 5 minutes and 48 hours, or up to a year for whole days.",
    ),
    "schedule.state": (
        "An appointment that is {current} cannot become {wanted}.",
        "Change it back to confirmed first.",
    ),
    "schedule.invoiced": (
        "This visit is on an invoice, so it stays finished. Nothing was changed.",
        "Take it off the draft invoice first, or credit the issued one.",
    ),
    "schedule.who": (
        "That crew or worker no longer exists. Nothing was changed.",
        "Choose another one.",
    ),
    "schedule.contact": (
        "That customer or location no longer exists. Nothing was changed.",
        "Choose another one.",
    ),
    "schedule.price": (
        "The amount “{amount}” is too large for a visit. Nothing was changed.",
        "Check quantity and price.",
    ),
    "schedule.lines": (
        "A visit can hold {limit} services at most. Nothing was changed.",
        "Put some of them together.",
    ),
    "calendar.unreadable": (
        "{file} is not a calendar file: {reason}. Nothing was imported.",
        "Export it again as iCalendar (.ics) and choose that file.",
    ),
    "calendar.too_large": (
        "{file} is too large ({size} MB; at most {limit} MB). Nothing was imported.",
        "Export fewer months at a time.",
    ),
    "calendar.too_many": (
        "{file} holds more than {limit} events. Nothing was imported.",
        "Export fewer months at a time.",
    ),
    "calendar.not_found": ("There is no file {file}. Nothing was imported.", ""),
    "calendar.cannot_write": (
        "{file} could not be written: {reason}.",
        "Choose another folder, or free some space. The schedule itself is unchanged.",
    ),
    "calendar.range": (
        "The range ends before it begins ({first} to {last}).",
        "Swap the two dates.",
    ),
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
    # phones, positions and shifts
    "phones.port_taken": (
        "Another program on this computer already uses port {port}. Phones cannot be received "
        "until it is free; paired phones keep their positions meanwhile.",
        "Close the other program, or choose another port in Settings and pair the phones again.",
    ),
    "phones.port_refused": (
        "This computer does not let this app use port {port}.",
        "Choose a port between 1024 and 65535 in Settings.",
    ),
    "phones.address_missing": (
        "The address {host} does not belong to this computer.",
        "Check the network cable or Wi-Fi, or choose another address.",
    ),
    "phones.not_started": (
        "Receiving from phones did not start. Paired phones keep their positions meanwhile.",
        "Switch it on again.",
    ),
    "phones.late": ("The positions could not be saved in time.", "The phone sends them again."),
    "phones.unreadable_full": (
        "There is no room left for messages of phones that cannot be read. Paired phones keep "
        "their positions meanwhile.",
        "Look at the phones under Team, and switch encryption off in their app.",
    ),
    "phones.not_paired": ("This phone is not paired any more.", "Pair it again."),
    "team.no_worker": (
        "Nobody named “{name}” works here.",
        "Check the spelling; the names are under Team.",
    ),
    "team.many_workers": ("More than one person fits “{name}”: {names}.", "Use the full name."),
    "team.name_missing": ("A person needs a name.", "Type one."),
    "shifts.already_in": ("{name} is already clocked in, since {since}.", "Clock out first."),
    "shifts.not_in": ("{name} is not clocked in.", "Clock in first."),
    "shifts.out_before_in": (
        "{name} clocked in at {since}; the clock-out cannot be before that.",
        "Choose a later time.",
    ),
    "shifts.in_future": ("{time} has not come yet.", "Choose a time up to now."),
    "shifts.overlap": (
        "{name} was already on the clock then, from {since}.",
        "Choose a time outside that shift.",
    ),
    "shifts.bad_time": (
        "“{text}” is not a time.",
        "Write it as 2026-07-14T08:05, 2026-07-14T08:05-05:00 or 08:05.",
    ),
    "tracks.not_gpx": (
        "{file} is not a GPX file: {reason}. Nothing was imported.",
        "Export the track again as GPX.",
    ),
    "tracks.forbidden_markup": (
        "Line {line} of {file} declares a document type or entities, which a GPX file never needs. "
        "Nothing was imported.",
        "Export the track again from the app that recorded it.",
    ),
    "tracks.too_many": (
        "{file} has more than {limit} points. Nothing was imported.",
        "Export it in parts, for example one file for each month.",
    ),
    "tracks.whose": (
        "It is not clear whose track {file} is.",
        "Name the person with --worker, or clock the person in for that time first.",
    ),
    # contacts
    "contacts.nameless": (
        "A contact needs something to be found by. Nothing was changed.",
        "Give a name, a company, a phone or an e-mail.",
    ),
    "contacts.owes": (
        "{name} has money open ({count}), so the contact stays.",
        "Receive the payment or void the invoice first.",
    ),
    "contacts.has_visits": (
        "{name} has visits ahead ({count}), so the contact stays.",
        "Cancel or move those visits first.",
    ),
    # the sample business
    "sample.not_empty": (
        "There are entries in this business already; the sample business was not added.",
        "Choose an empty folder.",
    ),
    "sample.size": ("There is no sample business of the size “{size}”.", "Sizes: {sizes}."),
    # money and invoices
    "money.not_an_amount": (
        "“{text}” is not an amount.",
        "Write it like 12.50, or as a simple sum like 4*18.",
    ),
    "money.too_large": ("“{text}” is too large for an invoice.", "Check the figures."),
    "money.other_currency": ("{one} and {other} cannot be added up.", ""),
    "numbering.bad_pattern": (
        "“{pattern}” cannot be used for invoice numbers.",
        "It needs one counter such as {{0000}}, and may hold {{YYYY}} for the year.",
    ),
    "numbering.taken": (
        "The number {number} was given to another invoice already. Nothing was issued.",
        "Choose another number pattern in Settings.",
    ),
    "invoice.not_allowed": (
        "A {old} invoice cannot become {new}. Nothing was changed.",
        "Money that was received is given back or credited first.",
    ),
    "invoice.issued": (
        "Invoice {number} was issued and stays as it is. Nothing was changed.",
        "Void it, or credit it with today’s date.",
    ),
    "invoice.negative": (
        "This invoice comes to less than zero, so it was not issued. The draft is kept.",
        "Bill at least what is credited on it.",
    ),
    "invoice.empty": (
        "This invoice has no lines, so it was not issued. The draft is kept.",
        "Add what was done.",
    ),
    "invoice.nothing_to_bill": ("No finished visit was chosen.", "Tick at least one visit."),
    "invoice.already_invoiced": (
        "The visit on {day} is on an invoice already. Nothing was made.",
        "Open that invoice instead.",
    ),
    "invoice.no_customer": (
        "The appointment on {day} has no customer, so it cannot be invoiced.",
        "Choose the customer in the appointment.",
    ),
    "invoice.unknown": ("There is no invoice {number}.", "The list of invoices shows them all."),
    "invoice.bad_quantity": ("A line needs figures that fit an invoice.", "Check the quantity."),
    "invoice.bad_date": ("“{text}” is not a date.", "Write it as 2026-07-14."),
    "payment.not_positive": ("A payment is more than zero.", "Check the amount."),
    "payment.too_much": (
        "{amount} is more than the {open} that is open. Nothing was recorded.",
        "Check the amount, or apply the rest to another invoice.",
    ),
    "service.nameless": ("A service needs a name.", "Type what you sell."),
    "pdf.bad_logo": (
        "The logo cannot be read, so the page was not made.",
        "Choose a PNG or JPEG file in Settings, Business.",
    ),
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
    "check.clock": ("{where} is on the clock more than once: {detail}.", ""),
    "check.logo": ("The {where} is not a picture that can be printed.", "Choose it again."),
    "check.file": ("The file {where} cannot be read: {detail}.", ""),
}
