"""Erasing one person: what the office must keep stays without a name, the rest goes for good."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold
from tcf_desktop.domain.privacy import (
    ERASED_NAME,
    ErasePlan,
    new_code,
    retention_start,
)
from tcf_desktop.domain.search_words import kept_words
from tcf_desktop.services import search
from tcf_desktop.services.command import Command
from tcf_desktop.services.privacy_papers import own_files, strip_copies, strip_papers
from tcf_desktop.services.privacy_visits import strip_visits
from tcf_desktop.services.queries import privacy as queries
from tcf_desktop.services.queries.privacy import (
    DRAFTS,
    IDS,
    PLACES,
    SERIES,
    VISITS,
)

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.uow import UnitOfWork

_KEPT_OF_ROW: Final = ("row", "line", "file", "action", "id")
_COPIES: Final = "*-before-upgrade.db*"
_LEAST_LENGTH: Final = 3  # shorter texts stand in too many words to be looked for

# In an order that the references between the tables allow.
_DELETED: Final = (
    ("contact_phones", f"contact_id IN {IDS}"),
    ("contact_emails", f"contact_id IN {IDS}"),
    ("custom_values", f"contact_id IN {IDS}"),
    ("notes", f"contact_id IN {IDS}"),
    ("attachments", f"contact_id IN {IDS}"),
    ("consent_events", f"contact_id IN {IDS}"),
    ("frequencies", f"contact_id IN {IDS}"),
    ("contact_changes", f"contact_id IN {IDS}"),
    ("distinct_contacts", f"a_id IN {IDS} OR b_id IN {IDS}"),
    ("location_measures", f"location_id IN {PLACES}"),
    ("working_hours", f"location_id IN {PLACES}"),
    ("days_off", f"location_id IN {PLACES}"),
    ("messages", f"contact_id IN {IDS}"),
    ("complaints", f"contact_id IN {IDS}"),
    ("checklist_items", f"appointment_id IN {VISITS} OR series_id IN {SERIES}"),
    ("series_skips", f"series_id IN {SERIES}"),
    ("series_lines", f"series_id IN {SERIES}"),
    ("series", f"contact_id IN {IDS}"),
    ("allocations", f"invoice_id IN {DRAFTS}"),
    ("late_fees", f"fee_invoice_id IN {DRAFTS} OR invoice_id IN {DRAFTS}"),
    ("invoice_taxes", f"invoice_id IN {DRAFTS}"),
    ("invoice_lines", f"invoice_id IN {DRAFTS}"),
)
_CHANGED: Final = (
    "contacts", "contact_phones", "contact_emails", "custom_values", "notes", "attachments",
    "consent_events", "frequencies", "contact_changes", "locations", "appointments", "series",
    "messages", "complaints", "treatments", "checklist_items", "days_off", "invoices",
    "payments", "proposals", "billing_plans", "journal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done. ``plan`` as it stood at that moment, ``code`` what stands for the name now,
    ``files`` the SHA-256 of bytes that only this person had."""

    plan: ErasePlan
    code: str
    at: int
    files: tuple[str, ...]

    @property
    def shown_as(self) -> str:
        """What the lists say instead of the name."""
        return f"{ERASED_NAME}{self.code}"


@dataclass(frozen=True, slots=True)
class ErasePerson(Command[Erased]):
    """Take a person out of the business for good.

    Raises ``privacy.owes`` and ``privacy.visits_ahead`` while the person is needed, and
    ``data.gone``.
    """

    undoable = False
    empties_log = True
    rewrites_file = True

    contact_id: int

    def execute(self, uow: UnitOfWork) -> Erased:
        plan = queries.erase_plan(_Asking(uow), self.contact_id, uow.now_at)  # type: ignore[arg-type]
        if plan is None:
            raise AppError("data.gone")
        _refuse(plan)
        person = queries.person_ids(uow.rows, self.contact_id)
        ids = json.dumps(person)
        known, words = _known_texts(uow, ids), _searched_words(uow, ids)
        code = _free_code(uow)
        _keep_refusals(uow, ids)
        _settle_journal(uow, person, code)
        files = own_files(uow, ids)
        for table, where in _DELETED:
            _run(uow, f"DELETE FROM {table} WHERE {where}", ids)
        strip_papers(uow, ids)
        strip_visits(uow, ids)
        _run(uow, f"UPDATE invoices SET location_id = NULL WHERE contact_id IN {IDS}", ids)
        _run(uow, f"DELETE FROM invoices WHERE id IN {DRAFTS}", ids)
        _run(uow, f"DELETE FROM locations WHERE contact_id IN {IDS}", ids)
        pseudonymise(uow, person, code, plan.retention_years)
        _strip_contacts(uow, person, code)
        _clean_reports(uow, person, known, code)
        _leave_index(uow, person, words)
        version = uow.value("SELECT version FROM contacts WHERE id = ?", (self.contact_id,))
        uow.note("contacts", self.contact_id, "update", {}, version)
        uow.describe("erasing of {name}", name=f"Customer #{code}", erased=True)
        for table in _CHANGED:
            uow.changed_many(table)
        return Erased(plan, code, uow.now_at, files)


@dataclass(frozen=True, slots=True)
class PurgeRetained(Command[int]):
    """Take the names off documents of erased persons whose time of keeping is over; returns how
    many documents."""

    undoable = False
    journalled = False
    empties_log = True
    rewrites_file = True

    def execute(self, uow: UnitOfWork) -> int:
        years = queries.retention_years(_Asking(uow))  # type: ignore[arg-type]
        changed = 0
        for contact_id, name in uow.rows(
            "SELECT id, display_name FROM contacts WHERE erased_at IS NOT NULL"
        ):
            code = str(name).removeprefix(ERASED_NAME)
            changed += pseudonymise(uow, [contact_id], code, years)
        if changed:
            uow.changed_many("invoices")
            uow.changed_many("payments")
        return changed


def erase_person(office: Office, contact_id: int) -> Erased:
    """Erase a person and the files that only this person had; blocks, not for the GUI thread.

    The kept copies of before an upgrade go too: nothing else could be taken out of them.
    """
    copies = kept_copies(office)
    erased = office.runner.run(ErasePerson(contact_id))
    remove_files(office, erased.files)
    for copy in copies:
        with suppress(OSError):
            copy.unlink()
    return erased


def plan_of(office: Office, contact_id: int) -> ErasePlan:
    """What :func:`erase_person` would do; raises ``data.gone``."""
    copies = len(kept_copies(office))
    plan = office.read(lambda r: queries.erase_plan(r, contact_id, office.clock.now_ms(), copies))
    if plan is None:
        raise AppError("data.gone")
    return plan


def purge_when_due(office: Office) -> int:
    """Run :class:`PurgeRetained` when a document's time is over; returns how many documents."""
    day = from_ms(office.clock.now_ms(), office.read(_zone)).date()

    def due(r: Any) -> int:
        start = retention_start(day, queries.retention_years(r)).isoformat()
        return int(
            r.value(
                "SELECT count(*) FROM invoices i JOIN contacts c ON c.id = i.contact_id"
                " WHERE c.erased_at IS NOT NULL AND i.erased_at IS NULL AND i.state <> 'draft'"
                " AND i.issued_on < ?",
                (start,),
            )
        )

    return office.runner.run(PurgeRetained()) if office.read(due) else 0


def kept_copies(office: Office) -> list[Path]:
    """Databases from before an upgrade that lie in the data folder."""
    return sorted(office.folder.path.glob(_COPIES))


def remove_files(office: Office, digests: Iterable[str]) -> None:
    """Remove bytes from the store; what cannot be removed now goes at the next tidying up."""
    from tcf_desktop.services.file_store import FileStore

    store = FileStore(office.folder)
    for digest in digests:
        for path in (store.path(digest), store.thumbnail_path(digest)):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def pseudonymise(uow: UnitOfWork, person: list[int], code: str, years: int) -> int:
    """Take the name off issued documents and payments that need not carry it any more; returns
    how many documents. Numbers, dates, amounts, taxes and lines stay."""
    zone = str(uow.value("SELECT zone FROM business WHERE id = 1"))
    start = retention_start(from_ms(uow.now_at, zone).date(), years).isoformat()
    ids = json.dumps(person)
    done = uow.rows(
        "UPDATE invoices SET bill_to = ?2, service_place = '', po = '', message = '',"
        " customer_notes = '', tax_note = '', erased_at = ?3, version = version + 1"
        f" WHERE contact_id IN {IDS} AND state <> 'draft' AND erased_at IS NULL"
        " AND issued_on < ?4 RETURNING id",
        (ids, f"Customer #{code}", uow.now_at, start),
    )
    uow.rows(
        "UPDATE invoices SET internal_note = '', void_reason = '', version = version + 1"
        f" WHERE contact_id IN {IDS} AND (internal_note <> '' OR void_reason <> '') RETURNING id",
        (ids,),
    )
    uow.rows(
        "UPDATE payments SET reason = '', version = version + 1"
        f" WHERE contact_id IN {IDS} AND reason <> '' RETURNING id",
        (ids,),
    )
    uow.rows(
        "UPDATE payments SET reference = '', version = version + 1"
        f" WHERE contact_id IN {IDS} AND reference <> '' AND paid_on < ?2 RETURNING id",
        (ids, start),
    )
    strip_copies(uow, person, start)
    return len(done)


class _Asking:
    """The transaction as a reader, for queries."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.all = uow.rows
        self.value = uow.value

    def one(self, sql: str, params: tuple[object, ...] = ()) -> Any:
        """The first row, or None."""
        found = self.all(sql, params)
        return found[0] if found else None


def _zone(r: Any) -> str:
    return str(r.value("SELECT zone FROM business WHERE id = 1"))


def _refuse(plan: ErasePlan) -> None:
    if plan.owes:
        numbers = ", ".join(invoice.number for invoice in plan.owes[:5])
        raise AppError("privacy.owes", name=plan.name, count=len(plan.owes), numbers=numbers)
    if plan.visits:
        first = plan.visits[0].starts_local.replace("T", " ")
        raise AppError("privacy.visits_ahead", name=plan.name, count=len(plan.visits), first=first)


def _run(uow: UnitOfWork, sql: str, ids: str) -> None:
    uow.connection.exec_driver_sql(sql, (ids,))


def _free_code(uow: UnitOfWork) -> str:
    while True:
        code = new_code()
        if not uow.value("SELECT 1 FROM contacts WHERE display_name = ?", (ERASED_NAME + code,)):
            return code


def _keep_refusals(uow: UnitOfWork, ids: str) -> None:
    from tcf_desktop.services.consent import suppress as keep_no

    for channel, key, purpose, at in queries.refusals(uow.rows, ids):
        keep_no(uow, channel, key, purpose, at)  # type: ignore[arg-type]


def _known_texts(uow: UnitOfWork, ids: str) -> set[str]:
    """What the person may be called by in texts of the program."""
    texts: set[str] = set()
    for sql in (
        f"SELECT display_name, sort_name, company FROM contacts WHERE id IN {IDS}",
        f"SELECT number FROM contact_phones WHERE contact_id IN {IDS}",
        f"SELECT address FROM contact_emails WHERE contact_id IN {IDS}",
        f"SELECT street FROM locations WHERE contact_id IN {IDS}",
        "SELECT json_extract(before, '$.display_name') FROM journal_rows"
        f" WHERE table_name = 'contacts' AND row_id IN {IDS}",
    ):
        for row in uow.rows(sql, (ids,)):
            texts.update(text for text in row if text and len(text) >= _LEAST_LENGTH)
    return texts


def _settle_journal(uow: UnitOfWork, person: list[int], code: str) -> None:
    """What touched the person cannot be undone any more, and tells nothing of it."""
    entries = queries.journal_entries(uow.rows, person)
    for entry in entries:
        params = json.loads(uow.value("SELECT params FROM journal WHERE id = ?", (entry,)))
        told = {key: _nameless(value, code) for key, value in params.items()}
        uow.rows(
            "UPDATE journal SET undoable = 0, params = ? WHERE id = ? RETURNING id",
            (json.dumps({**told, "erased": True}, ensure_ascii=False), entry),
        )
    _run(uow, f"DELETE FROM journal_rows WHERE journal_id IN {IDS}", json.dumps(entries))


def _nameless(value: object, code: str) -> object:
    """A value of an undo entry without what could be a name; figures stay."""
    if isinstance(value, str) and any(sign.isalpha() or sign == "@" for sign in value):
        return f"Customer #{code}"
    return value


def _strip_contacts(uow: UnitOfWork, person: list[int], code: str) -> None:
    name = f"{ERASED_NAME}{code}"
    for contact_id in person:
        uow.rows(
            "UPDATE contacts SET uid = ?, first_name = '', last_name = '', company = '',"
            " display_name = ?, sort_name = ?, name_key = '', tags = '', source = '',"
            " language = '', default_crew_id = NULL, price_list_id = NULL, terms_days = NULL,"
            " tax_exempt = 0, exempt_number = '', exempt_region = '', exempt_until_on = NULL,"
            " tax_number = '', buyer_reference = '', e_invoice = 0,"
            " updated_at = ?, deleted_at = ?, erased_at = ?, version = version + 1"
            " WHERE id = ? RETURNING id",
            (str(uuid.uuid4()), name, fold(name), uow.now_at, uow.now_at, uow.now_at, contact_id),
        )


def _clean_reports(uow: UnitOfWork, person: list[int], known: Collection[str], code: str) -> None:
    """Reports of imports and the history of other contacts may name the person."""
    raw, known = sorted(known), {fold(text) for text in known}
    for run_id, files, report in uow.rows("SELECT id, files, report FROM import_runs"):
        rows = [_cleaned_row(row, person, known, code) for row in json.loads(report or "[]")]
        names = "\n".join(_cleaned(name, known, code) for name in files.split("\n"))
        uow.rows(
            "UPDATE import_runs SET files = ?, report = ? WHERE id = ? RETURNING id",
            (names, json.dumps(rows, ensure_ascii=False), run_id),
        )
    for change_id, params in uow.rows(
        "SELECT id, params FROM contact_changes WHERE EXISTS (SELECT 1 FROM json_each(?1) k"
        " WHERE instr(params, k.value) > 0)",
        (json.dumps(raw),),
    ):
        told = {key: _cleaned(value, known, code) for key, value in json.loads(params).items()}
        uow.rows(
            "UPDATE contact_changes SET params = ? WHERE id = ? RETURNING id",
            (json.dumps(told, ensure_ascii=False), change_id),
        )


def _cleaned_row(
    row: dict[str, Any], person: list[int], known: Collection[str], code: str
) -> dict[str, Any]:
    """A row of a report; of the person only where it stood and what became of it stays."""
    told = {key: _cleaned(value, known, code) for key, value in row.items()}
    if row.get("id") not in person and told == row:
        return row
    emptied = {key: type(value)() for key, value in row.items() if isinstance(value, (str, list))}
    kept: dict[str, Any] = {key: told[key] for key in _KEPT_OF_ROW if key in told}
    return {**told, **emptied, **kept, "name": f"Customer #{code}"}


def _cleaned(value: Any, known: Collection[str], code: str) -> Any:
    """The value, or what stands for the person where it names them."""
    if isinstance(value, str):
        return f"Customer #{code}" if _names(value, known) else value
    if isinstance(value, list | dict) and _names(json.dumps(value, ensure_ascii=False), known):
        return type(value)()
    return value


def _names(text: str, known: Collection[str]) -> bool:
    plain = fold(text)
    return any(each in plain for each in known)


def _searched_words(uow: UnitOfWork, ids: str) -> set[str]:
    """Words by which the person is found, or was as far back as undo remembers."""
    texts: list[str] = [row[0] for row in uow.rows(
        f"SELECT tags FROM contacts WHERE id IN {IDS}", (ids,))]  # fmt: skip
    for (before,) in uow.rows(
        f"SELECT before FROM journal_rows WHERE (table_name = 'contacts' AND row_id IN {IDS})"
        f" OR (table_name = 'locations' AND row_id IN {PLACES})",
        (ids,),
    ):
        texts += [value for value in json.loads(before).values() if isinstance(value, str)]
    return kept_words(texts)


def _leave_index(uow: UnitOfWork, person: list[int], words: set[str]) -> None:
    """Take the person out of the search, also out of pages that the index would reuse later."""
    connection = uow.connection
    connection.exec_driver_sql(
        "INSERT INTO contact_search (contact_search, rank) VALUES ('secure-delete', 1)"
    )
    search.reindex(connection, person)
    search.forget_words(connection, words)
    connection.exec_driver_sql("INSERT INTO contact_search (contact_search) VALUES ('optimize')")
    if uow.value("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat4'"):
        connection.exec_driver_sql("DELETE FROM sqlite_stat4")
