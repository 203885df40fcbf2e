"""Numbers, invoices, credit notes and payments."""

WORDS: dict[str, tuple[str, str]] = {
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
    "payment.bad_method": (
        "“{method}” is no way of paying that this app knows. Nothing was recorded.",
        "Choose cash, cheque, card, transfer or other.",
    ),
    "payment.no_reason": (
        "This is done for a reason. Nothing was changed.",
        "Say why, such as “Bounced”.",
    ),
    "payment.bad_tip": (
        "The tip and the fee are parts of the amount. Nothing was recorded.",
        "Check the amounts.",
    ),
    "payment.not_open": (
        "This customer owes nothing on {number}. Nothing was recorded.",
        "Check the number and the customer.",
    ),
    "payment.no_receipt": (
        "There is no receipt for this: no money moved.",
        "Choose a payment or a refund.",
    ),
    "payment.given_back": (
        "Some of this money was given back to the customer. Nothing was changed.",
        "Reverse that refund first.",
    ),
    "payment.reversed": (
        "This payment was reversed already. Nothing was changed.",
        "Record a new payment if money came in again.",
    ),
    "payment.not_positive": ("A payment is more than zero.", "Check the amount."),
    "payment.too_much": (
        "{amount} is more than the {open} that is open. Nothing was recorded.",
        "Check the amount, or apply the rest to another invoice.",
    ),
    "numbering.meets": (
        "“{pattern}” could give the same number as “{other}”, the pattern of another document.",
        "Put letters in front, such as CN-{{0000}}.",
    ),
    "numbering.repeats": (
        "“{pattern}” would give the number {number} again. Nothing was changed.",
        "Use more digits, the year, or letters in front.",
    ),
    "books.closed": (
        "{on} lies in a period that was closed (until {until}). Nothing was recorded.",
        "Use a later date, or move the closing date in Settings, Invoices.",
    ),
    "invoice.no_reason": (
        "An invoice is voided for a reason. Nothing was changed.",
        "Say why, such as “Wrong customer”.",
    ),
    "invoice.bad_discount": (
        "A discount is a share from 0 to 100 %, or an amount of zero or more.",
        "Check the discount.",
    ),
    "credit.not_issued": (
        "Only an issued invoice can be credited. Nothing was made.",
        "Change or discard the draft instead.",
    ),
    "credit.nothing": (
        "There is nothing left to credit on invoice {number}. Nothing was made.",
        "Its credit notes are listed with it.",
    ),
    "credit.too_much": (
        "Line {line} of invoice {number} has {left} left to credit. Nothing was made.",
        "Check the quantity.",
    ),
    "credit.whole_only": (
        "The tax rates of invoice {number} have changed since, so a part of it cannot be credited"
        " to the cent. Nothing was made.",
        "Credit all that is left of it and issue a new invoice.",
    ),
    "deposit.nothing": ("No payment was chosen.", "Tick what you take to the bank."),
    "deposit.not_free": (
        "{reference} cannot be put on this slip. Nothing was made.",
        "It is on another slip, was reversed, or is neither cash nor a check.",
    ),
    "document.lost": (
        "The kept copy of {number} is missing or was changed on the disk. Its figures are safe.",
        "Bring the files folder back from a backup.",
    ),
}
