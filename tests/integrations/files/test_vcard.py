from __future__ import annotations

import contextlib
import random
import time
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.worker import WorkerProcess
from tcf_desktop.domain.contacts import (
    ContactCard,
    ContactDraft,
    Email,
    NoteDraft,
    ParsedContacts,
    Phone,
    Place,
    tidy,
)
from tcf_desktop.integrations.files import vcard, vcard_write
from tcf_desktop.integrations.files.guard import TextFile
from tests.integrations.files.drafts import contact_drafts

SAMPLES = Path(__file__).parents[2] / "fixtures" / "contacts"
FULL = ContactDraft(
    tax_number="DE123456789",
    buyer_reference="04-1",
    e_invoice=True,
    first_name="Julia, Anna;",
    last_name="O\\Hartmann",
    company="Falls; Park, Condos",
    kind="prospect",
    segment="commercial",
    phones=(
        Phone("605-555-0172", "Mobile"), Phone("+48 601 234 567", "Work fax"), Phone("7", "Barn"),
    ),
    emails=(Email("julia@example.com", "Home"), Email("b@example.com", "Bills & more")),
    places=(
        Place("Home", "2416 S Prairie Ave", "Apt 3", "Sioux Falls", "SD", "57105", "US"),
        Place("Lake cabin", "118 Shore Dr", city="Wall Lake", access_note="Key: under;\nblue, pot",
              lat=43.53, lon=-96.96),
        Place("", "Box 12", is_billing=True),
    ),
    tags=("vip", "spring; list"),
    notes=(NoteDraft("Line one\n=cmd|' /C calc'!A0 😀 \\n שלום"),),
    source="neighbor",
)  # fmt: skip


def read(text: str, encoding: str = "utf-8") -> ParsedContacts:
    return vcard.parse_text(TextFile("list.vcf", text, encoding))


def test_real_exports_are_read() -> None:
    android = vcard.parse(str(SAMPLES / "android-21-qp-utf8-many.vcf"))
    assert len(android.contacts) == 6
    assert android.contacts[2].draft.last_name == "Ñ Ñ Ñ Ñ"
    assert [p.label for p in android.contacts[3].draft.phones] == [
        "Mobile",
        "Home",
        "Mobile",
        "Home",
    ]
    google = vcard.parse(str(SAMPLES / "google-30-abrelated.vcf")).contacts[0].draft
    assert (google.first_name, google.last_name) == ("John Richter, James", "Doe Sr.")
    assert google.places[0].street == "Crescent moon drive"
    assert "Website: http://www.ibm.com" in google.notes[0].text
    iphone = vcard.parse(str(SAMPLES / "iphone-30-photo-items.vcf")).contacts[0].draft
    assert [p.label for p in iphone.phones][3:5] == ["Home fax", "Work fax"]
    assert iphone.places[1].street2 == "Building 6, Floor 8"
    outlook = vcard.parse(str(SAMPLES / "outlook-21-label-photo.vcf")).contacts[0].draft
    assert [p.name for p in outlook.places] == ["Work", "Home"]


def test_what_is_written_is_read_back_equal_and_by_another_program() -> None:
    text = vcard_write.write([ContactCard("uid-1", FULL)]).decode()
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (back,) = read(text).contacts
    assert back.draft == tidy(FULL)
    assert back.uid == "uid-1"
    judged = vobject.readOne(text)
    assert judged.n.value.family == "O\\Hartmann"
    assert judged.note.value == FULL.notes[0].text
    assert [tel.value for tel in judged.contents["tel"]] == [p.number for p in FULL.phones]


@settings(max_examples=80, deadline=None)
@given(st.lists(contact_drafts(), min_size=1, max_size=3))
def test_whatever_is_known_about_a_contact_survives_the_round_trip(
    drafts: list[ContactDraft],
) -> None:
    cards = [ContactCard(f"uid-{n}", draft) for n, draft in enumerate(drafts)]
    found = read(vcard_write.write(cards).decode())
    assert found.own
    assert not found.unreadable
    assert [contact.draft for contact in found.contacts] == drafts
    assert [contact.uid for contact in found.contacts] == [card.uid for card in cards]


@settings(max_examples=60, deadline=None)
@given(contact_drafts())
def test_another_program_reads_what_is_written(draft: ContactDraft) -> None:
    judged = vobject.readOne(vcard_write.write([ContactCard("u", draft)]).decode())
    assert judged.version.value == "4.0"
    assert [tel.value for tel in judged.contents.get("tel", ())] == [
        phone.number for phone in draft.phones
    ]
    assert judged.fn.value == draft.shown_as()
    assert sorted(note.value for note in judged.contents.get("note", ())) == sorted(
        note.text for note in draft.notes
    )
    streets = [place.street for place in draft.places if place.has_address() or place.country]
    assert [_flat(adr.value.street) for adr in judged.contents.get("adr", ())] == streets


def _flat(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ",".join(value)


def test_one_bad_card_does_not_spoil_the_others() -> None:
    good = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nEND:VCARD\n"
    found = read(good + "BEGIN:VCARD\nFN:No End\n" + good)
    assert [contact.draft.last_name for contact in found.contacts] == ["Lee", "Lee"]
    assert [(bad.row, bad.line) for bad in found.unreadable] == [(2, 5)]


def test_a_file_that_breaks_off_is_refused_with_its_line() -> None:
    with pytest.raises(AppError) as caught:
        read("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nEND:VCARD\nBEGIN:VCARD\nFN:Cut off")
    assert (caught.value.code, caught.value.params["line"]) == ("import.cut_off", 5)


@pytest.mark.parametrize(
    "line",
    [
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-9:=C3=9",
        "NOTE;ENCODING=b:!!!not base64!!!",
        "NOTE;CHARSET=\x00:x",
        "TEL;TYPE=;;;=:,:;1",
        'ADR;LABEL="a:b;c":;;x',
        ";;;:::",
        "item1.:",
        "N:" + ";" * 5000,
        "ORG:",
        "AGENT:",
    ],
)
def test_broken_property_harms_nothing_else(line: str) -> None:
    found = read(f"BEGIN:VCARD\nVERSION:2.1\n{line}\nFN:Ann Lee\nTEL:555-0101\nEND:VCARD\n")
    draft = found.contacts[0].draft
    assert "555-0101" in [phone.number for phone in draft.phones]


def test_legacy_charsets_of_old_phones() -> None:
    old = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-2:{};Pawe\xb3;;;\nEND:VCARD\n"
    text = old.format("W\xf3jcik")
    draft = read(text.encode("latin-1").decode("cp1252"), "cp1252").contacts[0].draft
    assert (draft.first_name, draft.last_name) == ("Paweł", "Wójcik")


def test_agent_inside_a_card_is_not_a_card_of_its_own() -> None:
    text = (
        "BEGIN:VCARD\nFN:Boss One\nAGENT:\nBEGIN:VCARD\nFN:Helper Two\nEND:VCARD\n"
        "TEL:5550101\nEND:VCARD\n"
    )
    (contact,) = read(text).contacts
    assert contact.draft.last_name == "One"


def test_file_without_a_card_says_so(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        read("Dear Sir,\nhere is the list.\n")
    assert caught.value.code == "import.nothing_found"


def test_pictures_of_any_size_are_harmless(tmp_path: Path, worker: WorkerProcess) -> None:
    line = "A" * 75 + "\n "
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + line * 8_000
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Person {n}\n{photo}\nTEL:605-555-01{n:02}\nEND:VCARD\n"
        for n in range(50)
    )
    path = tmp_path / "photos.vcf"
    path.write_text(cards)
    assert path.stat().st_size > 25_000_000
    small = WorkerProcess("small", memory_mb=300)
    try:
        started = time.monotonic()
        found = small.run("tcf_desktop.integrations.files.vcard:parse", str(path))
        assert time.monotonic() - started < 20
    finally:
        small.close()
    assert [c.draft.phones[0].number for c in found.contacts][-1] == "605-555-0149"
    assert len(found.contacts) == 50


def test_twenty_thousand_open_cards_are_listed_quickly() -> None:
    started = time.monotonic()
    found = read("BEGIN:VCARD\n" * 20_000 + "END:VCARD\n")
    assert time.monotonic() - started < 10
    assert len(found.unreadable) == 19_999


@pytest.mark.parametrize("seed", range(8))
def test_noise_in_a_good_file_never_escapes(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray((SAMPLES / "android-21-qp-utf8-many.vcf").read_bytes())
    for _ in range(400):
        data[rng.randrange(len(data))] = rng.choice(b'\x00\x80\xff\n\r:;=,\\"BEND ')
    if rng.random() < 0.5:
        del data[rng.randrange(len(data)) :]
    text = bytes(data).decode("cp1252", "replace")
    with contextlib.suppress(AppError):
        read(text, "cp1252")


def test_faster_than_the_general_library(tmp_path: Path) -> None:
    text = vcard_write.write([ContactCard(f"u{n}", FULL) for n in range(400)]).decode()
    ours = time.process_time()
    read(text)
    ours = time.process_time() - ours
    theirs = time.process_time()
    list(vobject.readComponents(text))
    theirs = time.process_time() - theirs
    assert ours < theirs
