"""Words of the business, schedule, money and phones."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
    "company.logo_too_many_pixels": (
        "{path} has more than 60 million pixels. The logo was not changed.",
        "Choose a smaller picture: 900 pixels across are enough.",
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
    # money and invoices
    "money.not_an_amount": (
        "“{text}” is not an amount.",
        "Write it like 12.50, or as a simple sum like 4*18.",
    ),
    "money.too_large": ("“{text}” is too large for an invoice.", "Check the figures."),
    "money.other_currency": ("{one} and {other} cannot be added up.", ""),
    "service.nameless": ("A service needs a name.", "Type what you sell."),
    "pdf.bad_logo": (
        "The logo cannot be read, so the page was not made.",
        "Choose a PNG or JPEG file in Settings, Business.",
    ),
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
}
