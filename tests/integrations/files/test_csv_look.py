"""The layouts of other programs, and the first look at a table nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Exemption, Named, NoteDraft, Place
from tcf_desktop.domain.table_files import TableLook, TableReading
from tcf_desktop.integrations.files import csv
from tcf_desktop.integrations.files.guard import TextFile


def read(text: str, reading: TableReading | None = None) -> ContactDraft:
    (contact,) = csv.parse_text(TextFile("list.csv", text, "utf-8"), reading).contacts
    return contact.draft


def look(text: str, reading: TableReading | None = None) -> TableLook:
    return csv.look_text(TextFile("list.csv", text, "utf-8"), reading)


@pytest.mark.parametrize(
    "headings",
    [
        "First Name,Last Name,Mobile Phone,E-mail Address,Street,City,Zip,Notes",
        "Vorname,Nachname,Mobiltelefon,E-Mail-Adresse,Straße,Ort,PLZ,Notizen",
        "Prénom,Nom,Téléphone portable,Courriel,Rue,Ville,Code postal,Remarques",
        "Nombre,Apellidos,Teléfono móvil,Correo electrónico,Calle,Ciudad,Código postal,Notas",
        "Nome,Cognome,Cellulare,E-mail,Indirizzo,Città,CAP,Osservazioni",
        "Imię,Nazwisko,Telefon komórkowy,E-mail,Ulica,Miasto,Kod pocztowy,Uwagi",
        "Nome,Sobrenome,Celular,E-mail,Endereço,Cidade,CEP,Observações",
        "Voornaam,Achternaam,Mobiel telefoonnummer,E-mailadres,Straat,Plaats,Postcode,Opmerkingen",
    ],
    ids=["en", "de", "fr", "es", "it", "pl", "pt", "nl"],
)
def test_headings_of_eight_languages(headings: str) -> None:
    draft = read(f"{headings}\nAnn,Lee,605-555-0101,ann@example.com,1 Main St,Hartford,57033,Dog\n")
    assert (draft.first_name, draft.last_name) == ("Ann", "Lee")
    assert (draft.phones[0].number, draft.phones[0].label) == ("605-555-0101", "Mobile")
    assert draft.emails[0].address == "ann@example.com"
    (place,) = draft.places
    assert (place.street, place.city, place.postal_code) == ("1 Main St", "Hartford", "57033")
    assert draft.notes == (NoteDraft("Dog"),)


@pytest.mark.parametrize(
    "heading", ["Nom", "Nombre", "Nome", "Naam", "Customer", "Kunde", "Klient"]
)
def test_a_word_that_is_half_a_name_elsewhere_is_the_whole_name_alone(heading: str) -> None:
    draft = read(f"{heading},E-mail\nAnn Lee,ann@example.com\n")
    assert (draft.first_name, draft.last_name) == ("Ann", "Lee")


def test_customer_list_of_quickbooks() -> None:
    draft = read(
        "Active Status,Customer,Balance,Company,Mr./Ms./...,First Name,M.I.,Last Name,"
        "Primary Contact,Main Phone,Fax,Alt. Phone,Main Email,Bill to 1,Bill to 2,Bill to 3,"
        "Ship to 1,Ship to 2,Customer Type,Terms,Rep,Resale Num,Note\n"
        'Active,"Olson, Margaret",0.00,Olson Dental,Mrs.,Margaret,J,Olson,Margaret Olson,'
        "605-555-0101,605-555-0102,605-555-0103,office@olson.example,Olson Dental,"
        '1905 S Phillips Ave,"Sioux Falls, SD 57105",12 Shore Dr,"Wall Lake, SD 57033",'
        "Dentist,Net 30,LB,TX-1,Rings twice\n"
    )
    assert (draft.first_name, draft.last_name, draft.company) == (
        "Margaret J", "Olson", "Olson Dental",
    )  # fmt: skip
    assert [phone.label for phone in draft.phones] == ["Main", "Fax", ""]
    billing, service = draft.places
    assert (billing.street, billing.city, billing.region, billing.postal_code) == (
        "1905 S Phillips Ave", "Sioux Falls", "SD", "57105",
    )  # fmt: skip
    assert (billing.is_billing, service.is_billing) == (True, False)
    assert service.street == "12 Shore Dr"
    assert draft.terms_days == 30
    assert draft.exemption == Exemption("TX-1")
    (note,) = draft.notes
    assert {"Rings twice", "Customer Type: Dentist", "Rep: LB", "Balance: 0.00"} <= set(
        note.text.split("\n")
    )


def test_old_google_layout_loses_nothing() -> None:
    draft = read(
        "Name,Given Name,Family Name,Name Prefix,Nickname,Birthday,Occupation,Notes,"
        "Group Membership,E-mail 1 - Type,E-mail 1 - Value,Relation 1 - Type,Relation 1 - Value,"
        "Event 1 - Type,Event 1 - Value,Custom Field 1 - Type,Custom Field 1 - Value,"
        "Organization 1 - Name,Organization 1 - Department\n"
        "Ann Lee,Ann,Lee,Dr.,Annie,1980-03-22,Baker,Dog,* myContacts ::: Bakers,* Work,a@b.example,"
        "Spouse,Bob,Anniversary,2011-01-13,Shoe,38,Lee Inc,Ovens\n"
    )
    assert set(draft.notes[0].text.split("\n")) == {
        "Dog", "Name Prefix: Dr.", "Nickname: Annie", "Birthday: 1980-03-22", "Occupation: Baker",
        "Spouse: Bob", "Anniversary: 2011-01-13", "Shoe: 38", "Organization 1 - Department: Ovens",
    }  # fmt: skip
    assert draft.tags == ("Bakers",)


def test_country_without_an_address_is_a_line_of_the_note() -> None:
    assert read("Name,Country\nAnn Lee,PL\n").notes == (NoteDraft("Country: PL"),)


def test_columns_that_are_left_out_are_named() -> None:
    source = TextFile("list.csv", "Name,File As,Priority\nAnn Lee,Lee Ann,Normal\n", "utf-8")
    assert csv.parse_text(source).remarks == ("These columns were left out: File As, Priority.",)


def test_unknown_table_is_looked_at_and_read_as_the_user_says() -> None:
    text = "Who;Reach;Where;Since;Shoe\nAnn Lee;a@b.example;1 Main St;3/4/2025;38\n"
    with pytest.raises(AppError):
        read(text)
    seen = look(text)
    assert (seen.separator, seen.has_headings, seen.is_clear()) == (";", True, False)
    assert [column.target for column in seen.columns] == [
        "note line", "email", "note line", "note line", "note line",
    ]  # fmt: skip
    assert seen.columns[1].confidence == "likely"
    assert seen.columns[0].samples == ("Ann Lee",)
    assert (seen.date_order, seen.date_orders) == ("", ("dmy", "mdy"))
    chosen = TableReading(
        date_order="dmy",
        targets=("full", "email", "street", "exemptuntil", "field:Shoe size"),
    )
    draft = read(text, chosen)
    assert draft.exemption == Exemption(until_on="2025-04-03")
    assert draft.fields == (Named("Shoe size", "38"),)
    assert draft.places == (Place(street="1 Main St"),)
    with pytest.raises(AppError) as caught:
        read(text, TableReading(targets=("full",)))
    assert caught.value.code == "import.other_columns"


def test_table_without_headings_is_seen_by_its_first_line() -> None:
    text = "Ann Lee,605-555-0101,ann@example.com\nBob Ray,605-555-0102,bob@example.com\n"
    seen = look(text)
    assert not seen.has_headings
    assert [column.target for column in seen.columns] == ["note line", "phone", "email"]
    assert [column.heading for column in seen.columns] == ["Column 1", "Column 2", "Column 3"]
    assert seen.examples[0] == ("Ann Lee", "605-555-0101", "ann@example.com")
    found = csv.parse_text(
        TextFile("a.csv", text, "utf-8"), TableReading(targets=("full", "phone", "email"))
    )
    assert [contact.draft.last_name for contact in found.contacts] == ["Lee", "Ray"]


def test_encoding_and_separator_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Name;Ort\nŻaneta;Łódź\n".encode("cp1250"))
    assert csv.look(str(path), TableReading(encoding="cp1252")).examples == (("¯aneta", "£ódŸ"),)
    seen = csv.look(str(path), TableReading(encoding="cp1250", separator=";"))
    assert seen.examples == (("Żaneta", "Łódź"),)
    assert len(csv.look(str(path), TableReading(separator=",")).columns) == 1


def test_known_layouts_need_no_question() -> None:
    seen = look("First Name,Last Name,Phone,Birthday\nAnn,Lee,605-555-0101,3/14/1980\n")
    assert seen.is_clear()
    assert seen.date_order == "mdy"
    assert seen.signature() == look("first name,LAST NAME,Phone,Birthday\nB,C,1,\n").signature()
