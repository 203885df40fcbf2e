from __future__ import annotations

import csv as standard
import io
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import (
    ContactCard,
    ContactDraft,
    Email,
    Named,
    NoteDraft,
    ParsedContacts,
    Phone,
    Place,
    fold,
    tidy,
)
from tcf_desktop.integrations.files import csv, csv_write
from tcf_desktop.integrations.files.guard import TextFile, decode
from tests.integrations.files.drafts import contact_drafts

SAMPLES = Path(__file__).parents[2] / "fixtures" / "contacts"


def read(text: str) -> ParsedContacts:
    return csv.parse_text(TextFile("list.csv", text, "utf-8"))


def refusal(text: str) -> AppError:
    with pytest.raises(AppError) as caught:
        read(text)
    assert "list.csv" in str(caught.value)
    return caught.value


def test_google_layout_with_joined_values_and_newlines() -> None:
    found = csv.parse(str(SAMPLES / "google-csv-new-layout-SYNTHETIC.csv"))
    zaneta, anna, salon, again, mail = [contact.draft for contact in found.contacts]
    assert [phone.number for phone in zaneta.phones] == ["+48 601 234 567", "601-234-568"]
    assert [m.address for m in zaneta.emails] == ["zaneta@example.com", "z.slazak@example.com"]
    assert zaneta.places == (
        Place("Home", "ul. Krótka 1/2", city="Warszawa", postal_code="00-001", country="PL"),
    )
    assert zaneta.tags == ("Klienci",)
    assert zaneta.notes[0].text.startswith('uczulona na "lateks",\nproszę')
    assert anna.phones[0].number == "+48601111222"
    assert (salon.company, salon.segment) == ('Salon "U Ewy", sp. z o.o.', "commercial")
    assert again.phones[0].number == "0048601234567"
    assert not mail.is_named()
    assert [contact.line for contact in found.contacts] == [2, 6, 7, 8, 9]


@pytest.mark.parametrize(
    "text",
    [
        "Name,Phone,E-mail,Street,City\nAnn Lee,605-555-0101,ann@example.com,1 Main St,Hartford\n",
        "Name;Telefon;E-Mail;Straße;Ort\nAnn Lee;605-555-0101;ann@example.com;1 Main St;Hartford\n",
        "Imię\tNazwisko\tTelefon\tE-mail\tUlica\tMiasto\n"
        "Ann\tLee\t605-555-0101\tann@example.com\t1 Main St\tHartford\n",
        "First Name,Last Name,Mobile Phone,E-mail Address,Home Street,Home City\n"
        "Ann,Lee,605-555-0101,ann@example.com,1 Main St,Hartford\n",
        "Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,"
        "Phone 1 - Value,Address 1 - Type,Address 1 - Street,Address 1 - City\n"
        "Ann Lee,Ann,Lee,* Home,ann@example.com,Mobile,605-555-0101,Home,1 Main St,Hartford\n",
        "Display Name,First Name,Last Name,Primary Email,Mobile Number,Home Address,Home City\n"
        "Ann Lee,Ann,Lee,ann@example.com,605-555-0101,1 Main St,Hartford\n",
    ],
    ids=["plain", "german", "polish", "outlook", "old google", "thunderbird"],
)
def test_layouts_of_other_programs(text: str) -> None:
    (contact,) = read(text).contacts
    draft = contact.draft
    assert (draft.first_name, draft.last_name) == ("Ann", "Lee")
    assert draft.phones[0].number == "605-555-0101"
    assert draft.emails[0].address == "ann@example.com"
    assert (draft.places[0].street, draft.places[0].city) == ("1 Main St", "Hartford")
    assert draft.notes == ()


def test_column_without_a_meaning_is_kept_in_the_note() -> None:
    (contact,) = read("Name,Shoe size\nAnn Lee,38\n").contacts
    assert contact.draft.notes[0].text == "Shoe size: 38"


def test_columns_that_match_nothing_are_refused_with_line_and_names() -> None:
    error = refusal("\n\ncolor,weight\nred,12\n")
    assert error.code == "import.columns"
    assert error.params["line"] == 3
    assert "color, weight" in str(error)
    assert refusal("Name,Phone\n").code == "import.nothing_found"


def test_open_quotation_mark_is_refused_with_its_line() -> None:
    error = refusal('Name,Note\nAnn,"fine"\nBob,"never closed\n' + "Carl,x\n" * 40)
    assert (error.code, error.params["line"]) == ("import.open_quote", 3)
    error = refusal('Name,Note\nAnn,"fine"\nBob,"cut o')
    assert (error.code, error.params["line"]) == ("import.open_quote", 3)
    assert read('Name,Note\nBob,5" pipe\n').contacts[0].draft.notes[0].text == '5" pipe'


def test_rows_of_other_lengths() -> None:
    found = read("Name,Phone\nAnn Lee\nBob Ray,1,2,3\nCy Dee,5550101,,\n")
    assert [contact.row for contact in found.contacts] == [1, 3]
    assert [(bad.row, bad.line) for bad in found.unreadable] == [(2, 3)]


def test_odd_files_are_read_all_the_same() -> None:
    assert len(read("\ufeffName,Phone\r\nAnn,1\r\n\r\n,,\r\nBob,2").contacts) == 2
    assert read("Name\rAnn Lee\rBob Ray\r").contacts[1].draft.last_name == "Ray"
    text, encoding = decode("Name;Ort\nJürgen;Köln\n".encode("utf-16"))
    found = csv.parse_text(TextFile("a.csv", text, encoding))
    assert found.contacts[0].draft.places[0].city == "Köln"
    assert read("Name,Note\nAnn,a\x00b\n").contacts[0].draft.notes[0].text == "ab"
    big = "line\n" * 3_000 + "x" * (1 << 20)
    (contact,) = read(f'Name,Note\nAnn,"{big}"\n').contacts
    assert (contact.draft.notes[0].text, contact.problems) == (big, ())
    (contact,) = read(f'Name,Note\nAnn,"{big * 3}"\n').contacts
    assert contact.problems == ("The note was far too long and was cut.",)


def test_too_many_rows_are_refused_and_many_are_quick() -> None:
    started = time.monotonic()
    found = read("Name,Phone\n" + "".join(f"P{n},605{n:07}\n" for n in range(20_000)))
    assert len(found.contacts) == 20_000
    assert time.monotonic() - started < 20
    assert refusal("Name\n" + "Ann\n" * 200_001).code == "import.too_many"


HOSTILE = ("=HYPERLINK(1)", "+1-2", "-2+3", "@SUM(A1)", "\tx", "'=x", "＝1", "=cmd|' /C calc'!A0")


def test_no_cell_runs_in_a_spreadsheet_and_all_come_back() -> None:
    drafts = [
        tidy(
            ContactDraft(
                first_name=text,
                last_name="L",
                company=text,
                phones=(Phone("+1 605 555 0148"), Phone(text or "1")),
                emails=(Email(text),),
                places=(Place(name=text, street=text, access_note=text),),
                notes=(NoteDraft(f"{text}\n{text}"),),
            )
        )
        for text in HOSTILE
    ]
    layout = csv_write.Layout(phones=2)
    data = csv_write.write([ContactCard(f"=u{n}", d) for n, d in enumerate(drafts)], layout)
    text, _ = decode(data)
    for row in standard.reader(text.splitlines(keepends=True)):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
    assert "(+1) 605 555 0148" in text
    back = read(text)
    assert [contact.draft for contact in back.contacts] == drafts
    assert [contact.uid for contact in back.contacts] == [f"=u{n}" for n in range(len(HOSTILE))]


@settings(max_examples=80, deadline=None)
@given(st.lists(contact_drafts(), min_size=1, max_size=3))
def test_whatever_is_known_about_a_contact_survives_the_round_trip(
    drafts: list[ContactDraft],
) -> None:
    layout = csv_write.Layout(
        max(len(draft.emails) for draft in drafts),
        max(len(draft.phones) for draft in drafts),
        max(len(draft.places) for draft in drafts),
        names(entry.name for draft in drafts for entry in draft.fields),
        names(m.name for draft in drafts for place in draft.places for m in place.measures),
    )
    data = csv_write.write([ContactCard(f"u{n}", d) for n, d in enumerate(drafts)], layout)
    found = read(decode(data)[0])
    assert found.own
    assert not found.unreadable
    assert [alike(contact.draft) for contact in found.contacts] == [alike(d) for d in drafts]
    for cells in standard.reader(io.StringIO(decode(data)[0], newline="")):
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]


def names(all_names: Iterable[str]) -> tuple[str, ...]:
    """One column a name, however it is written."""
    return tuple({fold(name): name for name in all_names}.values())


def alike(draft: ContactDraft) -> ContactDraft:
    """A table has one column a field: the order of fields and how its name is written are lost,
    and notes stand in the order of their times."""
    return replace(
        draft,
        notes=tuple(sorted(draft.notes, key=lambda note: (note.at, note.visibility, note.text))),
        fields=_by_name(draft.fields),
        places=tuple(replace(place, measures=_by_name(place.measures)) for place in draft.places),
    )


def _by_name(values: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(Named(*pair) for pair in sorted((fold(v.name), v.value) for v in values))
